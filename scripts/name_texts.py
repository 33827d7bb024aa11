"""Texts to train the model of names on, and statistics of names (see ``train_names.py``)."""

import json
import math
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from faker.providers.person.zh_CN import Provider

from renda_nlp.annotation import name_words as words
from renda_nlp.annotation.name_called import LENGTHS
from renda_nlp.annotation.name_model import is_given_char
from renda_nlp.annotation.name_signs import is_word, surname_length
from renda_nlp.ngrams import normalise

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "annotation"
OWN = ROOT / "corpora" / "names"
OPINIONS = ROOT / "corpora" / "opinions" / "train.jsonl"
TITLED = re.compile(
    "某|(?:先生|女士|小姐|老师|师傅|老板|医生|大爷|奶奶|婆婆|书记|主任|镇长|支书|文书|同志|经理|技术员|干事|大夫|阿姨|大妈|老汉|大姐|大哥|嫂子?|"
    "婶|老太|爷爷|大娘|村长|所长|局长|校长|妈妈|[爷婆伯叔姐哥妹])$|^[老小阿].$"
)
ADDRESSED = re.compile(
    "[\u4e00-\u9fff](?:先生|女士|小姐|老师|师傅|老板|医生|大夫|大爷|奶奶|婆婆|书记|主任|经理|阿姨|大妈|大姐|大哥|大伯|队长|科长|局长)"
)
TITLE = "书记|[主副]任|[局县镇乡市区所院校处科站部长]长|主席|代表|委员|审判员|检察官|秘书长"
OFFICIALS = re.compile(
    rf"(?:{TITLE}|报告人|承办人|经办人|签发人|审核人)[：:]?[\u4e00-\u9fff]{{2,3}}|[\u4e00-\u9fff]{{2,3}}(?={TITLE})"
)
"""Where an official may be named whom nobody marked."""
CASE_FILES = (
    "personal_data_cases.jsonl",
    "names_rows.jsonl",
    "personal_data_blind.jsonl",
    "personal_data_blind2.jsonl",
)
PAPERS = ("work_report", "suggestion", "deliberation")
PAPER_WEIGHT = 3.0  # of a person in an official paper; those of letters are many
KINDS = ("feedback", "other", "reply")
N_COPIES, SHARE_OF_NEWS = 3, 0.5
NEWS_WEIGHT, PLAIN_WEIGHT, MAX_SAME = 0.1, 8.0, 15
N_PLACES, N_DRAWN = 1500, 20000
PLACE_TAILS = (
    "湾 坪 冲 塝 坡 沟 坝 庄 屯 寨 岭 坳 垭 塘 河 湖 桥 庙 寺 祠 村 街 路 巷 苑 园 府 里 城 居 庭 山 港 洲 岛 站 镇 乡 店 楼 馆 矿 场 塔 井 锁 花园 小区 大道 "
    "广场 商城 超市 酒店 饭店 医院 小学 中学 公司 物业 集团 学校 诊所 药店 水库 公园 大厦 家园 名苑 新村 社区 幼儿园 烧烤 面馆 豆腐 剪刀 生煎 牛肉面 火锅 家政 驾校"
).split()
FIRM_TAILS = "医院 诊所 大厦 集团 公司 超市 广场 小学 中学 路 街 故居 纪念馆 酒店 牌 牌凉茶 家政 物业 建材 地产 置业 家具 书店 工作室".split()
FREQUENT, RARE, COMPOUND = 0.5, 0.9, 0.97  # chances up to which such surnames are drawn
EXTRA, MIDDLE = 0.35, 0.25  # chances of a character of the own list, of 家 in a made place
CALLED_COPIES = 0.2  # of copies that have other callings in place of names
GIVEN_ONLY, DOUBLED, NICKED, LISTED = (
    0.3,
    0.4,
    0.45,
    0.6,
)  # chances up to which such callings are drawn
FULL = 2  # characters of a full given name


class Text(NamedTuple):
    """A normalised text, the names in it, its weight, stretches that are neither name nor not, other callings."""

    plain: str
    names: set[tuple[int, int]]
    weight: float
    unknown: list[tuple[int, int]]
    called: set[tuple[int, int]]


