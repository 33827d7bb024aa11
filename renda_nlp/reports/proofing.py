"""Columns and sheets in which staff correct a report, and 校对.xlsx with nothing else in it."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from renda_nlp.errors import InputError
from renda_nlp.records import (
    CHANNELS,
    CORRECTED_FIELDS,
    INTENTS,
    KEY_HEADING,
    MAX_KEYS,
    TARGET_HEADING,
    Correction,
    ReplayedCorrection,
)
from renda_nlp.reports.workbook import Sheet, Workbook
from renda_nlp.taxonomy import default_taxonomy

__all__ = [
    "CHOICE_COLUMNS",
    "ISSUE_COLUMNS",
    "OPINION_COLUMNS",
    "doubt",
    "export_proof",
    "proof_choices",
    "record_sheet",
]

OPINION_COLUMNS = tuple(
    CORRECTED_FIELDS[name] for name in ("topic", "intent", "place", "regroup", "not_opinion")
)
ISSUE_COLUMNS = tuple(CORRECTED_FIELDS[name] for name in ("title", "merge", "settled"))
CHOICE_COLUMNS = (CORRECTED_FIELDS["choice"],)
_MAX_LIST = 255  # characters that Excel takes for a list written into the cell
_MAX_TEXT = 4_000
_OFFICIAL = frozenset(name for name, law in CHANNELS.values() if not law)

_Row = dict[str, Any]  # a line of opinions.jsonl, or an object of report.json


def proof_choices(topics: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """Return what may be written into the columns that have a closed list."""
    choices = {
        CORRECTED_FIELDS["topic"]: list(topics),
        CORRECTED_FIELDS["intent"]: list(INTENTS.values()),
        CORRECTED_FIELDS["not_opinion"]: ["是"],
        CORRECTED_FIELDS["settled"]: ["是"],
        CORRECTED_FIELDS["choice"]: ["选为议题", "不选"],
    }
    return {name: values for name, values in choices.items() if len(",".join(values)) <= _MAX_LIST}


def record_sheet(replayed: Iterable[ReplayedCorrection]) -> Sheet:
    """Return the record of corrections: what became of each; it is read back with the workbook."""
    return Sheet(
        name="校对记录",
        headings=["结果", "说明", "校对项目", "对象", "原为", "改为", "出处", KEY_HEADING, TARGET_HEADING],
        rows=(
            [
                item.outcome,
                item.note,
                CORRECTED_FIELDS[item.correction.field],
                item.correction.label[:_MAX_TEXT],
                item.correction.old,
                item.correction.new,
                item.correction.source,
                " ".join(item.correction.keys),
                " ".join(item.correction.target_keys),
            ]
            for item in replayed
        ),
        note="以往的校对随表带到下一次；不再需要的，删去那一行。",
    )  # fmt: skip


def _load(folder: Path) -> tuple[_Row, list[_Row]]:
    try:
        report = json.loads((folder / "report.json").read_text("utf-8"))
        lines = (folder / "opinions.jsonl").read_text("utf-8").splitlines()
        return report, [json.loads(line) for line in lines]
    except (OSError, ValueError) as error:
        raise InputError(
            f"{folder}：不是报告文件夹（要有 report.json 和 opinions.jsonl），请先运行 renda report"
        ) from error


def doubt(row: _Row) -> tuple[bool, bool, float, str]:
    """Return the order for proof-reading: people before papers, what the machine doubts first."""
    official = row["channel"] in _OFFICIAL
    return (official, not row["undecided"], row["confidence"], row["id"])


def _opinion_rows(opinions: Sequence[_Row]) -> Iterator[list[object]]:
    """Yield the opinions in the order in which it pays to look at them."""
    for row in sorted(opinions, key=doubt):
        yield [
            row["text"],
            row["topic_name"],
            "待定" if row["undecided"] else row["confidence"],
            row["intent"],
            row["place"],
            row["issue_id"],
            row["channel"],
            row["date"],
            row["file"],
            row["locator"],
            *("" for _ in OPINION_COLUMNS),
            row["key"],
        ]  # fmt: skip


def _issue_rows(report: _Row, key_of: Mapping[str, str]) -> Iterator[list[object]]:
    for issue in report["issues"]:
        keys = [key_of[member] for member in issue["members"][:MAX_KEYS] if member in key_of]
        yield [
            issue["rank"],
            issue["issue_id"],
            issue["title"],
            "".join(sentence["text"] for sentence in issue["summary"]),
            issue["n_opinions"],
            issue["place"],
            *("" for _ in ISSUE_COLUMNS),
            " ".join(keys),
        ]


def export_proof(folder: Path, path: Path, *, most: int | None = None) -> int:
    """Write 校对.xlsx from a report folder: opinions, issues, choices, earlier corrections.

    Args:
        folder: With report.json and opinions.jsonl.
        path: The workbook.
        most: Only so many opinions, the doubtful ones first; None for all.

    Returns:
        The number of opinions written.

    Raises:
        InputError: The folder holds no report.
    """
    report, opinions = _load(folder)
    doubtful = list(_opinion_rows(opinions))[:most]
    topics = [topic.name for topic in default_taxonomy().topics]
    names = [*topics, *sorted({row["topic_name"] for row in opinions} - set(topics))]
    choices = proof_choices(names)
    book = Workbook(path, internal=bool(report.get("internal")))
    book.add(
        Sheet(
            name="意见校对",
            headings=["意见内容", "主题", "把握程度", "意图", "地点", "热点编号", "渠道", "日期", "文件", "位置", *OPINION_COLUMNS, KEY_HEADING],
            rows=doubtful,
            note="把握最小的排在最前。黄色列供填写，只填要改的；填好后：renda report 资料 -o 报告 --corrections 校对.xlsx",
            choices=choices,
        )
    )  # fmt: skip
    book.add(
        Sheet(
            name="热点校对",
            headings=["热度排名", "问题ID", "热点问题", "问题描述", "件数", "地点", *ISSUE_COLUMNS, KEY_HEADING],
            rows=_issue_rows(report, {row["id"]: row["key"] for row in opinions}),
            note="“并入”填另一个热点的问题ID。",
            choices=choices,
        )
    )  # fmt: skip
    book.add(
        Sheet(
            name="议题校对",
            headings=["结论", "议题", "综合得分", "理由", *CHOICE_COLUMNS],
            rows=(
                [
                    "建议选题" if item["chosen"] else "未选",
                    item["title"],
                    item["score"],
                    item["reason"],
                    "",
                ]
                for item in report["candidates"]
            ),
            choices=choices,
        )
    )
    if report.get("corrections"):
        book.add(record_sheet(_replayed(report["corrections"])))
    book.close()
    return len(doubtful)


def _replayed(items: Sequence[_Row]) -> Iterator[ReplayedCorrection]:
    for item in items:
        known = dict(item["correction"])
        for name in ("keys", "target_keys"):
            known[name] = tuple(known[name])
        yield ReplayedCorrection(
            correction=Correction(**known), outcome=item["outcome"], note=item["note"]
        )
