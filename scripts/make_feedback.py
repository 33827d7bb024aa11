"""Seeded register of invented feedback with known groups, for benchmarks of any size.

usage: python scripts/make_feedback.py N OUT.csv [--length 370] [--seed 1]

A group is one concrete matter: an opinion of `corpora/opinions` moved to a place of the group. Each message
of it is a letter of its own: a title, who writes, the facts of the matter that this writer tells, in other
words here and there, what it means at home, what was tried before, a request. Letters to a city speak
mostly of one matter: pairs of one matter in `shared/data/petition_replies.xlsx` have a TF-IDF cosine of
0.17 / 0.37 (10 % / median, jieba words), and the nearest stranger one of 0.13 / 0.18 / 0.29 (10 % / median /
90 %); here 0.23 / 0.37 and 0.20 / 0.27 / 0.45, so strangers are a little harder to keep out. Places are shared
by matters, a few places by many; an opinion that is used twice is another matter elsewhere. At least 30 % of the messages stand alone; group sizes are
heavy-tailed up to 500. No text repeats. `OUT.csv.groups` holds the group of each row, one number a
line, in row order.
"""

import argparse
import csv
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from feedback_words import (
    ADDRESSED,
    ENDINGS,
    FIRST,
    OPENINGS,
    OTHER_WORDS,
    PLACE_SUFFIXES,
    SECOND,
    SLOTS,
    TALK,
    TITLES,
    WRITERS,
)

from renda_nlp.analysis import make_segmenter
from renda_nlp.annotation import TextAnnotator
from renda_nlp.config import Config
from renda_nlp.ngrams import normalise

ROOT = Path(__file__).parent.parent
_SINGLES = 0.35
_MAX_GROUP = 500
_TAIL = 1.3  # exponent of the group sizes
_MIN_FACTS, _MIN_MATTER = 4, 130  # sentences and characters of an opinion that makes a matter
_SHORTEST, _LONGEST = 6, 20  # characters of what a title can say
_OTHER_WORD = 0.5  # share of the exchangeable words that a writer exchanges
_TOLD = (0.1, 0.7)  # share of the facts that one writer tells
_DROPPED = 0.4  # share of the clauses of a fact that a writer leaves out
_OWN_TITLE = 0.5  # share of the titles that are taken from what the writer tells
_CROWDED = 2.5  # exponent of how unevenly matters lie over the places
_UNTITLED, _STRANGER = 0.08, 0.1
_SENTENCE = re.compile(r"[^。！？；\n]+")
_SLOT = re.compile(r"\{(\w+)\}")
_N_PLACES = len(FIRST) * len(SECOND) * len(FIRST) * len(PLACE_SUFFIXES)


@dataclass(frozen=True, slots=True)
class _Matter:
    """An opinion with ``{0}``, ``{1}`` … in the place of its places, the first of them its own."""

    title: str
    facts: tuple[str, ...]
    suffixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    topic: str
    matter: _Matter
    places: tuple[str, ...]
    start: int


def _matters() -> dict[str, list[_Matter]]:
    """Return by topic the titled opinions of the corpus that tell enough."""
    segmenter, annotator = make_segmenter(Config().segment), TextAnnotator()
    out: dict[str, list[_Matter]] = {}
    for name in ("train", "validation", "test"):
        for line in (ROOT / "corpora/opinions" / f"{name}.jsonl").open(encoding="utf-8"):
            row = json.loads(line)
            if row["kind"] != "feedback" or not row["title"] or len(row["text"]) < _MIN_MATTER:
                continue
            text = normalise(row["text"]).replace("{", "").replace("}", "")
            names: dict[str, int] = {}
            parts, at = [], 0
            for span in annotator.annotate(text, segmenter.segment(text)):
                if span.label != "PLACE":
                    continue
                number = names.setdefault(text[span.start : span.end], len(names))
                parts += [text[at : span.start], f"{{{number}}}"]
                at = span.end
            told = _SENTENCE.findall("".join([*parts, text[at:]]))
            title, facts = told[0], [part.strip() for part in told[1:] if len(part) >= _SHORTEST]
            if len(facts) >= _MIN_FACTS:
                suffixes = tuple(_suffix(one) for one in names)
                out.setdefault(row["topic"], []).append(_Matter(title, tuple(facts), suffixes))
    return dict(sorted(out.items()))


def _suffix(name: str) -> str:
    return next((s for s in PLACE_SUFFIXES if name.endswith(s)), name[-1])


def _sizes(n: int, rng: random.Random) -> Iterator[int]:
    left = n - round(n * _SINGLES)
    while left > 1:
        size = min(_MAX_GROUP, left, 2 + int(rng.paretovariate(_TAIL)) - 1)
        yield size
        left -= size
    yield from [1] * (n - (n - round(n * _SINGLES)) + left)


