"""renda review export: a sheet in which staff correct a report."""

from pathlib import Path
from typing import Annotated

import typer

from renda_nlp.cli.app import app, guard
from renda_nlp.cli.chinese import ChineseCommand, ChineseGroup
from renda_nlp.cli.options import require

review_app = typer.Typer(
    cls=ChineseGroup, help="校对：导出校对表。", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(review_app, name="review", rich_help_panel="做报告")


@review_app.command("export", cls=ChineseCommand)
@guard
def export(
    folder: Annotated[Path, typer.Argument(help="报告文件夹", show_default=False)],
    output: Annotated[Path, typer.Option("-o", "--output", help="校对表（xlsx）")] = Path(
        "校对.xlsx"
    ),
    most: Annotated[
        int | None, typer.Option("--most", help="只列这么多条意见，把握最小的在前；不写则全列")
    ] = None,
) -> None:
    """把报告导出成校对表：改主题、意图、地点，合并、拆分、改名热点，定议题。"""
    from renda_nlp.reports.proofing import export_proof

    n = export_proof(require(folder), output, most=most)
    typer.echo(
        f"已写出 {output}：意见{n}条，把握最小的在前。填好黄色列后运行："
        f"renda report 资料 -o 报告 --corrections {output}"
    )