def is_name(text: str) -> bool:
    """Whether ``text`` has the form of a name."""
    first = surname_length(text, 0)
    return bool(first) and 1 <= len(text) - first <= FULL and all(map(is_given_char, text[first:]))


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
        texts.append(Text(normalise(plain + word), names, NEWS_WEIGHT, unknown, set()))
    return [text for text in texts if text.plain]


class Names:
    """Draws names: surnames by frequency or evenly, given names seen, made, or ordinary words."""

    def __init__(self, path: Path, rng: random.Random) -> None:
        self.rng = rng
        self.surnames: Counter[str] = Counter()
        self.given: Counter[str] = Counter()
        for pairs in pairs_of(path):
            for (surname, tag), (given, next_tag) in pairwise(pairs):
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
        self.called = [
            word for line in lines_of("called.txt") if line[0] != "#" for word in line.split()
        ]
        rows = [line.partition("+") for line in lines_of("foreign_names.txt") if line[0] != "#"]
        self.foreign = [(first.split(), second.split()) for first, _, second in rows]
        self.ordinary = (OWN / "word_names.txt").read_text("utf-8").split()

    def _chars(self, place: int, length: int) -> tuple[list[str], list[int]]:
        chars: Counter[str] = Counter()
        for name, count in self.given.items():
            if len(name) == length:
                chars[name[place]] += min(count, 5)
        return list(chars), list(chars.values())

    def _char(self, place: int) -> str:
        if self.rng.random() < EXTRA:
            return self.rng.choice(self.extra)
        return self.rng.choices(*self.places[place])[0]

    def _surname(self) -> str:
        chance = self.rng.random()
        if chance < FREQUENT:
            return self.rng.choices(*self.frequent)[0]
        if chance < RARE:
            return self.rng.choice(self.rare)
        if chance < COMPOUND:
            return self.rng.choice(self.compound)
        return self.rng.choice(self.common) + self.rng.choice(self.common)

    def draw_called(self) -> str:
        """Return what somebody may be called by others: 朵朵, 敖日格乐, 秀英."""
        rng, chance = self.rng, self.rng.random()
        if chance < GIVEN_ONLY:
            return (
                rng.choices(*self.whole)[0]
                if chance < GIVEN_ONLY / 2
                else self._char(0) + self._char(1)
            )
        if chance < DOUBLED:
            return self._char(1) * 2
        if chance < NICKED:
            return rng.choice("小小小阿阿大") + self._char(2)
        if chance < LISTED:
            return rng.choice(self.called)
        first, second = rng.choice(self.foreign)
        return rng.choice(first) + (rng.choice(second) if second else "")

    def draw(self) -> str:
        """Return a name."""
        rng, chance = self.rng, self.rng.random()
        surname = self._surname()
        makers: tuple[tuple[float, Callable[[], str]], ...] = (
            (0.08, lambda: rng.choice([word for word in self.ordinary if is_name(word)])),
            (0.44, lambda: surname + rng.choices(*self.whole)[0]),
            (0.72, lambda: surname + self._char(0) + self._char(1)),
            (0.86, lambda: surname + self._char(2)),
            (0.92, lambda: surname + rng.choice(self.ordinary)),
            (
                0.95,
                lambda: (
                    surname
                    + rng.choice("大二三四五六七八小")
                    + rng.choice("娃妹狗牛毛根生旺财发宝贵红芳")
                ),
            ),
            (0.97, lambda: surname + "小" + self._char(1)),
            (1.01, lambda: surname + self._char(1) * 2),
        )
        return next(make() for limit, make in makers if chance < limit)


def lines_of(*names: str) -> Iterator[str]:
    """Yield the lines of files of the corpus of names."""
    for name in names:
        yield from (OWN / name).read_text("utf-8").splitlines()


