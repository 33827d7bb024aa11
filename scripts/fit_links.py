"""Fit the weights of renda_nlp/followup/alignment.py and print them with cross-validated F1.

usage: python scripts/fit_links.py [--data ../shared/data]

Promises of 2013, 2016, 2018 and 2021 (corpora/followup/links_dev.tsv), traced by hand by those who
wrote the program; the labels that the program is measured on are not used. Each year is held out once.
"""

import argparse
from pathlib import Path

import numpy as np
from evaluate_followup import REPORTS, ROOT, Reports, Row, Stretch, overlap, rows_of, stretches
from sklearn.linear_model import LogisticRegression

from renda_nlp.analysis import make_segmenter
from renda_nlp.config import SegmentConfig
from renda_nlp.followup.alignment import Said, link_signs
from renda_nlp.followup.linking import MAX_CLAIMS, MIN_CHANCE, RELATIVE
from renda_nlp.followup.objects import find_object
from renda_nlp.followup.terms import TermFinder


class Pair:
    """The promises of one report, the claims of the next, and what was traced between them."""

    def __init__(self, reports: Reports, year: int, rows: list[Row], finder: TermFinder) -> None:
        promises = _places(reports, year, "commitment")
        claims = _places(reports, year + 1, "claim")
        self.signs = link_signs(
            [_said(reports.text[year], place) for place in promises],
            [_said(reports.text[year + 1], place) for place in claims],
            finder,
        )
        self.gold = np.zeros(self.signs.shape[1:], bool)
        self.counts = np.zeros_like(self.gold)  # pairs that were decided
        for row in rows:
            at = _closest(promises, (int(row["start"]), int(row["end"])))
            self.counts[at] = True
            for place in stretches(row["claims"]):
                self.gold[at, _closest(claims, place)] = True
            for place in stretches(row["unsure"]):
                self.counts[at, _closest(claims, place)] = False

    def examples(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the signs of the decided pairs and whether they are links."""
        return self.signs[:, self.counts].T, self.gold[self.counts]

    def found(self, model: LogisticRegression) -> np.ndarray:
        """Return the number of right, made and traced links."""
        chances = model.predict_proba(self.signs.reshape(len(self.signs), -1).T)[:, 1]
        chances = chances.reshape(self.gold.shape)
        made = chances >= np.maximum(MIN_CHANCE, RELATIVE * chances.max(axis=1, keepdims=True))
        made &= chances >= -np.sort(-chances, axis=1)[:, MAX_CLAIMS - 1 : MAX_CLAIMS]
        made &= self.counts
        return np.array([(made & self.gold).sum(), made.sum(), self.gold.sum()])


def _places(reports: Reports, year: int, label: str) -> list[Stretch]:
    return [place for place, statement in reports.statements[year] if statement.label == label]


def _closest(places: list[Stretch], place: Stretch) -> int:
    """Return which statement lies where a label was given."""
    return max(range(len(places)), key=lambda at: overlap(places[at], place))


def _said(text: str, place: Stretch) -> Said:
    words = text[slice(*place)]
    return Said(words, find_object(words))


def fit(pairs: list[Pair]) -> LogisticRegression:
    """Return the model of these years."""
    examples = [pair.examples() for pair in pairs]
    signs, gold = (np.concatenate(side) for side in zip(*examples, strict=True))
    return LogisticRegression(max_iter=2000).fit(signs, gold)


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    path = parser.parse_args().data / REPORTS
    if not path.is_file():
        print(f"skipped: {path} is not there")
        return
    reports, finder = Reports(path), TermFinder(make_segmenter(SegmentConfig()))
    rows = rows_of("links_dev.tsv")
    pairs = {
        year: Pair(reports, int(year), [row for row in rows if row["year"] == year], finder)
        for year in sorted({row["year"] for row in rows})
    }
    total = np.zeros(3)
    for year, pair in pairs.items():
        counts = pair.found(fit([other for name, other in pairs.items() if name != year]))
        total += counts
        print(f"{year} held out: F1 {2 * counts[0] / (counts[1] + counts[2]):.3f}")
    print(f"all, each year held out once: F1 {2 * total[0] / (total[1] + total[2]):.3f}")
    model = fit(list(pairs.values()))
    print("WEIGHTS", [round(float(w), 2) for w in (*model.intercept_, *model.coef_[0])])


if __name__ == "__main__":
    main()
