"""Rooms and doors: what tells one household from its neighbours. Buildings and villages stay.

Works on the normalised copy of a text (half-width, lower case, offsets kept).
"""

import re
from collections.abc import Iterator

from renda_nlp.records import Span
from renda_nlp.scanning import Scanned, Sought

__all__ = ["SOUGHT", "find_rooms"]

_HAN = "一二三四五六七八九十"
_NUMBER = rf"(?:\d{{1,3}}|[a-z]\d{{0,2}}|[{_HAN}]{{1,3}})"
_BUILDING = rf"(?:{_NUMBER}(?:号楼|号院|[栋幢座#]楼?|排)|\d{{1,3}}号(?=\d))"
_UNIT = (
    rf"(?:\d{{1,2}}|[{_HAN}甲乙丙丁东西南北中壹贰叁肆伍]{{1,2}}|[a-d])(?:单元|门洞|[门梯](?=\d))"
)
_FLOOR = rf"(?:\d{{1,2}}|[{_HAN}]{{1,3}})[楼层]"
_SIDE = "[东西南北左右中]{1,2}[户门侧边手]"
_SUFFIX = "(?:号房|寝室|[室房号户])?"
_NO_COUNT = r"(?![\d.元年米平㎡%万亿余多个人名栋幢座吨公条次天]|(?<!\d0\d)户)"
_DIGITS = rf"(?!\d00户|\d\d(?:\d0|[1-9]\d)户)[a-d]?\d{{3,4}}{_SUFFIX}{_NO_COUNT}"
_SPELLED = "[一二三四五六七八九零〇]{3,4}(?:室|号房|房(?![屋子产]))"
_SAID = "[一二三四五六七八九壹贰叁肆伍陆柒捌玖][一二三四五六七八九零〇十壹贰叁肆伍陆柒捌玖]{2,3}(?:室|号房|房(?![屋子产])|户)?(?![元年米个人户多栋楼])"
_ROOM = rf"(?:{_DIGITS}|{_SPELLED}|\d{{1,2}}(?:室|号房))"
_NO_DOOR = "楼院栋幢线路桥井机坑泵台文令车矿闸点建议案公电变支地站口门工"
_PAIR = r"\d{1,2}[-—]\d{3,4}|\d{1,2}[-—]\d{1,2}[-—]\d{2,4}"
_HOLDER = "(?:业主|住户|房主|租户|租客|户主|邻居|居民|那家|这家|那户|人家|家里)"
_AT_HOME = "门牌号?码?|平房|房间?号|门号|室号|登记号|住(?![宿院房建])在?|家在|家住|住址|地址|居住|户籍|旁|店在|铺在|开在"
(
    _UNITS,
    _BUILDINGS,
    _FLOORS,
    _DIGIT,
    _HAN_UNITS,
    _DOORS,
    _HELD,
    _JOINED,
    _ENTRY,
    _NEAR,
    _BRACKET,
    _SPELLED_ROOM,
    _HAN_DOORS,
) = (
    re.compile(sign)
    for sign in (
        r"单元|门洞|[门梯]\d",
        r"[栋幢座#排]|号[楼院\d]",
        "[楼层]",
        r"\d",
        rf"[{_HAN}壹贰叁肆伍](?:单元|号楼|[栋幢座])",
        r"\d号",
        rf"\d(?:号房|寝室|[室房号户])?的?{_HOLDER}",
        r"[\da-t][-—]\d",
        r"\d(?:[-—]\d|号?房|室|寝室|宿舍)",
        r"(?:宿舍|公寓|楼上|楼下|隔壁|对门|房间|楼顶|寝室|[我他她咱]家)\D{0,2}\d",
        r"[（(]\d",
        "[零〇一二三四五六七八九十]{2}室|[零〇]",
        f"[{_HAN}]号",
    )
)
_PATTERNS = tuple(  # a pattern is tried where its sign stands in the text
    (sign, Sought(pattern))
    for sign, pattern in (
        (
            _UNITS,
            rf"(?P<id>{_UNIT}[-—\s]?(?:{_FLOOR}[-—\s]?)?(?:{_ROOM}|{_SIDE}|\d{{1,2}}号{_NO_COUNT}))",
        ),
        (_UNITS, rf"(?P<id>{_UNIT}[-—\s]?{_FLOOR}[东西南北左右中]?)(?![\d梯道的])"),
        (_BUILDINGS, r"[栋幢座](?P<id>\d{1,2}[a-h])(?![a-z0-9])"),
        (
            _FLOORS,
            rf"(?P<id>{_FLOOR}(?:[东西左右南北]{{1,2}}[手边头侧面])?第[{_HAN}\d]{{1,2}}[间家户])",
        ),
        (_HAN_UNITS, rf"(?P<id>{_UNIT}{_SAID})|(?:号楼|[栋幢座])(?P<id2>{_SAID})"),
        (_BUILDINGS, rf"{_BUILDING}[-—\s]?(?P<id>(?:{_FLOOR})?[-—\s]?(?:{_ROOM}|{_SIDE}))"),
        (_BUILDINGS, rf"\d排(?:第)?(?P<id>\d{{1,3}}[号户家])(?![{_NO_DOOR}])"),
        (
            _BUILDINGS,
            rf"{_BUILDING}[-—\s]?(?P<id>\d{{1,2}}[-—]\d{{1,2}}[-—]\d{{2,4}}{_SUFFIX}|\d{{1,2}}[-—]\d{{3,4}}{_SUFFIX}){_NO_COUNT}",
        ),
        (
            _JOINED,
            rf"(?<![\d-])\d{{1,2}}[-—](?P<id>\d{{1,2}}[-—]\d{{3,4}}{_SUFFIX})(?![\d元年月日-])",
        ),
        (
            _ENTRY,
            rf"(?<=[楼厦寓苑园庭邸舍院府湾城区里坊郡期墅村])(?P<id>{_PAIR}|\d{{3,4}}(?:室|号?房)){_SUFFIX}(?![屋产\d元月日-])",
        ),
        (
            _HELD,
            rf"(?<![\d.-])(?P<id>(?:{_PAIR}|\d{{3,4}}){_SUFFIX})(?=的?{_HOLDER})",
        ),
        (_FLOORS, rf"(?P<id>{_FLOOR}(?:{_SIDE}|\d{{3,4}}(?:室|号房|号|房)?(?![\d元米平个人户])))"),
        (
            _NEAR,
            r"(?:宿舍楼?|公寓|楼上|楼下|隔壁|对门|房间|楼顶|寝室|[我他她咱]家)\s?(?:[的是])?(?P<id>\d{3,4}(?:室|号?房|寝室)?|\d{1,2}-\d{1,4})(?![\d元米平个人户多次年斤亩块吨度只头棵-])",
        ),
        (_ENTRY, r"(?P<id>(?<![\d.])\d{3,4}(?:室|寝室|宿舍))(?![内外温\d])"),
        (_BRACKET, r"[（(](?P<id>\d{1,4}号|\d{1,2}[-—]\d{3,4}|\d{1,2}[-—]\d{1,2}[-—]\d{3,4})[）)]"),
        (
            _DOORS,
            rf"(?<=[村组社队屯寨坝湾坪塆垸岭坡院附房冲沟])第?(?P<id>\d{{1,4}}(?:[-之]\d{{1,3}})?号(?:附\d{{1,3}}号?)?)(?![{_NO_DOOR}])",
        ),
        (_DOORS, rf"(?P<id>附\d{{1,3}}号)(?![{_NO_DOOR}])|(?<=\d号)(?P<id2>附\d{{1,3}})(?!\d)"),
        (
            _DIGIT,
            rf"(?<=[街路巷弄里同道])(?P<id>[甲乙丙丁]\d{{1,3}}号|\d{{1,4}}(?:[-之]\d{{1,3}}号|号之\d{{1,3}})|(?<=弄)\d{{1,4}}号|\d{{1,4}}号(?=[是系]?我家|的?住户|的?居民|业主|的?老房|[一二三四]楼|的?房子))(?![{_NO_DOOR}])",
        ),
        (
            _DIGIT,
            rf"(?=[门平房室登住家旁店铺开地居户])(?:{_AT_HOME})[^，。；,;\n]{{0,24}}?"
            rf"(?P<id>(?<![\d-])\d{{1,4}}(?:[-之]\d{{1,4}}){{0,3}}号?(?:附\d{{1,3}}号?)?)(?=$|[，。；,;、：\s]|没错|房(?!产)|[一二三四]楼|也|的|[（(])",
        ),
        (
            _DOORS,
            rf"(?:家住|住在|住址|地址|我家在?|居住于?|户籍)[：:是]?[^，。；,;\n]{{0,24}}?(?<=[街路巷弄里同道坊镇])(?P<id>\d{{1,4}}号)(?![{_NO_DOOR}\d])",
        ),
        (_DOORS, r"(?:(?<=[巷弄里坊胡同])|(?<=弄堂))(?P<id>\d{1,4}号)(?=$|[，。；,;、\s（(])"),
        (
            _HAN_DOORS,
            rf"(?<=[村组社队屯寨坝湾坪塆垸岭坡冲沟])(?P<id>[{_HAN}]{{1,3}}号)(?=$|[，。；,;、\s（(的是]|住户|居民)",
        ),
        (
            _BUILDINGS,
            rf"(?P<id>[{_HAN}]{{1,2}}排[{_HAN}]{{1,2}}号)|[\d栋幢座#][-—]?(?P<id2>[东西南北中]户)",
        ),
        (_FLOORS, r"\d楼(?P<id>\d{1,2}-\d{1,2})(?!\d)"),
        (_DOORS, rf"\d号院(?P<id>\d{{1,3}}号)(?![{_NO_DOOR}\d])"),
        (
            _JOINED,
            r"(?<![a-z0-9-])(?P<id>[a-t]\d?-(?:\d-)?\d{3,4})(?![\d-])(?=[，。；、\s的住业户房室]|$)",
        ),
        (
            _SPELLED_ROOM,
            r"(?P<id>[一二三四五六七八九][零〇一二三四五六七八九十]{2}室)|(?:楼上|楼下|隔壁|对门|家住|我住)(?P<id2>[一二三四五六七八九][零〇][一二三四五六七八九])",
        ),
        (_BUILDINGS, rf"(?:\d排|[\d{_HAN}](?:栋|幢))(?P<id>\d{{1,3}}号?房)(?![屋产子])"),
    )
)
_CLAUSE_ENDS = "，。；;！!？?\n"
_CLAUSE_END = re.compile(f"[{_CLAUSE_ENDS}]|$")
_SIGN = re.compile(
    rf"\d(?:[-—号#栋幢座排室房寝宿楼层单门梯的\s]|{_HOLDER})|单元|[栋幢座]|号楼|[楼层][东西南北左右中]|[（(]\d|[a-t]-\d|[零〇]|十.室|排[一二三四五六七八九十]"
    rf"|(?=[门平房室登住家旁店铺开地居户宿公楼隔对寝])(?:{_AT_HOME}|宿舍|公寓|楼上|楼下|隔壁|对门|房间|楼顶|寝室)[^\n]*?\d|家\d|第[一二三四五六七八九十\d]+[间家户]|[村组寨屯湾坝][一二三四五六七八九十]{{1,3}}号"
)
_NEXT_ROOMS = re.compile(r"(?:[、和,/，及]\d{3,4}室?)+(?![\d元年米人个户])")


