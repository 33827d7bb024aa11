"""Places: administrative units, villages and groups, estates, roads, water works, facilities.

The name is read leftwards from the suffix that says what it is, until a word that cannot be part of one.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from renda_nlp.annotation.place_mentions import common_words, complete
from renda_nlp.annotation.regions import REGION_TAG
from renda_nlp.annotation.suffixes import ADMIN, ESTATES, FACILITIES, KINDS, ROADS, SCHOOLS, WATER
from renda_nlp.annotation.words import (
    FUNCTION_CHARS,
    GENERIC,
    NAME_CHARS,
    NAME_WORDS,
    NOT_PLACES,
    STOP_TAGS,
    STOP_WORDS,
)
from renda_nlp.ngrams import TextBatch, marked
from renda_nlp.records import Span
from renda_nlp.scanning import Scanned
from renda_nlp.tokens import TokenBatch, Words

__all__ = ["PlaceAnnotator", "address_key", "is_region", "may_end_place", "place_key"]

_SUFFIXES = frozenset((*ADMIN, *ESTATES, *ROADS, *WATER, *FACILITIES, *SCHOOLS))
_WEAK = frozenset("路街组城府河江湖渠塘溪港坝线站桥巷苑园山峰岛洲")
_ZONE_OR_WEAK = _WEAK | {"区"}
_NO_NAMES = tuple(
    "政府 热线 分线 好路 回路 思路 出路 文明城市 卫生城市 明路 条路 里路 条街 改线 快线 延线 首站 末站 电站 基站 示范村 服务站 宿舍区 上路 修路 修桥 下乡 上线 实线 虚线 原学校".split()
)
_COUNTED = re.compile(
    r"[两三四五六七八九十]大(?:街道|市场|园区|片区|小区|社区)|[一二两三四五六七八九十几数\d]+[条座个所栋处块片次趟]"
)
_DATE_ENDS = frozenset("年月日")
_POINTERS = frozenset("那这某哪每各")
_VILLAGES = frozenset("村组寨屯镇乡")
_REGIONS = ("省", "自治区", "市", "区", "县", "镇", "乡", "街道")
_REMEMBERED = 20_000  # words
_OWN = re.compile(r"[我本贵该全各咱][省市县区镇乡](?=..)")
_BOUND = re.compile(r".{1,5}[于至到靠](?=...)")
_PARTS = re.compile(r".{2,4}(?:镇|乡|街道)(?=..+(?:村|社区|路|街|组)$)")
_LINE = re.compile(r"[\d一二三四五六七八九十]{1,3}号线\Z")
_MAX_NAME = 8
_MIN_PLACE = 2
_MAX_WORDS = 3
_DIGITS = frozenset("0123456789一二三四五六七八九十")
_NAME_TAGS = frozenset(("ns", "nr", "nrt", "nrfg", "nz", "nt", "j", "eng", "m"))
_HOUSE = re.compile(
    r"第?[0-9一二三四五六七八九十]+(?:村民小组|小组|组|队|栋|幢|座|号|单元|室|楼|期|户|弄|屯)"
)
_VILLAGE = re.compile(r"^.{1,5}村(?![村委民])")  # of 高坎村半坡
_MAX_ADDRESS = 14
_SHORT_WORD = 3
_NONE, _CHAR, _VERB, _WORD, _PROPER = range(5)
_VERBS = frozenset(("v", "vd", "vg", "vi", "vq"))
_LOOSE = frozenset(("x", "w", "p", "c", "u", "uj", "ul", "r", "y", "e", "o", "q"))
_VERB_ENDS = frozenset("到在着给成为上入进往向出过")
_BORDERS = frozenset("省市区县镇乡")
_PREFIXES = frozenset("从至即除距与及或在问说被把让往该此使请住满") | _BORDERS
_ROAD_WORDS = frozenset(("人民", "五一", "汽车"))
_GLUED = frozenset("到和至与及有在去段里边上能没是被")
_GLUED_SUFFIXES = frozenset("村镇乡路街湖河江桥苑县寨")
_DATES = frozenset(("五一", "二七", "八一", "五四", "三八", "一二九"))
_SIDES = frozenset("东西南北中正")
_NUMBERED = re.compile(r"第?([一二三四五六七八九十]{1,3})(中学?|小学?)$")
_TAILS = ("小区", "社区", "村委会", "居委会", "居民委员会", "村民委员会")
_CIVIC = re.compile(r"第[一二三四五六七八九十]+(?:人民|中心|中医)?(?:医院|中学|小学|幼儿园|高中)")
_OF_REGIONS = frozenset(
    "人民医院 中医院 中心医院 妇幼保健院 卫生院 中心卫生院 中心小学 中心幼儿园 大道 汽车站 火车站 敬老院 水厂 自来水厂 体育馆 图书馆 博物馆 殡仪馆 开发区 高新区 工业园".split()
)
_SUFFIXES_BY_LAST = {
    last: sorted((s for s in _SUFFIXES if s[-1] == last), key=lambda s: (-len(s), s))
    for last in sorted({s[-1] for s in (*_SUFFIXES, *_TAILS)})
}


def place_key(name: str) -> str:
    """Return the form that aliases of one place share.

    云溪花园小区 and 云溪花园 give 云溪花园; 市第一中学, 第一中学 and 一中 give 一中.
    """
    if school := _NUMBERED.search(name):
        return school[1] + school[2][0]
    for tail in _TAILS:
        if name.endswith(tail) and len(name) - len(tail) >= _MIN_PLACE:
            stem = name[: -len(tail)]
            return stem + "村" if tail in ("村委会", "村民委员会") and stem[-1] != "村" else stem
    return name


def address_key(address: str) -> str:
    """Return the village, estate or firm of an address: 高坎村三组 gives 高坎村, 云溪花园3栋 云溪花园."""
    plain = "".join(address.split())
    match = _HOUSE.search(plain)
    stem = plain[: match.start()] if match and match.start() >= _MIN_PLACE else plain
    if (village := _VILLAGE.match(stem)) and not stem.endswith(tuple(_SUFFIXES)):
        stem = village[0]
    return place_key(stem) if _MIN_PLACE <= len(stem) <= _MAX_ADDRESS else ""


def is_region(key: str) -> bool:
    """Return whether a place key names a unit from province to town or subdistrict."""
    return key.endswith(_REGIONS) and not key.endswith(
        ("小区", "园区", "景区", "校区", "社区", "片区")
    )


def may_end_place(batch: TextBatch, tokens: TokenBatch) -> NDArray[np.bool_]:
    """Return which words may end a place."""
    at = batch.starts[tokens.owners()]
    first, last = batch.codes[at + tokens.starts], batch.codes[at + tokens.ends - 1]
    ends, glued, before_glue = _edges()
    pair = tokens.ends - tokens.starts == 2  # noqa: PLR2004
    may: NDArray[np.bool_] = ends[last] | (glued[last] & before_glue[first] & pair)
    return may


@cache
def _edges() -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which code points end a place, are glued to one, stand before what is glued to it."""
    sets = (_SUFFIXES_BY_LAST, _GLUED, _GLUED_SUFFIXES)
    return marked(sets[0]), marked(sets[1]), marked(sets[2])