def make_feedback(n: int, length: int, seed: int) -> Iterator[tuple[int, str, str, str]]:
    """Yield ``(group, date, title, text)`` of ``n`` messages in shuffled order."""
    rng = random.Random(seed)
    matters = _matters()
    topics = list(matters)
    owners = [group for group, size in enumerate(_sizes(n, rng)) for _ in range(size)]
    plans: dict[int, _Group] = {}
    rng.shuffle(owners)
    n_places = max(50, len(set(owners)) // 5)
    stems = [_stem(number) for number in rng.sample(range(_N_PLACES), n_places)]
    seen = set()
    for group in owners:
        if group not in plans:
            plans[group] = _plan(rng.choice(topics), matters, stems, rng)
        plan = plans[group]
        while True:
            title, text = _letter(plan, matters[plan.topic], length, rng)
            if hash(text) not in seen:
                break
        seen.add(hash(text))
        day = min(364, plan.start + int(rng.expovariate(1 / 40)))
        yield group, f"2025-{1 + day // 31:02d}-{1 + day % 28:02d}", title, text


def _plan(
    topic: str, matters: dict[str, list[_Matter]], stems: list[str], rng: random.Random
) -> _Group:
    """Return a matter at a place; the other places that it names lie around."""
    matter = rng.choice(matters[topic])
    suffixes = matter.suffixes or (rng.choice(PLACE_SUFFIXES),)
    near = int(len(stems) * rng.random() ** _CROWDED)  # a few places have many matters
    places = tuple(
        stems[(near + step) % len(stems)] + suffix for step, suffix in enumerate(suffixes)
    )
    return _Group(topic, matter, places, rng.randrange(300))


def _stem(number: int) -> str:
    number //= len(PLACE_SUFFIXES)
    number, first = divmod(number, len(FIRST))
    middle, second = divmod(number, len(SECOND))
    return (FIRST[first] if second % 2 else "") + FIRST[middle % len(FIRST)] + SECOND[second]


def _letter(
    plan: _Group, others: list[_Matter], length: int, rng: random.Random
) -> tuple[str, str]:
    """Return title and text of one writer."""
    matter, home = plan.matter, plan.places[0]
    swaps = {word: rng.choice(others) for word, others in OTHER_WORDS if rng.random() < _OTHER_WORD}
    n_told = max(2, round(len(matter.facts) * rng.uniform(*_TOLD)))
    numbers = sorted(rng.sample(range(len(matter.facts)), n_told))
    told = [_shortened(matter.facts[k], rng) for k in numbers]
    if rng.random() < _STRANGER:
        told.append(re.sub(r"\{\d+\}", "那边", rng.choice(rng.choice(others).facts)))
    told = [_placed(part, plan.places) for part in told]
    parts = [_in_other_words(part, swaps) for part in told]
    opening = rng.choice(OPENINGS) + rng.choice(WRITERS).format(place=home)
    while len(opening) + sum(map(len, parts)) < length * rng.uniform(0.65, 1.15):
        parts.insert(rng.randint(1, len(parts)), _talk(rng))
    text = opening + "，" + "。".join(parts) + "。" + rng.choice(ENDINGS)
    return _title(plan, told, swaps, rng), text


def _shortened(fact: str, rng: random.Random) -> str:
    """Return a fact with some of its clauses."""
    clauses = fact.split("，")
    kept = [clause for clause in clauses if rng.random() >= _DROPPED]
    return "，".join(kept or [rng.choice(clauses)])


def _title(plan: _Group, told: list[str], swaps: dict[str, str], rng: random.Random) -> str:
    """Return a title of its own: the problem, mostly with the place, or what this writer puts first."""
    if rng.random() < _UNTITLED:
        return rng.choice(ADDRESSED)
    problem = _placed(plan.matter.title, plan.places)
    clauses = [part for part in re.split("[，,]", problem) if len(part) >= _SHORTEST] or [problem]
    if rng.random() < _OWN_TITLE:
        clauses = [c for part in told for c in part.split("，") if _SHORTEST <= len(c) <= _LONGEST]
    problem = _in_other_words(rng.choice(clauses or [problem]), swaps)
    place = "" if any(name in problem for name in plan.places) else plan.places[0]
    return rng.choice(TITLES).format(place=place, problem=problem)


def _placed(text: str, places: tuple[str, ...]) -> str:
    return text.format(*places)


def _in_other_words(text: str, swaps: dict[str, str]) -> str:
    for word, other in swaps.items():
        text = text.replace(word, other)
    return text


def _talk(rng: random.Random) -> str:
    return _SLOT.sub(lambda slot: rng.choice(SLOTS[slot[1]]), rng.choice(TALK))


def write_register(n: int, path: Path, length: int = 370, seed: int = 1) -> None:
    """Write the register as CSV and its groups beside it."""
    with (
        path.open("w", encoding="utf-8", newline="") as file,
        path.with_name(path.name + ".groups").open("w", encoding="ascii") as groups,
    ):
        out = csv.writer(file)
        out.writerow(("编号", "来信人", "日期", "标题", "内容"))
        for number, (group, day, title, text) in enumerate(make_feedback(n, length, seed), 1):
            out.writerow((number, f"U{number}", day, title, text))
            groups.write(f"{group}\n")


def main() -> None:
    """Write one register."""
    parser = argparse.ArgumentParser()
    parser.add_argument("n", type=int)
    parser.add_argument("path", type=Path)
    parser.add_argument("--length", type=int, default=370)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write_register(given.n, given.path, given.length, given.seed)


if __name__ == "__main__":
    main()
