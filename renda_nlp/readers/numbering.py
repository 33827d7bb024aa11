"""Automatic numbering of Word documents, resolved to the text that Word prints."""

from dataclasses import dataclass, field

from lxml import etree

__all__ = ["ListLevel", "Numbering", "chinese_number", "format_number", "read_numbering"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DIGITS = "零一二三四五六七八九"
HEAVENLY_STEMS = "甲乙丙丁戊己庚辛壬癸"
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
CHINESE_FORMATS = frozenset(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "ideographDigital",
        "japaneseDigitalTenThousand",
    )
)
MAX_NUMBER = 9999
N_CIRCLED = 20
N_LETTERS = 26
N_LEVELS = 9


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list: its number format, its text with ``%1`` places, its first number."""

    number_format: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of one document and how far each has counted."""

    levels: dict[str, dict[int, ListLevel]] = field(default_factory=dict)  # by numId
    abstract: dict[str, str] = field(default_factory=dict)  # numId -> abstractNumId
    counters: dict[str, list[int | None]] = field(default_factory=dict)  # by abstractNumId

    def next_label(self, list_id: str, level: int) -> str:
        """Count one paragraph of a list and return its label; empty for bullets and no list."""
        levels = self.levels.get(list_id, {})
        if level not in levels:
            return ""
        counter = self.counters.setdefault(self.abstract[list_id], [None] * N_LEVELS)
        for index in range(level + 1):
            known = levels.get(index)
            first = known.start if known else 1
            current = counter[index]
            if index == level:
                counter[index] = first if current is None else current + 1
            elif current is None:
                counter[index] = first
        counter[level + 1 :] = [None] * (N_LEVELS - level - 1)
        if levels[level].number_format in ("bullet", "none"):
            return ""
        label = levels[level].text
        for index in range(level + 1):
            known = levels.get(index)
            value = counter[index]
            if known is not None and value is not None:
                label = label.replace(f"%{index + 1}", format_number(value, known.number_format))
        return label


def read_numbering(root: etree._Element | None) -> Numbering:
    """Return the lists that ``word/numbering.xml`` defines."""
    numbering = Numbering()
    if root is None:
        return numbering
    abstract = {
        element.get(W + "abstractNumId", ""): _levels(element)
        for element in root.findall(W + "abstractNum")
    }
    for element in root.findall(W + "num"):
        list_id = element.get(W + "numId", "")
        reference = element.find(W + "abstractNumId")
        abstract_id = reference.get(W + "val", "") if reference is not None else ""
        levels = dict(abstract.get(abstract_id, {}))
        counter_id = abstract_id
        for override in element.findall(W + "lvlOverride"):
            counter_id = f"{abstract_id}/{list_id}"  # a list that starts anew counts apart
            levels.update(_levels(override))
            _restart(override, levels)
        numbering.levels[list_id] = levels
        numbering.abstract[list_id] = counter_id
    return numbering


def _restart(override: etree._Element, levels: dict[int, ListLevel]) -> None:
    start = override.find(W + "startOverride")
    index = _integer(override.get(W + "ilvl"), 0)
    if start is not None and index in levels:
        old = levels[index]
        levels[index] = ListLevel(old.number_format, old.text, _integer(start.get(W + "val"), 1))


def _levels(parent: etree._Element) -> dict[int, ListLevel]:
    levels = {}
    for element in parent.findall(W + "lvl"):
        values = {
            name: child.get(W + "val", "") if (child := element.find(W + name)) is not None else ""
            for name in ("numFmt", "lvlText", "start")
        }
        index = _integer(element.get(W + "ilvl"), 0)
        if 0 <= index < N_LEVELS:
            levels[index] = ListLevel(
                values["numFmt"] or "decimal", values["lvlText"], _integer(values["start"], 1)
            )
    return levels


def _integer(value: str | None, default: int) -> int:
    return int(value) if value and value.isascii() and value.isdigit() else default


def format_number(number: int, number_format: str) -> str:
    """Return a number as Word prints it in one of its number formats."""
    if number_format in CHINESE_FORMATS:
        return chinese_number(number)
    if number_format.startswith("ideographTraditional") and 0 < number <= len(HEAVENLY_STEMS):
        return HEAVENLY_STEMS[number - 1]
    if number_format.startswith("decimalEnclosedCircle") and 0 < number <= N_CIRCLED:
        return chr(0x2460 + number - 1)
    if number_format in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % N_LETTERS) * ((number - 1) // N_LETTERS + 1)
        return letter.upper() if number_format == "upperLetter" else letter
    if number_format in ("lowerRoman", "upperRoman") and 0 < number <= MAX_NUMBER:
        roman = _roman(number)
        return roman.upper() if number_format == "upperRoman" else roman
    return f"{number:02d}" if number_format == "decimalZero" else str(number)


def _roman(number: int) -> str:
    letters = []
    for value, sign in ROMAN:
        count, number = divmod(number, value)
        letters.append(sign * count)
    return "".join(letters)


def chinese_number(number: int) -> str:
    """Return 1-9999 in Chinese: 10 十, 21 二十一, 105 一百零五."""
    if not 0 < number <= MAX_NUMBER:
        return str(number)
    text, zero = "", False
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, value)
        if digit:
            text += ("零" if zero and text else "") + DIGITS[digit] + unit
            zero = False
        else:
            zero = True
    return text.removeprefix("一") if text.startswith("一十") else text
