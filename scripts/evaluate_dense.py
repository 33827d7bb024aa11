"""Score the issues of a dense register: few places, matters that many tell in other words, hard neighbours.

usage: python scripts/evaluate_dense.py

``corpora/hotspots/dense.tsv``: messages with the matter that each tells; one without a matter stands
alone. A row that names an opinion takes its text from ``corpora/opinions``.
"""

import csv
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from evaluate_town import labels, n_false

from renda_nlp.config import Config
from renda_nlp.evaluation import bcubed
from renda_nlp.tabular import hotspots_of_table

ROOT = Path(__file__).parent.parent
DENSE = ROOT / "corpora" / "hotspots" / "dense.tsv"


def read_messages() -> list[dict[str, str]]:
    """Return the messages, each with its title and text."""
    opinions = {}
    for split in ("train", "validation", "test"):
        with (ROOT / "corpora" / "opinions" / f"{split}.jsonl").open(encoding="utf-8") as lines:
            opinions |= {row["id"]: row for row in map(json.loads, lines)}
    with DENSE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        if row["opinion"]:
            own = opinions[row["opinion"]]
            row["title"] = own["title"]
            row["text"] = own["text"].removeprefix(f"{own['title']}。")
    return rows


def main() -> None:
    """Print the scores."""
    rows = read_messages()
    with TemporaryDirectory() as folder:
        register = Path(folder) / "来信登记表.csv"
        with register.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["编号", "主题", "时间", "来信人", "内容"])
            writer.writerows(
                [row["id"], row["title"], row["date"], row["id"], row["text"]] for row in rows
            )
        issues, table = hotspots_of_table(register, Config())
    found = [
        [table.opinion(table.index_of(member)).row_id for member in issue.members]
        for issue in issues
    ]
    groups: dict[str, list[str]] = {}
    for row in rows:
        if row["group"]:
            groups.setdefault(row["group"], []).append(row["id"])
    ids, gold = [row["id"] for row in rows], list(groups.values())
    precision, recall, f1 = bcubed(labels(ids, gold), labels(ids, found))
    false = f"{n_false(found, gold)} of {len(found)} issues false"
    print(f"B-cubed P {precision:.3f} R {recall:.3f} F1 {f1:.3f}, {false}")


if __name__ == "__main__":
    main()
