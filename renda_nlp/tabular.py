"""Commands over one table: a row in, a row out, in batches."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from renda_nlp.analysis import (
    batches,
    fill_table,
    make_classifier,
    make_finder,
    make_reasons,
    make_segmenter,
)
from renda_nlp.annotation import TextAnnotator, mask_text
from renda_nlp.config import Config, ReadConfig
from renda_nlp.filenames import FileNames
from renda_nlp.hotspots.grouping import group_issues
from renda_nlp.ngrams import normalise
from renda_nlp.polishing import polish_titles
from renda_nlp.readers import read_table
from renda_nlp.records import Hotspot, IssueGroup, Opinion
from renda_nlp.splitting import split_table
from renda_nlp.table import OpinionTable
from renda_nlp.taxonomy import default_taxonomy
from renda_nlp.watching import Watch

__all__ = [
    "annotate_table",
    "classify_table",
    "hotspots_of_table",
    "mask_table",
    "opinion_dict",
    "read_rows",
    "write_issue_tables",
]

_LOGGER = logging.getLogger(__name__)
_MAX_CELL = 32_000
_BATCH = 1024


def read_rows(
    path: Path, config: ReadConfig, *, text_column: str | None, id_column: str | None
) -> Iterator[Opinion]:
    """Yield one opinion per row of a table; its ``row_id`` is the id of the input."""
    source = read_table(path, path.name, config)
    return split_table(source.document, source.blocks, text_column=text_column, id_column=id_column)


def classify_table(
    path: Path,
    config: Config,
    *,
    text_column: str | None = None,
    id_column: str | None = None,
    explain: bool = False,
) -> Iterator[dict[str, object]]:
    """Yield the topics and intent of each row, with ``explain`` the words that carried the topic."""
    classifier = make_classifier(config.classify)
    find_reasons = make_reasons(config.classify, config.segment) if explain else None
    taxonomy = default_taxonomy()
    rows = read_rows(path, config.read, text_column=text_column, id_column=id_column)
    for batch in batches(rows, _BATCH):
        texts = [opinion.text for opinion in batch]
        scored = classifier.classify(texts, [opinion.title_end for opinion in batch])
        for opinion, scores in zip(batch, scored, strict=True):
            row: dict[str, object] = {
                "id": opinion.row_id,
                "text": opinion.text,
                "topic": scores.topic,
                "topic_name": taxonomy.name_of(scores.topic),
                "secondary": list(scores.secondary),
                "confidence": round(scores.confidence, 4),
                "undecided": scores.undecided,
                "intent": scores.intent,
            }
            if find_reasons is not None:
                found = find_reasons(opinion.text, opinion.title_end, scores.topic)
                row["reasons"] = [f"{word} {share:.2f}" for word, share in found]
            yield row


def mask_table(
    path: Path, *, text_column: str | None = None, id_column: str | None = None
) -> Iterator[dict[str, object]]:
    """Yield each row's id and its text without personal data."""
    for opinion in read_rows(path, ReadConfig(), text_column=text_column, id_column=id_column):
        masked = mask_text(opinion.text, kind="feedback", private_names=opinion.private_names)
        yield {"id": opinion.row_id, "masked_text": masked}


def annotate_table(
    path: Path, config: Config, *, text_column: str | None = None, id_column: str | None = None
) -> Iterator[dict[str, object]]:
    """Yield the spans of each row: places, agencies, laws, dates, amounts, head counts."""
    segmenter, annotator = make_segmenter(config.segment), TextAnnotator()
    for opinion in read_rows(path, config.read, text_column=text_column, id_column=id_column):
        text = normalise(opinion.text)
        spans = annotator.annotate(text, segmenter.segment(text))
        yield {
            "id": opinion.row_id,
            "text": opinion.text,
            "spans": [
                {
                    "start": span.start,
                    "end": span.end,
                    "label": span.label,
                    "text": opinion.text[span.start : span.end],
                    "value": span.value,
                }
                for span in spans
            ],
        }


def hotspots_of_table(  # noqa: PLR0913 - the options of one command
    path: Path,
    config: Config,
    *,
    text_column: str | None = None,
    id_column: str | None = None,
    as_of: date | None = None,
    history: Path | None = None,
    llm: str = "",
    watch: Watch | None = None,
) -> tuple[tuple[Hotspot, ...], OpinionTable]:
    """Return the issues of a table, over all its dates, and the table."""
    from renda_nlp.framing import (  # half a second that classifying need not wait for
        find_period,
        settle_office,
    )
    from renda_nlp.history import continue_issues, load_earlier

    watch = watch or Watch()
    watch.stage("读取和分析")
    earlier = load_earlier(history) if history is not None else None
    rows = read_rows(path, config.read, text_column=text_column, id_column=id_column)
    table = fill_table(rows, config, on_batch=lambda done: watch.advance(done, 0.0))
    watch.stage("找热点")
    day = find_period(table, config.report, as_of).as_of
    config = replace(config, office=settle_office(config.office, table))
    issues = make_finder(config).find(table, day, None)
    if earlier is not None:
        issues, _ = continue_issues(issues, earlier, table, config.history)
    if llm:
        issues, unused = polish_titles(issues, table, llm, make_segmenter(config.segment))
        for failure in unused:
            _LOGGER.warning("%s：%s", failure.source, failure.reason)
    return issues, table


