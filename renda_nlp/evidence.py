"""Quotes are settled last: found again in the source, then masked; what is not found is left out.

The order is fixed: verify against the source, then mask, then write.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from renda_nlp.annotation import find_personal_data, mask
from renda_nlp.config import ReadConfig
from renda_nlp.errors import ReadError
from renda_nlp.filenames import FileNames
from renda_nlp.readers import read_file
from renda_nlp.records import (
    Failure,
    Locator,
    Opinion,
    Passage,
    Quote,
    Report,
    find_quotes,
    map_quotes,
)
from renda_nlp.table import OpinionTable

__all__ = ["settle_quotes", "source_stretches"]


def _place(locator: Locator) -> Locator:
    """Return the locator of the block that holds a cell."""
    return replace(locator, column=None)


def source_stretches(
    passages: Iterable[Passage], folder: Path, config: ReadConfig
) -> dict[Passage, str]:
    """Read the sources again and return the text that stands at each passage, where there is any."""
    wanted: dict[str, dict[Locator, list[Passage]]] = defaultdict(lambda: defaultdict(list))
    for passage in passages:
        outer = passage.locator.file.split("!")[0]
        wanted[outer][_place(passage.locator)].append(passage)
    found: dict[Passage, str] = {}
    for file, places in sorted(wanted.items()):
        try:
            for source in read_file(folder / file, file, config, []):
                for block in source.blocks:
                    for passage in places.get(_place(block.locator), ()):
                        column = passage.locator.column
                        if column is not None and column > len(block.cells):
                            continue
                        text = block.text_at(column)
                        found[passage] = text[passage.start : passage.end]
        except ReadError:
            continue
    return found


def _mask_quote(quote: Quote, opinion: Opinion) -> Quote:
    """Mask a quote with what is known about its whole opinion."""
    start = opinion.text.find(quote.text)
    personal = find_personal_data(
        opinion.text, kind=opinion.kind, private_names=opinion.private_names
    )
    if start < 0:
        own = find_personal_data(quote.text, kind=opinion.kind, private_names=opinion.private_names)
        return replace(quote, text=mask(quote.text, own))
    end = start + len(quote.text)
    inside = [
        replace(span, start=max(span.start, start) - start, end=min(span.end, end) - start)
        for span in personal
        if span.start < end and span.end > start
    ]
    return replace(quote, text=mask(quote.text, inside))


def _settled(quote: Quote, table: OpinionTable, *, internal: bool) -> Quote | None:
    """Return a quote as an edition shows it, None when its opinion is withheld.

    A row of a table of figures, behind which no opinion stands, is masked by its own words.
    """
    if not quote.opinion_id:
        own = find_personal_data(quote.text, kind="work_report")
        return quote if internal else replace(quote, text=mask(quote.text, own))
    row = table.row(table.index_of(quote.opinion_id))
    if row.withheld:
        return None
    if internal or row.masked_text == row.opinion.text:
        return quote
    return _mask_quote(quote, row.opinion)


def settle_quotes(
    report: Report, table: OpinionTable, folder: Path, config: ReadConfig
) -> tuple[Report, OpinionTable]:
    """Return the report with every quote verified, then masked; the others are listed as failures.

    What accuses a person is left out, and files have their masked names, in the table too. The
    internal edition shows all three.
    """
    quotes = list(find_quotes(report))
    at_source = source_stretches({quote.passage for quote in quotes}, folder, config)
    settled: dict[Quote, Quote | None] = {}
    failures: list[Failure] = []
    for quote in quotes:
        if quote in settled:
            continue
        if at_source.get(quote.passage) == quote.text:
            settled[quote] = _settled(quote, table, internal=report.internal)
            continue
        settled[quote] = None
        place = quote.passage.locator
        failures.append(
            Failure(
                stage="quote",
                source=f"{place.file} {place.describe()}",
                reason="引文在原文中未能核对上，报告不引用",
                remedy="请检查文件是否在运行中被改动，然后重新运行",
            )
        )
    changed: Report = map_quotes(report, settled.__getitem__)
    changed = replace(changed, failures=(*changed.failures, *failures))
    if report.internal:
        return changed, table
    names = FileNames.of(changed.documents, changed.failures)
    return names.report(changed), table.renamed(names.locator) if names.change else table
