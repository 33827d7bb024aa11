"""Print the titles of the largest hotspots of a table, for reading and judging.

usage: python scripts/list_titles.py TABLE [--top 50]

One line each: number, opinions, title, place, then the opening words of three members.
"""

import argparse
from pathlib import Path

from renda_nlp.config import Config
from renda_nlp.tabular import hotspots_of_table


def main() -> None:
    """Print them, the largest first."""
    parser = argparse.ArgumentParser()
    parser.add_argument("table", type=Path)
    parser.add_argument("--top", type=int, default=50)
    given = parser.parse_args()
    issues, table = hotspots_of_table(given.table, Config())
    largest = sorted(issues, key=lambda issue: (-issue.n_opinions, issue.rank))[: given.top]
    for number, issue in enumerate(largest, 1):
        print(f"{number}\t{issue.n_opinions}\t{issue.title}\t{issue.place}")
        for member in issue.members[:3]:
            row = table.row(table.index_of(member))
            print("\t\t" + row.masked_text[:60].replace("\n", " "))


if __name__ == "__main__":
    main()
