"""renda train, renda evaluate: a model of the office's own labels."""

from pathlib import Path
from typing import Annotated

import typer

from renda_nlp.cli.app import command
from renda_nlp.cli.options import Input, require

Labels = Annotated[str | None, typer.Option("--labels", help="标签所在的列名，不写则自动判断")]
TextColumn = Annotated[
    str | None, typer.Option("--text-column", help="意见所在的列名，不写则自动判断")
]


@command("自己的模型")
def train(
    input_file: Input,
    output: Annotated[Path, typer.Option("-o", "--output", help="模型文件夹")],
    labels: Labels = None,
    text_column: TextColumn = None,
) -> None:
    """用标注好的表训练自己的分类模型，标签不限于自带的 23 个主题。"""
    from renda_nlp.learning import train_table

    n_rows, n_labels = train_table(
        require(input_file), output, labels=labels, text_column=text_column
    )
    typer.echo(
        f"已用{n_rows}条、{n_labels}种标签训练，模型在 {output}；使用：renda classify 表.xlsx --model {output}"
    )


@command("自己的模型")
def evaluate(
    model: Annotated[Path, typer.Argument(help="模型文件夹", show_default=False)],
    input_file: Input,
    labels: Labels = None,
    text_column: TextColumn = None,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 打印")] = False,
) -> None:
    """在标注好的表上检验模型：准确率、各类 F1、混淆、最有把握的错误。"""
    import json
    from dataclasses import asdict

    from renda_nlp.learning import evaluate_model

    found = evaluate_model(
        require(model), require(input_file), labels=labels, text_column=text_column
    )
    if as_json:
        typer.echo(json.dumps(asdict(found), ensure_ascii=False))
        return
    typer.echo(f"共{found.n_rows}条")
    for name, (value, low, high) in (("准确率", found.accuracy), ("宏平均F1", found.macro_f1)):
        typer.echo(f"{name} {value:.3f}（95% 区间 {low:.3f}—{high:.3f}）")
    for label, (value, low, high, n) in found.per_label.items():
        typer.echo(f"  {label}：F1 {value:.3f}（{low:.3f}—{high:.3f}），{n}条")
    for gold, predicted, n in found.confusions[:10]:
        typer.echo(f"  常混：{gold} 判成 {predicted} {n}次")
    for row_id, gold, predicted, confidence in found.errors:
        typer.echo(f"  有把握的错：编号{row_id} 应为{gold}，判为{predicted}（{confidence}）")
