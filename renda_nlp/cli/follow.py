"""renda follow: the handling of an 审议意见, item by item."""

from pathlib import Path
from typing import Annotated

import typer

from renda_nlp.cli.app import command
from renda_nlp.cli.options import ConfigFile, require

_OPINION_DRAFT = "审议意见草稿"
_INCOMPLETE = 1


@command("做报告")
def follow(
    opinion: Annotated[
        Path, typer.Argument(help="审议意见文件，如 审议意见.docx", show_default=False)
    ],
    material: Annotated[
        Path | None,
        typer.Argument(
            help="办理材料文件夹：交办函、答复、报告、测评表、审议发言", show_default=False
        ),
    ] = None,
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="台账文件，如 台账.xlsx")],
    strict: Annotated[bool, typer.Option("--strict", help="有材料未读取时退出码为 1")] = False,
    config: ConfigFile = None,
) -> None:
    """跟踪审议意见：逐项列出责任单位、期限、答复和状态，附交办函、通报、检查提纲，都是建议稿。"""
    from renda_nlp.config import find_config, load_config
    from renda_nlp.errors import InputError
    from renda_nlp.ledger import build_ledger, write_drafts, write_ledger, write_opinion_draft
    from renda_nlp.ledger.wording import percent
    from renda_nlp.records import LEDGER_STATUSES

    if output.suffix.lower() != ".xlsx":
        raise InputError(f"{output}：台账是 Excel 文件，文件名请以 .xlsx 结尾")
    folder = require(material) if material else None
    settings = load_config(find_config(folder or require(opinion).parent, config))
    ledger = build_ledger(require(opinion), folder, settings)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        write_ledger(ledger, output)
        paths = write_drafts(ledger, output)
        draft = output.with_name(f"{output.stem}-{_OPINION_DRAFT}.docx")
        if write_opinion_draft(ledger.speeches, settings, draft):
            paths.append(draft)
    except OSError as error:
        raise InputError(f"{output.parent}：无法写入（{error.strerror}）") from error
    counts = "，".join(f"{status}{ledger.count(status)}项" for status in LEDGER_STATUSES)
    typer.echo(f"审议意见{len(ledger.items)}项：{counts}，办理率{percent(ledger.handled)}")
    votes = ledger.satisfaction
    typer.echo(f"满意率{percent(votes.rate)}" if votes else "没有找到满意度测评表，不计满意率")
    for path in (output, *paths):
        typer.echo(f"已写出 {path}")
    for failure in ledger.failures:
        typer.echo(f"未读取：{failure.source}：{failure.reason}", err=True)
    if strict and ledger.failures:
        raise typer.Exit(_INCOMPLETE)
