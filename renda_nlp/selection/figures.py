"""Rows of budget, indicator and task tables beside the candidates that they concern."""

from collections.abc import Iterable, Sequence

from renda_nlp.records import FigureLine, FigureRow, Quote
from renda_nlp.selection.evidence import Evidence
from renda_nlp.selection.matching import WorkFinder

__all__ = ["Figures"]

_TASK = "任务"
_MAX_LINES = 6
_MAX_DEPARTMENTS = 3
_JOINTS = ("、", "，", ",", "；", ";", "/")


def quote_row(row: FigureRow) -> Quote:
    """Return a row of a table as a quote; no opinion stands behind it."""
    return Quote(opinion_id="", passage=row.passage, text=row.text)


class Figures:
    """The rows and what each is about.

    Args:
        rows: What ``renda_nlp.splitting.figures`` found.
        n_tables: Tables of money or indicators that it found them in.
        finder: Says which work an item speaks of.
    """

    def __init__(self, rows: Iterable[FigureRow], n_tables: int, finder: WorkFinder) -> None:
        self._n_tables = n_tables
        self._rows = [(finder.find(row.item), row) for row in rows]

    def _concerned(self, evidence: Evidence, sites: Sequence[str]) -> list[FigureRow]:
        """Return the rows that name one of the sites, then those on the same matter."""
        named = [row for _, row in self._rows if any(site in row.text for site in sites)]
        same = [row for meaning, row in self._rows if evidence.means(meaning)]
        return list(dict.fromkeys((*named, *same)))

    def lines(self, evidence: Evidence, sites: Sequence[str]) -> tuple[tuple[FigureLine, ...], str]:
        """Return the lines of money and indicators that concern a candidate, and a note."""
        rows = [row for row in self._concerned(evidence, sites) if row.kind != _TASK][:_MAX_LINES]
        if rows:
            tables = len({(row.file, row.table) for row in rows})
            return tuple(_line(row) for row in rows), f"来自{tables}张表"
        if self._n_tables:
            return (), f"材料中有{self._n_tables}张预算或指标表，没有找到与此有关的行"
        return (), "材料中没有预算、决算或指标表"

    def departments(
        self, evidence: Evidence, sites: Sequence[str]
    ) -> tuple[tuple[str, ...], tuple[Quote, ...]]:
        """Return who tables make responsible, with the rows that say so."""
        names: dict[str, None] = {}
        quotes = []
        for row in self._concerned(evidence, sites):
            if row.department and len(names) < _MAX_DEPARTMENTS:
                names.update(dict.fromkeys(split_names(row.department)))
                quotes.append(quote_row(row))
        return tuple(names)[:_MAX_DEPARTMENTS], tuple(quotes[:1])


def split_names(text: str) -> list[str]:
    """Return the units of 镇农业服务中心、柏渡供水站 one by one."""
    for joint in _JOINTS:
        text = text.replace(joint, "\n")
    return [name for name in (part.strip() for part in text.splitlines()) if 2 <= len(name) <= 16]  # noqa: PLR2004


def _line(row: FigureRow) -> FigureLine:
    return FigureLine(
        table=row.table,
        kind=row.kind,
        item=row.item,
        amount=row.amount,
        executed=row.executed,
        rate=row.rate,
        target=row.target,
        quotes=(quote_row(row),),
    )
