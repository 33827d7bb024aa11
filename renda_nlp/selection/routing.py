"""Whose matter is it: the township's, a station's, the county's or above, or no topic at all."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from renda_nlp.records import Hotspot
from renda_nlp.table import OpinionTable
from renda_nlp.taxonomy import Taxonomy, Work, is_accusation

__all__ = ["Powers", "Route", "route_issue"]

_NONE = ("不作监督议题", "属涉法涉诉、对个人的举报或信访程序中的个案，由有权机关依法处理")
_TOWN: dict[str, tuple[str, str]] = {
    "township": ("{own}本级", "{own}本级可监督"),
    "station": ("派驻站所", "由上级派驻{own}的站所承担，可开展工作评议，同时报县级人大"),
    "county": ("县级以上", "属县级以上事权，提请县级人大或转为县级代表建议"),
    "none": _NONE,
}
_COUNTY: dict[str, tuple[str, str]] = {
    "county": ("{own}本级", "{own}本级可监督"),
    "station": ("垂直管理单位", "由垂直管理的单位承担，可听取情况、开展评议，同时报上级人大"),
    "city": ("市级以上", "属市级以上事权，提请上级人大或转为上级人大代表建议"),
    "none": _NONE,
}
_OURS = frozenset(("township", "station"))
_OURS_COUNTY = frozenset(("county", "station"))
_COUNTY_WORDS = "县区市旗"
_SHARE = 0.5  # of the opinions from which their own words decide
_SAMPLE = 60
_COURT = re.compile(
    r"判决|裁定|法院|法官|开庭|庭审|上诉|再审|执行局|强制执行|被执行人|检察院|仲裁委|仲裁裁决"
)
_ACCUSED = re.compile(r"举报|贪污|受贿|行贿|侵吞|挪用公款|保护伞|纪委|监委")
_PETITION = re.compile(r"信访(?:复查|复核|终结)|复查意见|复核意见|三级终结")
_EXPRESSWAY = "高速(?!发展|增长|推进|宽带|网)|互通立交"
_ABOVE_TOWN = re.compile(rf"国道|省道|{_EXPRESSWAY}|高铁|铁路|地铁|轻轨|机场|航道")
_ABOVE_COUNTY = re.compile(rf"国道|{_EXPRESSWAY}|高铁|铁路|地铁|轻轨|机场")


@dataclass(frozen=True, slots=True)
class Route:
    """Where an issue belongs, and why in words."""

    authority: str
    name: str  # 镇本级 / 派驻站所 / 县级以上 / 不作监督议题
    reason: str


class Powers:
    """What a congress may take up itself, in its own words.

    Args:
        level: township, subdistrict or county.
        area: Its place: the last character says 镇 or 乡, 县, 区 or 市.
    """

    def __init__(self, level: str, area: str = "") -> None:
        self.level = level
        last = area[-1:]
        if level == "county":
            self._own, self._table = last if last in _COUNTY_WORDS and last else "县", _COUNTY
        else:
            word = "街道" if level == "subdistrict" else "镇"
            self._own, self._table = "乡" if last == "乡" else word, _TOWN

    def ours(self, authority: str) -> bool:
        """Return whether a matter may be a topic of this congress."""
        return authority in (_OURS_COUNTY if self.level == "county" else _OURS)

    def route(self, authority: str, reason: str = "") -> Route:
        """Return the route of an authority; without a reason of its own it says what it means."""
        name, meaning = self._table[authority]
        words = reason or meaning.format(own=self._own)
        return Route(authority, name.format(own=self._own), words)

    @property
    def above(self) -> str:
        """The authority next above."""
        return "city" if self.level == "county" else "county"


def _words_in(texts: Sequence[str], pattern: re.Pattern[str]) -> tuple[int, str]:
    """Return how many texts a pattern occurs in, and its commonest words."""
    words: Counter[str] = Counter()
    n = 0
    for text in texts:
        found = set(pattern.findall(text))
        n += bool(found)
        words.update(found)
    common = sorted(words, key=lambda word: (-words[word], word))[:2]
    return n, "、".join(f"“{word}”" for word in common)


def route_issue(
    table: OpinionTable, issue: Hotspot, work: Work, taxonomy: Taxonomy, powers: Powers
) -> Route:
    """Return whose matter an issue is.

    The words of the opinions decide where more than half of them name a court, an accusation, a
    petition procedure or a work of higher authority; else the taxonomy's rule for the subtopics.
    """
    rows = list(table.rows([table.index_of(member) for member in issue.members[:_SAMPLE]]))
    texts = [row.masked_text for row in rows]
    accused = sum(is_accusation(row.subtopic, row.scores.intent) for row in rows)
    if accused > _SHARE * len(rows) and _words_in(texts, _ACCUSED)[0]:
        reason = f"{len(rows)}件中{accused}件是对个人的举报，转送纪检监察机关"
        return powers.route("none", reason)
    above = _ABOVE_COUNTY if powers.level == "county" else _ABOVE_TOWN
    for pattern, authority, words in (
        (_COURT, "none", "属涉法涉诉，引导依法定程序解决"),
        (_PETITION, "none", "属信访程序中的个案，按程序办理"),
        (above, powers.above, powers.route(powers.above).reason),
    ):
        n, found = _words_in(texts, pattern)
        if n > _SHARE * len(texts):
            return powers.route(authority, f"{len(texts)}件中{n}件说到{found}，{words}")
    said = [row.subtopic for row in rows]
    return powers.route(_by_subtopics(said, issue.subtopic, work, taxonomy, powers))


def _by_subtopics(
    said: Sequence[str], subtopic: str, work: Work, taxonomy: Taxonomy, powers: Powers
) -> str:
    """Return the authority that the taxonomy gives.

    Where papers put the issue under another work, that work's. A matter goes to another hand only
    when half of its opinions say so one by one: one misread word must not take a road away.
    """
    if subtopic and subtopic not in work.subtopics:
        hands = Counter(taxonomy.authority(name, powers.level) for name in work.subtopics)
        return min(hands, key=lambda name: (-hands[name], name))
    authority = taxonomy.authority(subtopic, powers.level)
    if powers.ours(authority):
        return authority
    same = sum(bool(name) and taxonomy.authority(name, powers.level) == authority for name in said)
    return authority if same >= _SHARE * len(said) else taxonomy.authority("", powers.level)
