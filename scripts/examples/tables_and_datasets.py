"""The opinions of a report in pandas, polars, DuckDB and Hugging Face datasets.

usage: python scripts/examples/tables_and_datasets.py [OUTPUT FOLDER]
"""

import sys
from pathlib import Path
from tempfile import mkdtemp

import duckdb
import pandas as pd
import polars as pl

import renda_nlp

SAMPLE = Path(__file__).parent.parent.parent / "corpora" / "sample" / "05选民意见"


def main(output: Path) -> None:
    """Write a report and read its table in four ways."""
    run = renda_nlp.build_report(SAMPLE, output)
    path = output / "opinions.parquet"
    frame = pd.read_parquet(path)
    print("pandas：", frame["topic_name"].value_counts().head(3).to_dict())
    top = (
        pl.read_parquet(path).group_by("place").len().sort("len", "place", descending=True).head(3)
    )
    print("polars：", top.rows())
    rows = duckdb.sql(
        f"select channel, count(*) as n from '{path}' group by channel order by n desc, channel"
    )
    print("DuckDB：", rows.fetchall()[:3])
    dataset = renda_nlp.to_dataset(run)
    print("datasets：", dataset.features["topic"].int2str(dataset[0]["topic"]), len(dataset))
    again = renda_nlp.from_dataset(dataset)
    print("回到意见：", len(again), "热点", len(renda_nlp.find_hotspots(again)))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else mkdtemp()))