@lru_cache(maxsize=_REMEMBERED)
def _reading(word: str) -> tuple[str, str, bool]:
    """Return the part of a word that may end a place, its suffix, and whether that is all there is."""
    ending = _ending(word)
    return (ending, *_word_end(ending)) if ending else ("", "", False)


def _word_end(word: str) -> tuple[str, bool]:
    """Return the suffix that a word ends on, "" when it can end no place, and whether it is all there is."""
    suffix = next((s for s in _SUFFIXES_BY_LAST[word[-1]] if word.endswith(s)), "")
    if len(suffix) > 1 and suffix not in ROADS and word[: -len(suffix)] in KINDS:
        return word, True  # 肿瘤医院 says no more than 医院
    if word[0] in _BORDERS and word[1:] in _OF_REGIONS:
        return word, True  # 镇卫生院
    bare = word == suffix or (len(word) == 2 and (suffix in _VILLAGES or word[0] in _SIDES))  # noqa: PLR2004
    return ("" if not bare and (word in NOT_PLACES or word in STOP_WORDS) else suffix), bare


@lru_cache(maxsize=_REMEMBERED)
def _role(word: str, tag: str) -> int:
    """Return what a word left of a suffix can be: ``_NONE`` of a name, a ``_CHAR``, ``_VERB`` …."""
    if len(word) == 1:
        if word in NAME_CHARS:
            return _CHAR
        barred = word in FUNCTION_CHARS or word in STOP_WORDS or word in _BORDERS or tag in _VERBS
        if tag in _NAME_TAGS and not barred:
            return _PROPER
        return _NONE if barred or not "\u4e00" <= word <= "\u9fff" or tag in _LOOSE else _CHAR
    if word in STOP_WORDS or word in GENERIC or word in common_words():
        return _NONE
    if tag in _NAME_TAGS:
        return _PROPER
    if tag in _VERBS:
        return _NONE if word[-1] in _VERB_ENDS else _WORD if word in NAME_WORDS else _VERB
    return _NONE if tag in STOP_TAGS and tag != "t" else _WORD


