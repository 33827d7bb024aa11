"""Score the finder of personal data on cases with gold spans: recall, precision, by label.

``scripts/evaluate_masking.py [CASES.jsonl] [--show]``. A gold span is found when masked spans cover it
whole; a masked span is right when it overlaps a gold span. Intervals are 95 % (Wilson 1927).
"""

import argparse
import json
import re
from collections import Counter
from math import sqrt
from pathlib import Path

from renda_nlp.annotation import find_personal_data

CASES = Path(__file__).parents[1] / "tests" / "annotation" / "personal_data_blind.jsonl"
Z = 1.96


def interval(hits: int, total: int) -> tuple[float, float]:
    """Return the Wilson interval of a share."""
    share, square = hits / total, Z * Z
    middle = share + square / (2 * total)
    width = Z * sqrt(share * (1 - share) / total + square / (4 * total * total))
    return (middle - width) / (1 + square / total), (middle + width) / (1 + square / total)


def main() -> None:
    """Score and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("cases", type=Path, nargs="?", default=CASES)
    parser.add_argument(
        "--half", type=int, choices=(0, 1), help="0: the cases that were read, 1: the others"
    )
    parser.add_argument(
        "--show", action="store_true", help="print what is missed and what is wrong"
    )
    options = parser.parse_args()
    found: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    n_masked = n_right = n_clean = n_cases = 0
    lines = options.cases.read_text("utf-8").splitlines()
    for line in lines if options.half is None else lines[options.half :: 2]:
        case = json.loads(line)
        spans = find_personal_data(case["text"], kind=case["kind"])
        covered = {at for span in spans for at in range(span.start, span.end)}
        n_cases += 1
        clean = True
        stretches = []
        for secret, label in case["spans"]:
            start = case["text"].index(secret)
            end = start + len(secret)
            found_at = re.finditer(re.escape(secret), case["text"])  # a secret said twice is one
            stretches += [match.span() for match in found_at]
            gold[label] += 1
            hit = covered.issuperset(range(start, end))
            found[label] += hit
            clean = clean and hit
            if not hit and options.show:
                print(f"missed {label} {case['text'][start:end]} | {case['kind']} | {case['text']}")
        for span in spans:
            n_masked += 1
            right = any(span.start < end and start < span.end for start, end in stretches)
            n_right += right
            clean = clean and right
            if not right and options.show:
                print(
                    f"wrong {span.label} {case['text'][span.start : span.end]} | {case['kind']} | {case['text']}"
                )
        n_clean += clean
    hits, total = sum(found.values()), sum(gold.values())
    for name, part, whole in (("recall", hits, total), ("precision", n_right, n_masked)):
        low, high = interval(part, whole)
        print(f"{name} {part / whole:.3f} ({part}/{whole}, 95 % {low:.3f}-{high:.3f})")
    print(f"cases without any fault {n_clean}/{n_cases}")
    for label in sorted(gold):
        print(f"  {label:14} {found[label]}/{gold[label]}")


if __name__ == "__main__":
    main()