def all_cases(fold: tuple[int, int] | None) -> Iterator[tuple[str, list[str], str]]:
    """Yield the own texts, the secrets in them and the kind of document."""
    for name in CASE_FILES:
        for number, line in enumerate((CASES / name).read_text("utf-8").splitlines()):
            case = json.loads(line)
            if fold and "blind" in name and number % fold[1] == fold[0]:
                continue
            secrets = case.get("secrets") or [s for s, _ in case.get("spans", ())]
            yield case["text"], secrets, case.get("kind", "feedback")
    for line in lines_of("sentences.txt", "more_sentences.txt", "callings.txt"):
        secrets = re.findall(r"\[([^\]]+)\]", line)
        yield re.sub(r"[\[\]]", "", line), secrets, "feedback"


def own_cases(fold: tuple[int, int] | None) -> Iterator[tuple[str, list[str]]]:
    """Yield the own texts in which every name is a secret, and the secrets."""
    for text, secrets, kind in all_cases(fold):
        if kind in KINDS:
            yield text, secrets


def is_called(text: str) -> bool:
    """Whether a secret may be what somebody is called: two to five characters, no form of address."""
    return len(text) in LENGTHS and all(map(is_han, text)) and not TITLED.search(text)


def is_han(char: str) -> bool:
    """Whether ``char`` is a Chinese character."""
    return "\u4e00" <= char <= "\u9fff"


def own_texts(names: Names, *, fold: tuple[int, int] | None) -> Iterator[Text]:
    """Yield own sentences with their names, and copies with other names."""
    for text, secrets in own_cases(fold):
        plain_secrets = {s: normalise(s) for s in dict.fromkeys(secrets)}
        people = [s for s, n in plain_secrets.items() if is_name(n) and not TITLED.search(n)]
        called = [s for s, n in plain_secrets.items() if s not in people and is_called(n)]
        others = [s for s in plain_secrets if s not in people and s not in called]
        named = [*people, *called]
        for copy in range(N_COPIES if named else 1):
            new = {
                name: names.draw() if copy or is_word(plain_secrets[name]) else name
                for name in people
            }
            new |= {name: names.draw_called() if copy else name for name in called}
            if copy and names.rng.random() < CALLED_COPIES:
                new = {name: names.draw_called() for name in named}
            plain, spans, callings = "", set(), set()
            pattern = "|".join(map(re.escape, sorted(named, key=len, reverse=True)))
            for part in re.split(f"({pattern})", text) if named else [text]:
                if part in new:
                    whole = new[part]
                    place = (len(plain), len(plain) + len(whole))
                    (spans if is_name(whole) else callings).add(place)
                plain += new.get(part, part)
            unknown = [m.span() for s in others for m in re.finditer(re.escape(s), plain)]
            unknown += [m.span() for m in OFFICIALS.finditer(plain)]
            yield Text(normalise(plain), spans, 1.0 if named else PLAIN_WEIGHT, unknown, callings)


Person = tuple[str, int, int, bool, float]
"""A person of a paper: the text, start, end, whether private, weight."""


def people_in_papers(
    names: Names, fold: tuple[int, int] | None, find: Callable[[str], list[tuple[int, int]]]
) -> Iterator[Person]:
    """Yield people of official papers.

    Args:
        names: Draws names of officials for the carriers.
        fold: The blind cases to leave out.
        find: Finds names of people in a normalised text.
    """
    for text, secrets, kind in all_cases(fold):
        plain = normalise(text)
        private = _places(plain, secrets)
        yield from _private_people(plain, private, kind)
        if kind in PAPERS:
            yield from _officials(plain, private, find)
    for line in lines_of("officials.txt"):
        yield from _officials(normalise(line), set(), find)
    for line in lines_of("official_carriers.txt"):
        for _ in range(N_COPIES):
            yield from _carried(normalise(line), names)


def _places(plain: str, secrets: list[str]) -> set[tuple[int, int]]:
    """Return where the secrets that are names stand."""
    people = [s for s in map(normalise, secrets) if is_name(s) or is_called(s)]
    return {m.span() for s in people for m in re.finditer(re.escape(s), plain)}