SOUGHT = tuple(sought for _, sought in _PATTERNS)
"""What ``find_rooms`` asks a scanned text for."""


def find_rooms(scanned: Scanned) -> Iterator[Span]:
    """Yield rooms with their unit, doors of villages and lanes, and further rooms of a list."""
    plain = scanned.plain
    for sign, sought in _PATTERNS:
        end = 0
        for start in scanned.starts(sought):
            if start < end:
                continue
            stop = _clause_end(plain, start)
            match = sought.pattern.match(plain, start, stop)
            if match and _shows(plain, sign, start, stop):
                end = match.end()
                yield from _rooms(plain, match)


def _clause_end(plain: str, start: int) -> int:
    mark = _CLAUSE_END.search(plain, start)
    return mark.start() if mark else len(plain)


def _shows(plain: str, sign: re.Pattern[str], start: int, stop: int) -> bool:
    """Return whether the clause around ``start`` has the signs of a room."""
    begin = 1 + max(plain.rfind(mark, 0, start) for mark in _CLAUSE_ENDS)
    return all(each.search(plain, begin, stop) for each in (_SIGN, sign))


def _rooms(plain: str, match: re.Match[str]) -> Iterator[Span]:
    group = "id" if match["id"] else "id2"
    yield Span(start=match.start(group), end=match.end(group), label="ROOM")
    if more := _NEXT_ROOMS.match(plain, match.end(group)):
        yield Span(start=more.start(), end=more.end(), label="ROOM")
