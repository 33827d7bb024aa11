"""Cross-validate the masking of names on the two blind sets: each fold is scored by weights trained without it.

usage: python scripts/cross_validate_names.py --tagged 199801.txt [--folds 5] [--show]

A secret is found when masked spans cover it; a masked span is right when it overlaps a secret.
"""

import argparse
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from train_names import run

from renda_nlp.annotation import find_personal_data, name_model
from renda_nlp.annotation.name_called import called_model
from renda_nlp.annotation.name_private import private_model

CASES = Path(__file__).parents[1] / "tests" / "annotation"
FILES = ("personal_data_blind.jsonl", "personal_data_blind2.jsonl")


def use(weights: Path) -> None:
    """Let the finder of names use other weights."""
    name_model.WEIGHTS = weights
    for load in (name_model.shipped_weights, name_model.name_model, called_model, private_model):
        load.cache_clear()


def judged(case: dict) -> Iterator[tuple[str, str, str]]:  # type: ignore[type-arg]
    """Yield found, missed, right and wrong, with the label and the words."""
    text = case["text"]
    spans = find_personal_data(text, kind=case["kind"])
    covered = {at for span in spans for at in range(span.start, span.end)}
    places = []
    for secret, label in case["spans"]:
        start = text.index(secret)
        places += [match.span() for match in re.finditer(re.escape(secret), text)]
        hit = covered.issuperset(range(start, start + len(secret)))
        yield "found" if hit else "missed", label, secret
    for span in spans:
        right = any(span.start < end and start < span.end for start, end in places)
        yield "right" if right else "wrong", span.label, text[span.start : span.end]


def main() -> None:
    """Train without each fold, score it, print the totals."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tagged", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--show", action="store_true", help="print what is missed and wrong")
    options = parser.parse_args()
    counts: Counter[tuple[str, str]] = Counter()
    for fold in range(options.folds):
        with tempfile.TemporaryDirectory() as folder:
            weights = Path(folder) / "weights.json"
            run(options.tagged, weights, fold=(fold, options.folds))
            use(weights)
            for file in FILES:
                lines = (CASES / file).read_text("utf-8").splitlines()[fold :: options.folds]
                for case in map(json.loads, lines):
                    for outcome, label, words in judged(case):
                        counts[outcome, label] += 1
                        if options.show and outcome in ("missed", "wrong"):
                            print(outcome, label, words, "|", case["kind"], "|", case["text"][:80])
    totals = Counter()
    for (outcome, _), count in counts.items():
        totals[outcome] += count
    print(f"recall {totals['found'] / (totals['found'] + totals['missed']):.4f}")
    print(f"precision {totals['right'] / (totals['right'] + totals['wrong']):.4f}")
    for label in sorted({label for _, label in counts}):
        found, missed = counts["found", label], counts["missed", label]
        print(f"  {label:14} found {found} of {found + missed}, wrong {counts['wrong', label]}")


if __name__ == "__main__":
    main()
