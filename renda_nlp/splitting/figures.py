"""Tables of money, indicators and tasks: rows with an item and what it costs, reaches or is due.

Budgets, final accounts, indicator tables and task lists are no opinions; their rows tell what a
piece of work costs, how far it went, and who answers for it.
"""

import re
from collections.abc import Iterable, Iterator

from renda_nlp.records import Block, Document, FigureRow, Passage

__all__ = ["FigureTables"]

_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("item", r"^(?:.{0,4}(?:项目|科目|任务|事项|指标|工作)(?:名称)?|名称)$"),
        ("rate", r"执行率|完成率|支出进度|进度|占.{0,6}%|比例"),
        ("executed", r"执行数|决算|支出数|实际|完成(?!时限|时间|期限)|已(?:拨|支|付)|到位"),
        ("deadline", r"时限|期限|完成时间|时间"),
        ("department", r"责任单位|承办单位|牵头(?:单位|部门)|实施单位|责任部门|主管部门|主办单位"),
        ("amount", r"预算|金额|资金|投资|经费|安排数|概算|支出"),
        ("target", r"目标|任务数|计划数|指标值|年度计划|建设内容|内容|规模|要求"),
    )
)
_VALUES = ("amount", "executed", "rate", "target", "department", "deadline")
_MAX_HEADER = 16
_MAX_ITEM = 40
_MIN_ITEM = 3
_UNIT = re.compile(r"(?:单位[：:]\s*|[（(])(万元|亿元|元|公里|%)[）)]?")
_NUMBER = re.compile(r"^-?[\d,]+(?:\.\d+)?$")
_REGISTER = frozenset(("feedback", "reply", "suggestion", "deliberation"))
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("民生实事", r"民生实事|民生项目|实事项目"),
        ("决算", r"决算"),
        ("预算", r"预算"),
    )
)
_ITEM = re.compile(r"^[（(]?[一二三四五六七八九十\d]+[)）、.．]\s*(\S.*)")
_MONEY = re.compile(r"预算|金额|资金|投资|经费|支出|决算")


def _header(cells: tuple[str, ...]) -> dict[str, int]:
    """Return the columns that a header row names, empty when the row is no such header."""
    plain = [re.sub(r"\s", "", cell) for cell in cells]
    if any(len(cell) > _MAX_HEADER for cell in plain):
        return {}
    found: dict[str, int] = {}
    for number, cell in enumerate(plain):
        name = next((name for name, pattern in _COLUMNS if pattern.search(cell)), "")
        if name and name not in found:
            found[name] = number
    values = [name for name in _VALUES if name in found]
    return found if "item" in found and values else {}


def _kind(title: str, header: str) -> str:
    for name, pattern in _KINDS:
        if pattern.search(title) or pattern.search(header):
            return name
    if _MONEY.search(header):
        return "预算"
    return "任务" if re.search(r"责任单位|牵头", header) else "指标"


class FigureTables:
    """Watches the blocks of documents go by and keeps the rows of their tables.

    Attributes:
        rows: The rows found so far, in reading order.
        n_tables: Tables with money or indicators, task lists apart.
    """

    def __init__(self) -> None:
        self.rows: list[FigureRow] = []
        self.n_tables = 0

    def watch(self, document: Document, blocks: Iterable[Block]) -> Iterator[Block]:
        """Yield the blocks unchanged and keep the rows of the tables among them."""
        if document.kind in _REGISTER:
            yield from blocks
            return
        reader = _TableReader(document)
        for block in blocks:
            row = reader.read(block)
            if row is not None:
                if reader.is_fresh and row.kind != "任务":
                    self.n_tables += 1
                reader.is_fresh = False
                self.rows.append(row)
            yield block


class _TableReader:
    """Follows one document from header row to header row."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._columns: dict[str, int] = {}
        self._header_cells: tuple[str, ...] = ()
        self._unit = ""
        self._sheet = ""
        self._title = document.title
        self.is_fresh = False

    def read(self, block: Block) -> FigureRow | None:
        """Return the row that a block holds, None for a header or anything else."""
        if not block.cells or len(set(block.cells)) == 1:
            self._line(block.text)
            return self._project(block)
        if block.locator.sheet != self._sheet:
            self._sheet, self._columns = block.locator.sheet, {}
        if columns := _header(block.cells):
            self._columns, self._header_cells = columns, block.cells
            self._unit = self._unit_of("".join(block.cells)) or self._unit
            self.is_fresh = True
            return None
        return self._row(block) if self._columns else None

    def _line(self, text: str) -> None:
        self._columns = {}
        self._unit = self._unit_of(text)

    def _project(self, block: Block) -> FigureRow | None:
        """Return a numbered line of a paper on 民生实事 as a row: the project and what it builds."""
        name = f"{self._title} {self._document.file}"
        item = _ITEM.match(block.text.strip())
        if item is None or not _KINDS[0][1].search(name):
            return None
        said, _, rest = re.sub(r"[。；;\s]+$", "", item.group(1)).partition("，")
        if not _MIN_ITEM <= len(said) <= _MAX_ITEM:
            return None
        return self._made(block, {"item": said, "target": rest}, _KINDS[0][0])

    def _unit_of(self, text: str) -> str:
        found = _UNIT.search(text)
        return found.group(1) if found else ""

    def _value(self, block: Block, name: str) -> str:
        number = self._columns.get(name)
        if number is None or number >= len(block.cells):
            return ""
        cell = re.sub(r"\s+", "", block.cells[number])
        if not _NUMBER.match(cell) or name not in ("amount", "executed", "rate"):
            return cell
        own = self._unit_of(self._header_cells[number])
        if name == "rate":
            return cell + ("%" if "%" in self._header_cells[number] or own == "%" else "")
        return cell + (own or self._unit)

    def _row(self, block: Block) -> FigureRow | None:
        values = {name: self._value(block, name) for name in ("item", *_VALUES)}
        item = values["item"]
        if not _MIN_ITEM <= len(item) <= _MAX_ITEM or re.match(r"^(?:合计|总计|小计)", item):
            return None
        if not any(values[name] for name in _VALUES):
            return None
        kind = _kind(f"{self._title} {self._sheet}", "".join(self._header_cells))
        return self._made(block, values, kind)

    def _made(self, block: Block, values: dict[str, str], kind: str) -> FigureRow:
        empty = dict.fromkeys(_VALUES, "")
        return FigureRow(
            file=self._document.file,
            table=self._title or self._document.file.rpartition("/")[2],
            kind=kind,
            text=block.text,
            passage=Passage(locator=block.locator, start=0, end=len(block.text)),
            **(empty | values),
        )
