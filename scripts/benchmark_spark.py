"""What Spark on this machine costs over plain processes, on the same invented register (measure 6 of issue 8).

usage: python scripts/benchmark_spark.py [--n 200000] [--length 100] [--max-block 300000] [--work FOLDER]

Both sides run as processes of their own, with two workers: analyse every row, find the issues.
Prints wall seconds and peak memory (sum of PSS) of each, the ratios, and whether rows and issues are
identical (a digest of every row in order, and of every issue). Processor seconds are left out: those of
Spark's Python workers do not reach the parent.
"""

import argparse
import csv
import json
import sys
import time
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from tempfile import mkdtemp

from benchmark import measured
from make_feedback import write_register

from renda_nlp.config import Config, HotspotConfig, RunConfig
from renda_nlp.records import Hotspot
from renda_nlp.table import OpinionTable

_CORES = 2


def _digest(records: Iterable[object]) -> str:
    state = blake2b(digest_size=16)
    for record in records:
        state.update(repr(record).encode("utf-8", "surrogatepass"))
    return state.hexdigest()


def _config(max_block: int) -> Config:
    return Config(hotspots=HotspotConfig(max_block=max_block), run=RunConfig(jobs=_CORES))


def _write(out: Path, seconds: list[float], rows: str, issues: tuple[Hotspot, ...]) -> None:
    found = {"analyse_s": round(seconds[0], 1), "hotspots_s": round(seconds[1], 1)}
    digests = {"rows": rows, "issues": _digest(issues), "n_issues": len(issues)}
    out.write_text(json.dumps(found | digests), "utf-8")


def _last_day(table: OpinionTable):
    from renda_nlp.framing import find_period

    return find_period(table, Config().report, None).as_of


def run_local(register: Path, out: Path, max_block: int) -> None:
    """Analyse and find on this machine, by processes."""
    from renda_nlp.analysis import fill_table, make_finder
    from renda_nlp.tabular import read_rows

    config, start = _config(max_block), time.perf_counter()
    rows = read_rows(register, config.read, text_column=None, id_column=None)
    table = fill_table(rows, config)
    analysed = time.perf_counter()
    digest = _digest(table.rows())
    day, before = _last_day(table), time.perf_counter()
    issues = make_finder(config).find(table, day, None)
    _write(out, [analysed - start, time.perf_counter() - before], digest, issues)


def run_spark(register: Path, out: Path, max_block: int) -> None:
    """Analyse and find on Spark's local[2]."""
    from pyspark.sql import SparkSession

    from renda_nlp.integrations.spark import analyse, to_table
    from renda_nlp.integrations.spark_hotspots import find_hotspots, to_hotspots

    config = _config(max_block)
    builder = SparkSession.builder.master(f"local[{_CORES}]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.memory", "3g").config("spark.driver.maxResultSize", "0")
    builder = builder.config("spark.sql.shuffle.partitions", str(2 * _CORES))
    session = builder.config("spark.driver.host", "127.0.0.1").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    start = time.perf_counter()
    stored = str(out.with_suffix(".parquet"))
    frame = session.read.option("maxPartitionBytes", "8m").parquet(str(register))
    analyse(frame, config, name=register.name).write.mode("overwrite").parquet(stored)
    analysed = time.perf_counter()
    table = to_table(session.read.parquet(stored))
    digest, day = _digest(table.rows()), _last_day(table)
    del table
    before = time.perf_counter()
    found = find_hotspots(session.read.parquet(stored), config, as_of=day)
    issues = to_hotspots(found)
    _write(out, [analysed - start, time.perf_counter() - before], digest, issues)
    session.stop()


def _register(n: int, length: int, work: Path) -> Path:
    """Return a Parquet register of invented letters."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path, source = work / f"热线工单{n}-{length}.parquet", work / f"{n}-{length}.csv"
    if not path.exists():
        write_register(n, source, length)
        with source.open(encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
        pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=20_000)
    return path


def main() -> None:
    """Run both sides, or one of them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=200_000)
    parser.add_argument("--length", type=int, default=100)
    parser.add_argument("--max-block", type=int, default=HotspotConfig().max_block)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--side", choices=["local", "spark"])
    given = parser.parse_args()
    work = given.work or Path(mkdtemp(prefix="renda-spark-"))
    work.mkdir(parents=True, exist_ok=True)
    register = _register(given.n, given.length, work)
    outs = {side: work / f"{side}-{given.n}.json" for side in ("local", "spark")}
    if given.side:
        run = {"local": run_local, "spark": run_spark}[given.side]
        run(register, outs[given.side], given.max_block)
        return
    lines = {}
    for side, out in outs.items():
        command = [sys.executable, __file__, *sys.argv[1:], "--work", str(work), "--side", side]
        lines[side] = measured(command) | json.loads(out.read_text("utf-8"))
        del lines[side]["cpu_s"]
        print(json.dumps({"n": given.n, "who": side} | lines[side]), flush=True)
    local, spark = lines["local"], lines["spark"]
    names = ("wall_s", "peak_mb", "analyse_s", "hotspots_s")
    ratios: dict[str, object] = {
        f"{name}_ratio": round(spark[name] / local[name], 2) for name in names
    }
    same = {f"{name}_identical": local[name] == spark[name] for name in ("rows", "issues")}
    print(json.dumps({"n": given.n} | ratios | same))


if __name__ == "__main__":
    main()
