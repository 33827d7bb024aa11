"""Count in how many statements of public work reports each term stands.

usage: python scripts/count_report_terms.py [--data ../shared/data]

Writes renda_nlp/resources/reports/frequencies.tsv from the State Council's work reports of
2005-2020 (public official documents). The reports of 2021-2025 are left out: they are measured on.
"""

import argparse
from collections import Counter
from pathlib import Path

from renda_nlp.analysis import make_segmenter
from renda_nlp.config import ReadConfig, SegmentConfig, SplitConfig
from renda_nlp.followup.statements import find_statements
from renda_nlp.followup.terms import TermFinder
from renda_nlp.readers import read_file
from renda_nlp.records import SetAside
from renda_nlp.splitting import split_document

ROOT = Path(__file__).parent.parent
FIRST, LAST = 2005, 2020
MIN_COUNT = 3


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    name = "government_work_reports.jsonl"
    finder = TermFinder(make_segmenter(SegmentConfig()))
    counts: Counter[str] = Counter()
    total = 0
    for source in read_file(parser.parse_args().data / name, name, ReadConfig()):
        day = source.document.date
        if day is None or not FIRST <= day.year <= LAST:
            continue
        parts = split_document(source.document, source.blocks, SplitConfig(), b"")
        opinions = [part for part in parts if not isinstance(part, SetAside)]
        for statement in find_statements(opinions):
            total += 1
            counts.update(finder.terms(statement.text))
    kept = sorted((term, n) for term, n in counts.items() if n >= MIN_COUNT)
    path = ROOT / "renda_nlp" / "resources" / "reports" / "frequencies.tsv"
    lines = [f"statements\t{total}", *(f"{term}\t{n}" for term, n in kept)]
    path.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")
    print(f"{total} statements, {len(kept)} terms")


if __name__ == "__main__":
    main()
