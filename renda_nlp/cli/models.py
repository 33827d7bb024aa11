"""renda train, renda evaluate: a model of the office's own labels."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from renda_nlp.cli.app import command
from renda_nlp.cli.options import AsJson, Input, require

Labels = Annotated[str | None, typer.Option("--labels", help="标签所在的列名，不写则自动判断")]
TextColumn = Annotated[
    str | None, typer.Option("--text-column", help="意见所在的列名，不写则自动判断")
]

if TYPE_CHECKING:
    from renda_nlp.learning import TrainingResult

_BACKENDS = ("linear", "transformer")


@command("自己的模型")
def train(
    output: Annotated[Path, typer.Option("-o", "--output", help="模型文件夹", show_default=False)],
    input_file: Annotated[
        Path | None,
        typer.Argument(
            help="标注好的表：csv、xlsx、jsonl、parquet；只用校对表时不写", show_default=False
        ),
    ] = None,
    labels: Labels = None,
    text_column: TextColumn = None,
    corrections: Annotated[
        list[Path] | None,
        typer.Option(
            "--corrections", help="填好的校对表（可写几次）：不给标注表时，在自带模型上学习"
        ),
    ] = None,
    backend: Annotated[
        str, typer.Option("--backend", help="linear 线性模型，或 transformer 微调编码器")
    ] = "linear",
    base: Annotated[
        str,
        typer.Option(
            "--base",
            help="transformer：本地文件夹或模型名（模型名会联网下载）；linear：要校对的模型文件夹",
        ),
    ] = "",
    epochs: Annotated[int, typer.Option("--epochs", min=1, help="transformer 训练几遍")] = 4,
    learning_rate: Annotated[
        float, typer.Option("--learning-rate", help="transformer 的学习率")
    ] = 5e-5,
    as_json: AsJson = False,
) -> None:
    """训练自己的分类模型：用标注好的表（标签不限于 23 个主题），或用校对表改进自带模型。"""
    from renda_nlp.errors import InputError
    from renda_nlp.learning import FineTuning, Training
    from renda_nlp.learning import train as train_on

    if backend not in _BACKENDS:
        raise InputError(f"--backend 应为 {'、'.join(_BACKENDS)}，现为 {backend!r}")
    made = train_on(
        require(input_file) if input_file is not None else None,
        output,
        Training(
            labels=labels,
            text_column=text_column,
            backend=backend,
            base=base,
            corrections=tuple(corrections or ()),
            fine_tuning=FineTuning(epochs=epochs, learning_rate=learning_rate),
        ),
    )
    if as_json:
        typer.echo(json.dumps(asdict(made), ensure_ascii=False))
        return
    typer.echo(
        f"已用{made.n_rows}条、{made.n_labels}种标签训练，模型在 {output}；使用：renda classify 表.xlsx --model {output}"
    )
    if made.losses:
        typer.echo(f"每遍的平均损失：{'、'.join(f'{loss:.3f}' for loss in made.losses)}")
    _say_gain(made)


def _say_gain(made: "TrainingResult") -> None:
    """Say what the model gained from corrections, or that it gained nothing."""
    if made.before is None or made.after is None:
        return
    said = (("学习前", made.before), ("学习后（五折，各条不参与判断自己的训练）", made.after))
    for name, (value, low, high) in said:
        typer.echo(
            f"校对过的{made.n_corrections}条，{name} F1 {value:.3f}（95% 区间 {low:.3f}—{high:.3f}）"
        )
    if made.after[0] <= made.before[0]:
        typer.echo("学习后没有变好：请先核对校对是否前后一致，多校对一些再训练，暂时仍用原来的模型")


@command("自己的模型")
def evaluate(
    model: Annotated[Path, typer.Argument(help="模型文件夹", show_default=False)],
    input_file: Input,
    labels: Labels = None,
    text_column: TextColumn = None,
    as_json: AsJson = False,
) -> None:
    """在标注好的表上检验模型：准确率、各类 F1、混淆、最有把握的错误。"""
    from renda_nlp.learning import evaluate_model

    found = evaluate_model(
        require(model), require(input_file), labels=labels, text_column=text_column
    )
    if as_json:
        typer.echo(json.dumps(asdict(found), ensure_ascii=False))
        return
    typer.echo(f"共{found.n_rows}条")
    for name, (value, low, high) in (
        ("准确率（即微平均F1）", found.accuracy),
        ("宏平均F1", found.macro_f1),
    ):
        typer.echo(f"{name} {value:.3f}（95% 区间 {low:.3f}—{high:.3f}）")
    for label, (value, low, high, n) in found.per_label.items():
        typer.echo(f"  {label}：F1 {value:.3f}（{low:.3f}—{high:.3f}），{n}条")
    for gold, predicted, n in found.confusions[:10]:
        typer.echo(f"  常混：{gold} 判成 {predicted} {n}次")
    for row_id, gold, predicted, confidence in found.errors:
        typer.echo(f"  有把握的错：编号{row_id} 应为{gold}，判为{predicted}（{confidence}）")