def write_issue_tables(issues: tuple[Hotspot, ...], table: OpinionTable, path: Path) -> None:
    """Write the two tables in wide use, 热点问题表 and 热点问题留言明细表, and what is not in them.

    主题和地区 counts the level above the issues; 单独意见 lists what has no companion, 严重个案 what is
    severe however few said it.
    """
    from renda_nlp.reports.wording import rank_range

    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("热点问题表")
        sheet.write_row(
            0,
            0,
            ["热度排名", "问题ID", "热度指数", "时间范围", "地点/人群", "问题描述", "名次区间"],
        )
        detail = book.add_worksheet("热点问题留言明细表")
        detail.write_row(0, 0, ["问题ID", "留言编号", "留言时间", "留言内容", "附议数"])
        at = 0
        for number, issue in enumerate(issues, 1):
            span = f"{issue.first_date}至{issue.last_date}" if issue.first_date else "时间不详"
            where = "／".join(part for part in (issue.place, issue.people) if part)
            sheet.write_row(
                number,
                0,
                [
                    issue.rank,
                    issue.issue_id,
                    issue.heat,
                    span,
                    where,
                    issue.title,
                    rank_range(issue),
                ],
            )
            for member in issue.members:
                at += 1
                row = table.row(table.index_of(member))
                detail.write_row(
                    at, 0,
                    [issue.issue_id, row.opinion.row_id, str(row.opinion.date or ""), row.masked_text[:_MAX_CELL],
                     row.opinion.endorsements],
                )  # fmt: skip
        _write_upper_level(book.add_worksheet("主题和地区"), group_issues(table, issues))
        _write_others(book.add_worksheet("单独意见"), book.add_worksheet("严重个案"), table)


def _write_upper_level(sheet: Worksheet, groups: tuple[IssueGroup, ...]) -> None:
    sheet.write_row(0, 0, ["主题", "地区", "热点问题数", "件数", "人数", "问题ID"])
    for number, group in enumerate(groups, 1):
        name, ids = default_taxonomy().name_of(group.topic), "、".join(group.issue_ids)
        row = (name, group.area or "未写明", len(group.issue_ids), group.n_opinions, group.n_people)
        sheet.write_row(number, 0, [*row, ids[:_MAX_CELL]])


def _write_others(alone: Worksheet, severe: Worksheet, table: OpinionTable) -> None:
    alone.write_row(0, 0, ["留言编号", "留言时间", "主题", "留言内容"])
    severe.write_row(0, 0, ["留言编号", "留言时间", "严重情形", "问题ID", "留言内容"])
    n_alone = n_severe = 0
    for index, row in enumerate(table.rows()):
        day, text = str(row.opinion.date or ""), row.masked_text[:_MAX_CELL]
        if not row.issue_id:
            n_alone += 1
            name = default_taxonomy().name_of(row.scores.topic)
            alone.write_row(n_alone, 0, [row.opinion.row_id, day, name, text])
        if table.severity[index]:
            n_severe += 1
            kinds = "、".join(table.label(code) for code in table.severity[index])
            severe.write_row(n_severe, 0, [row.opinion.row_id, day, kinds, row.issue_id, text])


def opinion_dict(opinion: Opinion, names: FileNames | None) -> dict[str, object]:
    """Return what a reader wants to know of an opinion, without personal data.

    Args:
        opinion: The opinion.
        names: The names that files are shown by; None shows everything as the source has it.
    """
    first, text = opinion.passages[0].locator, opinion.text
    if names is not None:
        names.shown(first.file, opinion.kind)
        first = names.locator(first)
        text = mask_text(text, kind=opinion.kind, private_names=opinion.private_names)
    return {
        "id": opinion.opinion_id,
        "text": text,
        "kind": opinion.kind,
        "channel": opinion.channel,
        "date": str(opinion.date or ""),
        "author": opinion.author,
        "speaker": opinion.speaker,
        "endorsements": opinion.endorsements,
        "section": opinion.section,
        "role": opinion.role,
        "parent_id": opinion.parent_id,
        "file": first.file,
        "locator": first.describe(),
    }
