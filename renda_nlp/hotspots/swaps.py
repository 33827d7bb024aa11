"""Copied texts with another name in them: the words agree, the matter does not.

「反映甲小区旁工地夜间施工……」 and 「反映乙小区旁工地夜间施工……」 differ in one short stretch, the name. A mass
petition differs in whole sentences, in numbers, in whom it greets, in several words, or not at all.
"""

import re
from difflib import SequenceMatcher

__all__ = ["is_swapped"]

_LONGEST_NAME = 8
_SHORTEST_NAME = 2
_MAX_OTHER = 4  # characters changed besides the name
_MAX_CHARS = 800
_NUMERIC = re.compile(
    r"^[\d零〇一二两三四五六七八九十百千万余多年月日号栋幢座单元室楼层户人元块.:：,，、至\-—~]+$"
)
_SELF = re.compile(r"(?:我叫|我是|本人|姓名|联系人|我姓)[:：]?$")
_GREETED = re.compile(r"(?:尊敬的?|敬爱的?|请|。|^)$")
_OFFICE = re.compile(r"(?:书记|领导|市长|县长|区长|镇长|局长|厅长|主任|部门|同志)$")
_SPEECH = re.compile(
    r"^(?:再次|强烈|坚决)?(?:投诉|举报|反映|反应|咨询|请问|请求|要求|建议|希望|求助|反对|呼吁|关于)*$"
)
_AFTER = 3
_UNITS = frozenset("省市区县镇乡村街路道门站桥湾沟坪社坡所片组")
_LINE = re.compile(r"路|号线|线")
_WORD = re.compile(r"[\w·]+")


def _plain(text: str) -> str:
    return "".join(text.split())


def is_swapped(first: str, second: str) -> bool:
    """Return whether two texts are one text with a name exchanged.

    Args:
        first: A normalised text.
        second: Another one; the order does not matter.
    """
    a, b = sorted((_plain(first), _plain(second)))
    longer = max(len(a), len(b))
    if a == b or not a or longer > _MAX_CHARS or min(len(a), len(b)) < 0.6 * longer:
        return False
    names: set[tuple[str, str]] = set()
    other = 0
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        one, two = a[a1:a2], b[b1:b2]
        if tag == "equal":
            continue
        if max(len(one), len(two)) > _LONGEST_NAME:
            return False
        if _names_differ(one, two, a[:a1], a[a2 : a2 + _AFTER]):
            names.add((one, two))
        else:
            other += max(len(one), len(two))
    return len(names) == 1 and other <= _MAX_OTHER


def _names_differ(one: str, two: str, before: str, after: str) -> bool:
    """Return whether two stretches at one place look like two names."""
    if not one or not two or _SELF.search(before):
        return False
    if _GREETED.search(before) and _OFFICE.search(one) and _OFFICE.search(two):
        return False
    if _SPEECH.match(one) and _SPEECH.match(two):
        return False
    if not _WORD.match(after):  # a name stands before what it names; 水压不足 and 水压太小 are none
        return False
    if _NUMERIC.match(one) and _NUMERIC.match(two):
        coded = before[-1:].isascii() and before[-1:].isalpha() and after[:1] in _UNITS
        return coded or _LINE.match(after) is not None
    if min(len(one), len(two)) < _SHORTEST_NAME and not any(char in _UNITS for char in after):
        return False
    return bool(_WORD.fullmatch(one) and _WORD.fullmatch(two))
