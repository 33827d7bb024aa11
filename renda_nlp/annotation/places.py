"""Places: administrative units, villages and groups, estates, roads, water works, facilities.

A place is a name and a suffix that says what it is. The name is read leftwards from the suffix over
the words of the segmenter until a word that cannot be part of a name.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from renda_nlp.annotation.words import GENERIC, NOT_PLACES, STOP_TAGS, STOP_WORDS
from renda_nlp.records import Span, Token

__all__ = ["PlaceAnnotator", "address_key", "is_region", "place_key"]

_ADMIN = (
    "省",
    "自治区",
    "市",
    "区",
    "县",
    "镇",
    "乡",
    "街道",
    "村",
    "社区",
    "居委会",
    "村委会",
    "组",
    "屯",
    "寨",
)
_ESTATES = (
    "小区",
    "花园",
    "家园",
    "公寓",
    "苑",
    "府",
    "城",
    "新村",
    "新城",
    "广场",
    "大厦",
    "山庄",
    "公馆",
    "华庭",
    "佳园",
    "豪庭",
    "名邸",
    "国际",
    "雅园",
    "花苑",
    "嘉园",
    "名苑",
    "学府",
    "首府",
    "御府",
    "世家",
    "水岸",
    "安置区",
    "安置房",
    "家属院",
    "宿舍",
    "中心城",
    "庄园",
    "丽园",
    "名都",
    "时代",
    "华府",
    "小镇",
    "天地",
    "商贸城",
    "步行街",
)
_ROADS = (
    "路",
    "街",
    "大道",
    "巷",
    "胡同",
    "高速",
    "国道",
    "省道",
    "县道",
    "桥",
    "大桥",
    "立交桥",
    "路口",
    "站",
    "地铁站",
    "隧道",
    "公路",
    "匝道",
    "环线",
    "号线",
    "线",
    "东路",
    "西路",
    "南路",
    "北路",
    "中路",
    "支路",
    "公交站",
    "天桥",
)
_WATER = (
    "水库",
    "河",
    "江",
    "湖",
    "渠",
    "塘",
    "水厂",
    "溪",
    "港",
    "坝",
    "泵站",
    "山塘",
    "渡口",
    "码头",
)
_FACILITIES = (
    "学校",
    "小学",
    "中学",
    "大学",
    "学院",
    "幼儿园",
    "医院",
    "卫生院",
    "公园",
    "市场",
    "菜市场",
    "工业园",
    "产业园",
    "园区",
    "车站",
    "敬老院",
    "养老院",
    "火车站",
    "汽车站",
    "机场",
    "变电站",
    "垃圾站",
    "卫生室",
    "工业区",
    "开发区",
    "高新区",
    "农贸市场",
    "体育馆",
    "图书馆",
    "博物馆",
    "景区",
    "实验学校",
    "高中",
    "初中",
    "驾校",
    "影院",
    "酒店",
    "项目部",
    "加油站",
    "殡仪馆",
    "陵园",
)
_SUFFIXES = frozenset((*_ADMIN, *_ESTATES, *_ROADS, *_WATER, *_FACILITIES))
_WEAK = frozenset("路街组城府河江湖渠塘溪港坝线站桥巷苑")
_NO_NAMES = ("政府", "热线", "分线", "好路", "回路", "思路", "出路", "文明城市", "卫生城市")
_COUNTED = re.compile(r"[一二两三四五六七八九十几数\d]+[条座个所栋处家段块]")
_DATE_ENDS = frozenset("年月日")
_POINTERS = frozenset("那这某哪每各")
_VILLAGES = frozenset("村组寨屯镇乡")
_REGIONS = ("省", "自治区", "市", "区", "县", "镇", "乡", "街道")
_REMEMBERED = 20_000  # words
_MAX_NAME = 8
_MIN_PLACE = 2
_MAX_WORDS = 3
_DIGITS = frozenset("0123456789一二三四五六七八九十")
_NAME_TAGS = frozenset(("ns", "nr", "nrt", "nrfg", "nz", "nt", "j", "eng", "m", "s", "f"))
_HOUSE = re.compile(
    r"第?[0-9一二三四五六七八九十]+(?:村民小组|小组|组|队|栋|幢|座|号|单元|室|楼|期|户|弄|屯)"
)
_MAX_ADDRESS = 14
_TAILS = ("小区", "社区", "村委会", "居委会", "居民委员会", "村民委员会")
_SUFFIXES_BY_LAST = {
    last: sorted((s for s in _SUFFIXES if s[-1] == last), key=lambda s: (-len(s), s))
    for last in sorted({s[-1] for s in (*_SUFFIXES, *_TAILS)})
}


def place_key(name: str) -> str:
    """Return the form that aliases of one place share: 云溪花园小区 and 云溪花园 give 云溪花园."""
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
    return place_key(stem) if _MIN_PLACE <= len(stem) <= _MAX_ADDRESS else ""


def is_region(key: str) -> bool:
    """Return whether a place key names a unit from province to town or subdistrict."""
    return key.endswith(_REGIONS) and not key.endswith(
        ("小区", "园区", "景区", "校区", "社区", "片区")
    )


@lru_cache(maxsize=_REMEMBERED)
def _word_end(word: str) -> tuple[str, bool]:
    """Return the suffix that a word ends on, "" when it can end no place, and whether it is all there is."""
    suffix = next((s for s in _SUFFIXES_BY_LAST[word[-1]] if word.endswith(s)), "")
    bare = word == suffix or (len(word) == 2 and suffix in _VILLAGES)  # noqa: PLR2004
    return ("" if not bare and (word in NOT_PLACES or word in STOP_WORDS) else suffix), bare


class PlaceAnnotator:
    """Finds PLACE spans; ``value`` is the key that aliases share."""

    def annotate(self, text: str, tokens: Sequence[Token]) -> list[Span]:
        """Return the places of ``text``, sorted, without overlap."""
        spans: list[Span] = []
        ends = [n for n, token in enumerate(tokens) if text[token[1] - 1] in _SUFFIXES_BY_LAST]
        for index in ends:
            token = tokens[index]
            word = text[token.start : token.end]
            suffix, bare = _word_end(word)
            stand_alone = spans and spans[-1].end == token.start and word in _TAILS
            if stand_alone:  # 云溪花园 + 小区: one name
                last = spans.pop()
                name = text[last.start : token.end]
                spans.append(
                    Span(start=last.start, end=token.end, label="PLACE", value=place_key(name))
                )
                continue
            if not suffix:
                continue
            floor = spans[-1].end if spans else 0
            start = self._name_start(text, tokens, index, floor, bare=bare)
            name = text[start : token.end]
            if len(name) <= max(len(suffix), _MIN_PLACE - 1) or not self._is_name(name, suffix):
                continue
            spans.append(Span(start=start, end=token.end, label="PLACE", value=place_key(name)))
        return spans

    def _name_start(
        self, text: str, tokens: Sequence[Token], index: int, floor: int, *, bare: bool
    ) -> int:
        """Walk left from the suffix word while the words can belong to a name."""
        start = tokens[index].start
        n_words = 0
        for token in map(tokens.__getitem__, range(index - 1, -1, -1)):
            word = text[token.start : token.end]
            proper = token.tag in _NAME_TAGS
            if (
                token.start < floor
                or word in STOP_WORDS
                or word in GENERIC
                or token.tag in STOP_TAGS
                or word[-1] in _DATE_ENDS
                or tokens[index].end - token.start > _MAX_NAME + len("小区")
                or n_words >= _MAX_WORDS
                or (not proper and (n_words >= 1 or not bare))
            ):
                break
            start, n_words = token.start, n_words + 1
        return start

    def _is_name(self, name: str, suffix: str) -> bool:
        stem = name[: -len(suffix)]
        if stem[:1] in _POINTERS or name.endswith(_NO_NAMES) or _COUNTED.match(name):
            return False
        if stem in GENERIC or name in NOT_PLACES or stem in STOP_WORDS:
            return False
        if len(suffix) == 1 and suffix in _WEAK and len(stem) == 1 and not stem.isascii():
            return False
        if all(char in _DIGITS for char in stem):
            return suffix in ("组", "号线", "国道", "省道", "县道")
        return True
