"""Score the issues of the sample town against two annotators' groups, and the annotators against each other.

usage: python scripts/evaluate_town.py

``corpora/sample.matters.json``: groups of opinion ids of corpora/sample that tell one matter,
by two helpers who saw neither the code nor each other. A single opinion is a group of its own.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from renda_nlp.api import make_table, read_folder
from renda_nlp.config import Config
from renda_nlp.evaluation import bcubed
from renda_nlp.hotspots.collection import voices_of
from renda_nlp.hotspots.finding import cluster_opinions

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "corpora" / "sample.matters.json"
Groups = Sequence[Iterable[str]]


def label_of(groups: Groups) -> dict[str, int]:
    """Return the number of the group of each id."""
    return {row_id: number for number, group in enumerate(groups) for row_id in group}


def labels(ids: Sequence[str], groups: Groups) -> list[int | str]:
    """Return the group of each id; one that is in none is its own."""
    own = label_of(groups)
    return [own.get(row_id, row_id) for row_id in ids]


def n_false(found: Groups, gold: Groups) -> int:
    """Return how many groups have no matter that more than half of their members tell."""
    theirs = label_of(gold)
    return sum(
        max(Counter(theirs.get(i, i) for i in group).values()) <= max(1, len(list(group)) / 2)
        for group in found
    )


def main() -> None:
    """Print the scores."""
    opinions, _, _ = read_folder(ROOT / "corpora" / "sample")
    table = make_table(opinions)
    ids = [table.ids[row] for row in voices_of(table)]
    groups = cluster_opinions(table, Config().hotspots)
    found = [[table.ids[row] for row in group.tolist()] for group in groups]
    gold = json.loads(GOLD.read_text("utf-8"))
    first, second = gold["first"], gold["second"]
    for name, own, other in (
        ("issues, first annotator", found, first),
        ("issues, second annotator", found, second),
        ("second against first annotator", second, first),
    ):
        precision, recall, f1 = bcubed(labels(ids, other), labels(ids, own))
        false = f"{n_false(own, other)} of {len(own)} groups false"
        print(f"{name:32s} B-cubed P {precision:.3f} R {recall:.3f} F1 {f1:.3f}, {false}")


if __name__ == "__main__":
    main()