def _ending(word: str) -> str:
    """Return the part of a word that a place can end with: 村 of 村到; "" when there is none."""
    if word[-1] not in _GLUED or word in _SUFFIXES:
        return word
    return word[0] if len(word) == 2 and word[0] in _GLUED_SUFFIXES else ""  # noqa: PLR2004


class PlaceAnnotator:
    """Finds PLACE spans; ``value`` is the key that aliases share, of 桥头镇卫生院 that of its region."""

    def annotate(
        self, scanned: Scanned, words: Words, ends: Sequence[int], known: Sequence[int]
    ) -> list[Span]:
        """Return the places of a text, sorted; a region also lies in the longer name that it begins.

        Args:
            scanned: The text, asked for ``FAMILY``.
            words: The text and its words.
            ends: Numbers of the words that ``may_end_place``.
            known: Numbers of the words that ``may_be_known``.
        """
        text, starts = words.text, words.starts
        spans: list[Span] = []
        for index in ends:
            begin = starts[index]
            ending, suffix, bare = _reading(words.word(index))
            follows = bool(ending and spans and spans[-1].end == begin)
            if (suffix or follows) and words.tag(index) == REGION_TAG:
                spans.append(_span(text, begin, words.ends[index]))
            elif follows and _continues(spans[-1], ending, suffix, bare=bare):
                spans.append(_longer(text, spans, begin + len(ending)))
            elif suffix:
                self._read(words, index, begin + len(ending), spans)
        return complete(scanned, words, known, spans)

    def _read(self, words: Words, index: int, end: int, spans: list[Span]) -> None:
        """Add the place that ends with the word at ``index``, at ``end``, if it ends one."""
        text = words.text
        _, suffix, bare = _reading(words.word(index))
        floor = spans[-1].end if spans else 0
        start = self._name_start(words, index, floor, suffix, bare=bare)
        name = text[start:end]
        short = suffix not in SCHOOLS and len(name) <= max(len(suffix), _MIN_PLACE - 1)
        if short or not self._is_name(name, suffix):
            return
        if suffix[1:] in _OF_REGIONS:  # 鹿鸣 + 镇卫生院
            spans.append(_span(text, start, end - len(suffix) + 1))
            spans.append(_longer(text, spans, end))
            return
        if part := _PARTS.match(text, start, end):  # 龙潭镇莲河村
            spans.append(_span(text, start, part.end()))
            start = part.end()
        spans.append(_with_region(text, _span(text, start, end), spans))

    def _name_start(self, words: Words, index: int, floor: int, suffix: str, *, bare: bool) -> int:
        """Walk left from the suffix word while the words can belong to a name."""
        text, start, end = words.text, words.starts[index], words.ends[index]
        short = end - start <= _SHORT_WORD
        for before in range(index - 1, max(-1, index - 1 - _MAX_WORDS), -1):
            begin, word = words.starts[before], words.word(before)
            if begin >= floor and _is_kind(word, suffix, bare=bare):
                continue  # a name when one stands before
            role = _role(word, words.tag(before))
            if (word in _ROAD_WORDS and suffix in ROADS) or (bare and word.startswith("第")):
                role = _WORD
            dated = word[-1] in _DATE_ENDS and text[max(0, words.ends[before] - 2)] in _DIGITS
            if (
                begin < floor
                or role == _NONE
                or dated
                or (role == _VERB and len(suffix) > 1)
                or end - begin > _MAX_NAME + len("小区")
                or (role < _PROPER and not (bare or short))
            ):
                break
            start = begin
        return _behind_glue(text, start, end, suffix)

    def _is_name(self, name: str, suffix: str) -> bool:
        stem = name[: -len(suffix)]
        if stem[:1] in _POINTERS or name.endswith(_NO_NAMES) or _COUNTED.search(name):
            return False
        if stem in _ROAD_WORDS and suffix in ROADS:
            return True
        if stem in GENERIC or name in NOT_PLACES or stem in STOP_WORDS or stem in FUNCTION_CHARS:
            return False
        if suffix in _ZONE_OR_WEAK and len(stem) == 1 and stem.isascii() == (suffix == "区"):
            return False  # a区4栋: part of an estate
        if suffix in _WEAK and stem[-1] in _BORDERS:  # 县江, of 县江背镇
            return False
        if stem and all(char in _DIGITS for char in stem):
            return suffix in ("组", "号线", "国道", "省道", "县道") or stem in _DATES
        return True


