"""Seeded register of invented feedback with known groups, for benchmarks of any size.

usage: python scripts/make_feedback.py N OUT.csv [--length 370] [--seed 1]

A group is one concrete matter: one place and one problem taken from `corpora/opinions`. Each message of it
tells two or three clauses of the problem, names the place in its own form, and adds clauses that other
messages of the topic also use. At least 30 % of the messages stand alone; group sizes are heavy-tailed up
to 500. No text repeats. `OUT.csv.groups` holds the group of each row, one number a line, in row order.
"""

import argparse
import csv
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
_SINGLES = 0.35
_MAX_GROUP = 500
_SHORTEST, _LONGEST, _MIN_CLAUSES = 6, 60, 3  # of clauses that are told
_TAIL = 1.3  # exponent of the group sizes
_FIRST = "云青白金龙凤玉石松柳桃梅东西南北上下大小新老长高平安福永和兴太清红黄双三五七九天明华光丰瑞锦翠碧银铁马牛羊鹿鹤雁"
_SECOND = "溪山湖塘岭坡湾田坪桥井泉河江洲沙冲坳洞岩屏峰林竹荷莲桂柏枫岗垭坝堰庙寺堡寨营店铺口门沟坑谷源泽浦"
_SUFFIXES = (
    "村",
    "村",
    "社区",
    "花园",
    "小区",
    "家园",
    "新城",
    "苑",
    "路",
    "大道",
    "镇中学",
    "市场",
)
_OPENINGS = (
    "尊敬的领导您好，", "你好，", "领导们好，", "我想反映一件事，", "来信说一下我们这里的情况，", "打扰了，", "", "",
    "实在没有办法才来找你们，", "我是这里的老住户，", "代表邻居们说几句，", "请你们看看这个事，",
)  # fmt: skip
_FORMS = ("{place}", "我们{place}这边", "{place}这里", "家住{place}", "{place}附近", "在{place}")
_ENDINGS = (
    "请尽快处理。", "望给个答复。", "盼回复，谢谢。", "希望有人管一管。", "请派人来看看。", "什么时候能解决？",
    "多次反映没有结果。", "大家都等着呢。", "请给个说法。", "恳请重视。",
)  # fmt: skip


def _clauses() -> dict[str, list[list[str]]]:
    """Return per topic the clauses of each opinion of the corpus that has at least three."""
    out = defaultdict(list)
    for name in ("train", "validation", "test"):
        for line in (ROOT / "corpora/opinions" / f"{name}.jsonl").open(encoding="utf-8"):
            row = json.loads(line)
            parts = [
                p for p in re.split(r"[。！？；\n]", row["text"]) if _SHORTEST <= len(p) <= _LONGEST
            ]
            if row["kind"] == "feedback" and len(parts) >= _MIN_CLAUSES:
                out[row["topic"]].append(parts)
    return dict(sorted(out.items()))


def _sizes(n: int, rng: random.Random) -> Iterator[int]:
    left = n - round(n * _SINGLES)
    while left > 1:
        size = min(_MAX_GROUP, left, 2 + int(rng.paretovariate(_TAIL)) - 1)
        yield size
        left -= size
    yield from [1] * (n - (n - round(n * _SINGLES)) + left)


def make_feedback(n: int, length: int, seed: int) -> Iterator[tuple[int, str, str, str]]:
    """Yield ``(group, date, place, text)`` of ``n`` messages in shuffled order."""
    rng = random.Random(seed)
    clauses = _clauses()
    topics = list(clauses)
    owners = [group for group, size in enumerate(_sizes(n, rng)) for _ in range(size)]
    plans = {}
    rng.shuffle(owners)
    n_places = max(50, len(set(owners)) // 5)
    places = [_place(i) for i in rng.sample(range(_N_PLACES), n_places)]
    seen = set()
    for group in owners:
        if group not in plans:
            topic = rng.choice(topics)
            start = rng.randrange(300)
            plans[group] = (topic, rng.choice(clauses[topic]), rng.choice(places), start)
        topic, matter, place, start = plans[group]
        while True:
            text = _message(matter, clauses[topic], place, length, rng)
            if hash(text) not in seen:
                break
        seen.add(hash(text))
        day = min(364, start + int(rng.expovariate(1 / 40)))
        yield group, f"2025-{1 + day // 31:02d}-{1 + day % 28:02d}", place, text


_N_PLACES = len(_FIRST) * len(_SECOND) * len(_FIRST) * len(_SUFFIXES)


def _place(number: int) -> str:
    number, suffix = divmod(number, len(_SUFFIXES))
    number, first = divmod(number, len(_FIRST))
    middle, second = divmod(number, len(_SECOND))
    return _FIRST[first] + _FIRST[middle] + _SECOND[second] + _SUFFIXES[suffix]


def _message(
    matter: list[str], others: list[list[str]], place: str, length: int, rng: random.Random
) -> str:
    told = rng.sample(matter, min(len(matter), rng.choice((2, 3, 3, 4))))
    parts = [rng.choice(_OPENINGS) + rng.choice(_FORMS).format(place=place) + "，" + told[0]]
    parts += told[1:]
    while sum(map(len, parts)) < length * rng.uniform(0.6, 1.1):
        parts.insert(rng.randint(1, len(parts)), rng.choice(rng.choice(others)))
    return "。".join(parts) + "。" + rng.choice(_ENDINGS)


def write_register(n: int, path: Path, length: int = 370, seed: int = 1) -> None:
    """Write the register as CSV and its groups beside it."""
    with (
        path.open("w", encoding="utf-8", newline="") as file,
        path.with_name(path.name + ".groups").open("w", encoding="ascii") as groups,
    ):
        out = csv.writer(file)
        out.writerow(("编号", "来信人", "日期", "内容"))
        for number, (group, day, _, text) in enumerate(make_feedback(n, length, seed), 1):
            out.writerow((number, f"U{number}", day, text))
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