def _private_people(plain: str, places: set[tuple[int, int]], kind: str) -> Iterator[Person]:
    for start, end in sorted(places):
        if kind in PAPERS:
            yield plain, start, end, True, PAPER_WEIGHT
        elif not OFFICIALS.search(plain, max(0, start - 3), min(len(plain), end + 2)):
            yield plain, start, end, True, 1.0


def _officials(
    plain: str, private: set[tuple[int, int]], find: Callable[[str], list[tuple[int, int]]]
) -> Iterator[Person]:
    for start, end in find(plain):
        if all(end <= low or high <= start for low, high in private):
            yield plain, start, end, False, PAPER_WEIGHT


def _carried(line: str, names: Names) -> Iterator[Person]:
    """Yield the officials whose drawn names fill a carrier."""
    plain, spans = "", []
    for number, part in enumerate(line.split("{}")):
        if number:
            name = names.draw()
            spans.append((len(plain), len(plain) + len(name)))
            plain += name
        plain += part
    for start, end in spans:
        yield plain, start, end, False, PAPER_WEIGHT


def plain_texts() -> Iterator[Text]:
    """Yield own texts that hold no names but the few that are listed."""
    for line in lines_of("plain.txt", "more_plain.txt"):
        yield Text(normalise(line), set(), PLAIN_WEIGHT, [], set())
    known = re.compile("|".join((OWN / "names_in_opinions.txt").read_text("utf-8").split()))
    for line in OPINIONS.read_text("utf-8").splitlines():
        opinion = json.loads(line)
        plain = normalise(opinion["text"])
        spans = {match.span() for match in known.finditer(plain)}
        unknown = [match.span() for match in ADDRESSED.finditer(plain)]
        if opinion["kind"] not in KINDS:
            unknown += [match.span() for match in OFFICIALS.finditer(plain)]
        yield Text(plain, spans, 1.0, unknown, set())


def place_texts(names: Names, rng: random.Random) -> Iterator[Text]:
    """Yield texts about made places, firms and brands that begin as names do."""
    carriers = (OWN / "places.txt").read_text("utf-8").splitlines()
    for _ in range(N_PLACES):
        plain = rng.choice(carriers)
        while "{}" in plain:
            name = names.draw()[: rng.choice((2, 2, 2, 3))]
            tail = rng.choice(PLACE_TAILS if len(name) == FULL else FIRM_TAILS)
            middle = "家" if rng.random() < MIDDLE else ""
            plain = plain.replace("{}", (name[0] + middle if middle else name) + tail, 1)
        yield Text(normalise(plain), set(), 1.0, [], set())


def called_odds(names: Names, tagged: Path) -> dict[str, float]:
    """Return log odds of characters as parts of what people are called."""
    counts: Counter[str] = Counter()
    for number in range(N_DRAWN):
        for char in names.draw_called() if number % 2 else names.draw():
            counts[char] += 1
    background = _background(tagged)
    share, whole = counts.total(), background.total()
    return {
        char: round(math.log((count + 1) / share / ((background[char] + 20) / whole)), 1)
        for char, count in sorted(counts.items())
        if is_han(char)
    }


def odds_tables(names: Names, tagged: Path) -> tuple[dict[str, int], dict[str, int]]:
    """Return rounded log odds of characters as surnames, and doubled ones as parts of given names."""
    background = _background(tagged)
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

    return _odds(surnames, background, 1, 20), _odds(given, background, 2, 30)


def _background(tagged: Path) -> Counter[str]:
    """Return how often characters stand outside names."""
    counts: Counter[str] = Counter()
    for line in OPINIONS.read_text("utf-8").splitlines():
        counts.update(json.loads(line)["text"])
    for pairs in pairs_of(tagged):
        for word, tag in pairs:
            counts.update(word if not tag.startswith("nr") else "")
    return counts


def _odds(table: Counter[str], background: Counter[str], scale: int, prior: int) -> dict[str, int]:
    share, whole = table.total(), background.total()
    return {
        char: round(scale * math.log(count / share / ((background[char] + prior) / whole)))
        for char, count in sorted(table.items())
        if len(char) == 1
    }
