"""Score the issues of the sample town against two annotators' groups, and the annotators against each other.

usage: python scripts/evaluate_town.py

``corpora/sample.matters.json``: groups of opinion ids of corpora/sample that tell one matter,
by two helpers who saw neither the code nor each other. A single opinion is a group of its own.

References:
    Bagga & Baldwin (1998), Algorithms for scoring coreference chains: B-cubed.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from renda_nlp.api import make_table, read_folder
from renda_nlp.config import Config
from renda_nlp.hotspots.collection import voices_of
from renda_nlp.hotspots.finding import cluster_opinions

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "corpora" / "sample.matters.json"
Groups = Sequence[Iterable[str]]


def label_of(groups: Groups) -> dict[str, int]:
    """Return the number of the group of each id."""
    return {row_id: number for number, group in enumerate(groups) for row_id in group}


def bcubed(ids: Sequence[str], found: Groups, gold: Groups) -> tuple[float, float, float]:
    """Return B-cubed precision, recall and F1 over all ids."""
    ours, theirs = label_of(found), label_of(gold)
    pairs = [(ours.get(i, i), theirs.get(i, i)) for i in ids]
    both, a, b = Counter(pairs), Counter(p for p, _ in pairs), Counter(g for _, g in pairs)
    precision = float(np.mean([both[pair] / a[pair[0]] for pair in pairs]))
    recall = float(np.mean([both[pair] / b[pair[1]] for pair in pairs]))
    return precision, recall, 2 * precision * recall / (precision + recall)


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
        precision, recall, f1 = bcubed(ids, own, other)
        false = f"{n_false(own, other)} of {len(own)} groups false"
        print(f"{name:32s} B-cubed P {precision:.3f} R {recall:.3f} F1 {f1:.3f}, {false}")


if __name__ == "__main__":
    main()
