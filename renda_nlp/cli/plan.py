"""renda plan: from a report to plan, meeting paper and decision sheet."""

from pathlib import Path
from typing import Annotated

import typer

from renda_nlp.cli.app import command
from renda_nlp.cli.options import ConfigFile

_MEETING, _SHEET = "议题建议说明", "决定登记表"


@command("做报告")
def plan(
    report: Annotated[
        Path,
        typer.Argument(help="renda report 写出的 report.json（或其文件夹）", show_default=False),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="计划文件，如 计划.docx")],
    decisions: Annotated[
        Path | None,
        typer.Option("--decisions", help="填好的决定登记表：计划只列采纳和调整的议题"),
    ] = None,
    config: ConfigFile = None,
) -> None:
    """写出年度监督工作计划、议题建议说明（2页）和决定登记表，都是建议稿。"""
    from renda_nlp.config import find_config, load_config
    from renda_nlp.decisions import read_decisions
    from renda_nlp.errors import InputError
    from renda_nlp.planning import (
        planned_topics,
        write_decision_sheet,
        write_meeting_paper,
        write_plan,
    )
    from renda_nlp.reports.loading import load_report

    if output.suffix.lower() != ".docx":
        raise InputError(f"{output}：计划是 Word 文件，文件名请以 .docx 结尾")
    made = load_report(report)
    folder = report if report.is_dir() else report.parent
    settings = load_config(find_config(folder, config))
    topics = planned_topics(made, read_decisions(decisions) if decisions else ())
    meeting = output.with_name(f"{output.stem}-{_MEETING}.docx")
    sheet = output.with_name(f"{output.stem}-{_SHEET}.xlsx")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        write_plan(made, topics, settings.plan, output)
        write_meeting_paper(made, topics, meeting)
        kept = sheet.exists()
        if not kept:
            write_decision_sheet(made, sheet)
    except OSError as error:
        raise InputError(f"{output.parent}：无法写入（{error.strerror}）") from error
    typer.echo(f"{made.plan_year}年监督议题{len(topics)}项")
    typer.echo(f"已写出 {output}\n已写出 {meeting}")
    typer.echo(f"已有 {sheet}，里面可能有填写的决定，未改动" if kept else f"已写出 {sheet}")
