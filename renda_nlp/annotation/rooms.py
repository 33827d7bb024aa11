"""Rooms and doors: what tells one household from its neighbours. Buildings and villages stay.

Works on the normalised copy of a text (half-width, lower case, offsets kept).
"""

import re
from collections.abc import Iterator

from renda_nlp.records import Span

__all__ = ["find_rooms"]

_HAN = "一二三四五六七八九十"
_NUMBER = rf"(?:\d{{1,3}}|[a-z]\d{{0,2}}|[{_HAN}]{{1,3}})"
_BUILDING = rf"(?:{_NUMBER}(?:号楼|号院|[栋幢座#]楼?|排)|\d{{1,3}}号(?=\d))"
_UNIT = rf"(?:\d{{1,2}}|[{_HAN}甲乙丙丁]{{1,2}}|[a-d])(?:单元|门洞|[门梯](?=\d))"
_FLOOR = rf"(?:\d{{1,2}}|[{_HAN}]{{1,3}})[楼层]"
_SIDE = "[东西南北左右中]{1,2}[户门侧边]"
_SUFFIX = "(?:号房|[室房号户])?"
_NO_COUNT = r"(?![\d.元年米平㎡%万亿余多个人名栋幢座吨公条次天户])"
_DIGITS = rf"\d{{3,4}}{_SUFFIX}{_NO_COUNT}"
_SPELLED = "[一二三四五六七八九零〇]{3,4}(?:室|号房|房(?![屋子产]))"
_ROOM = rf"(?:{_DIGITS}|{_SPELLED}|\d{{1,2}}(?:室|号房))"
_NO_DOOR = "楼院栋幢线路桥井机坑泵台文令车矿闸点建议案公电变支地站口门"
_UNITS, _BUILDINGS, _FLOORS, _DIGIT = (
    re.compile(sign) for sign in (r"单元|门洞|[门梯]\d", r"[栋幢座#排]|号[楼院\d]", "[楼层]", r"\d")
)
_PATTERNS = tuple(  # a pattern is tried where its sign stands in the text
    (sign, re.compile(pattern))
    for sign, pattern in (
        (
            _UNITS,
            rf"(?P<id>{_UNIT}[-—\s]?(?:{_FLOOR}[-—\s]?)?(?:{_ROOM}|{_SIDE}|\d{{1,2}}号{_NO_COUNT}))",
        ),
        (_UNITS, rf"(?P<id>{_UNIT}[-—\s]?{_FLOOR})(?![\d梯道的的])"),
        (_BUILDINGS, rf"{_BUILDING}[-—\s]?(?P<id>(?:{_FLOOR})?[-—\s]?(?:{_ROOM}|{_SIDE}))"),
        (
            _BUILDINGS,
            rf"{_BUILDING}[-—\s]?(?P<id>\d{{1,2}}[-—]\d{{1,2}}[-—]\d{{2,4}}{_SUFFIX}|\d{{1,2}}[-—]\d{{3,4}}{_SUFFIX}){_NO_COUNT}",
        ),
        (
            _DIGIT,
            rf"(?<![\d-])\d{{1,2}}[-—](?P<id>\d{{1,2}}[-—]\d{{3,4}}{_SUFFIX})(?![\d元年月日-])",
        ),
        (
            _DIGIT,
            rf"(?<=[楼厦寓苑园庭邸舍院府湾城])(?P<id>\d{{1,2}}[-—]\d{{1,2}}[-—]\d{{2,4}}|\d{{1,2}}[-—]\d{{3,4}}|\d{{3,4}}(?:室|号?房)){_SUFFIX}(?![屋产\d])",
        ),
        (_FLOORS, rf"(?P<id>{_FLOOR}(?:{_SIDE}|\d{{3,4}}(?:室|号房|号)))"),
        (
            _DIGIT,
            r"(?:宿舍楼?|公寓|楼上|楼下|隔壁|对门|房间)\s?(?P<id>\d{3,4}(?:室|号?房)?)(?![\d元年米平个人户多次])",
        ),
        (_DIGIT, r"(?P<id>(?<![\d.])\d{3,4}室)(?![内外温\d])"),
        (_DIGIT, r"[（(](?P<id>\d{1,4}号)[）)]"),
        (
            _DIGIT,
            rf"(?<=[村组社队屯寨坝湾坪塆垸岭坡院附房])第?(?P<id>\d{{1,4}}(?:[-之]\d{{1,3}})?号(?:附\d{{1,3}}号?)?)(?![{_NO_DOOR}])",
        ),
        (_DIGIT, rf"(?P<id>附\d{{1,3}}号)(?![{_NO_DOOR}])"),
        (
            _DIGIT,
            r"(?:门牌号?码?|平房|房间?号|门号|室号|登记号|住(?![宿院房建])在?|家在|家住|住址|旁|店在|铺在|开在)[^，。；,;]{0,14}?"
            r"(?P<id>(?<![\d-])\d{1,4}(?:[-之]\d{1,4}){0,3}号?)(?=$|[，。；,;、：\s]|没错|房(?!产)|[一二三四]楼|也|的|[（(])",
        ),
        (_BUILDINGS, rf"(?:\d排|[\d{_HAN}](?:栋|幢))(?P<id>\d{{1,3}}号?房)(?![屋产子])"),
    )
)
_NEXT_ROOMS = re.compile(r"(?:[、和,]\d{3,4}室?)+(?![\d元年米])")


def find_rooms(plain: str) -> Iterator[Span]:
    """Yield rooms with their unit, doors of villages and lanes, and further rooms of a list."""
    for sign, pattern in _PATTERNS:
        for match in pattern.finditer(plain) if sign.search(plain) else ():
            yield Span(start=match.start("id"), end=match.end("id"), label="ROOM")
            if more := _NEXT_ROOMS.match(plain, match.end("id")):
                yield Span(start=more.start(), end=more.end(), label="ROOM")