def _is_kind(word: str, suffix: str, *, bare: bool) -> bool:
    """Return whether a word only says what kind the suffix is: 德才 + 科技 + 学校, 彩虹 + 都 + 小区."""
    return bare and suffix not in ROADS and (word in KINDS or (word == "都" and suffix == "小区"))


def _behind_glue(text: str, start: int, end: int, suffix: str) -> int:
    """Return where a name begins behind words that the segmenter glued to its front."""
    while (
        text[start] in _PREFIXES
        and end - start > _SHORT_WORD
        and text[start : start + 2] not in NAME_WORDS
    ):
        start += 1  # 至云济村
    for pattern in (_OWN, _BOUND):  # 贵县星沙镇; 东延至泉塘, 坐落于常荫路
        if match := pattern.match(text, start, end):
            start = match.end()
    if suffix == "省" and not text.startswith("黑龙江", end - 4):
        start = max(start, end - 3)  # 家乡湖南省
    if suffix == "号线" and (line := _LINE.search(text, start, end)):
        start = line.start()
    return start


def _longer(text: str, spans: list[Span], end: int) -> Span:
    """Return the last place with what continues it up to ``end``; only a region stays by itself."""
    last = spans[-1]
    if is_region(last.value):  # 柏渡镇 + 中心小学: known by its region
        return Span(start=last.start, end=end, label="PLACE", value=last.value)
    spans.pop()  # 云溪花园 + 小区: one name
    return _span(text, last.start, end)


def _continues(last: Span, word: str, suffix: str, *, bare: bool) -> bool:
    """Return whether a word that ends a name makes one name with the place right before it."""
    if is_region(last.value):  # 桥头镇 + 卫生院, a3区 + 大道
        coded = last.value[0].isascii()  # a1区 + 路: the code stands for the district's name
        return bare and (suffix in _OF_REGIONS or (coded and suffix in ("路", "山", "大学")))
    if word in _TAILS or word in FACILITIES:  # 新民路 + 小学
        return True
    if not bare:
        return False
    if last.value.endswith(WATER):  # 桴江河 + 村
        return True
    return last.value.endswith(ESTATES) and suffix.endswith((*ESTATES, *FACILITIES))


def _with_region(text: str, span: Span, spans: Sequence[Span]) -> Span:
    """Return a numbered or people's facility with the region before it: 市第一人民医院."""
    name = text[span.start : span.end]
    if not _CIVIC.match(name):
        return span
    start = span.start
    if spans and spans[-1].end == start and is_region(spans[-1].value):
        start = spans[-1].start
    elif start and text[start - 1] in _BORDERS:
        start -= 1
    return Span(start=start, end=span.end, label="PLACE", value=span.value)


def _span(text: str, start: int, end: int) -> Span:
    return Span(start=start, end=end, label="PLACE", value=place_key(text[start:end]))
