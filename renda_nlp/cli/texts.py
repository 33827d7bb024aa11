"""renda segment, renda words, renda mask: commands over texts."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from renda_nlp.cli.app import command
from renda_nlp.cli.options import ConfigFile, Folder, Input, Output, require


def _lines(path: Path | None) -> Iterator[str]:
    from renda_nlp.config import ReadConfig
    from renda_nlp.readers import read_table

    if path is None:
        yield from (line.rstrip("\n") for line in sys.stdin)
        return
    for block in read_table(require(path), path.name, ReadConfig()).blocks:
        yield block.text


@command("分步使用")
def segment(
    input_file: Annotated[
        Path | None, typer.Argument(help="文本文件；不写则读标准输入", show_default=False)
    ] = None,
    tags: Annotated[bool, typer.Option("--tags", help="同时打印词性")] = False,
    fine: Annotated[
        bool, typer.Option("--fine", help="细分：复合的术语（夜间施工）也切开，与分析时相同")
    ] = False,
    config: ConfigFile = None,
) -> None:
    """分词：一行文本打印一行，词之间用空格隔开。"""
    from renda_nlp.analysis import make_segmenter
    from renda_nlp.config import load_config

    segmenter = make_segmenter(load_config(config).segment, whole_terms=not fine)
    for line in _lines(input_file):
        words = [
            line[token.start : token.end] + (f"/{token.tag}" if tags else "")
            for token in segmenter.segment(line)
            if line[token.start : token.end].strip()
        ]
        typer.echo(" ".join(words))


@command("分步使用")
def words(
    folder: Folder,
    output: Output = None,
    least: Annotated[int, typer.Option("--min-count", help="至少出现几次")] = 5,
    config: ConfigFile = None,
) -> None:
    """从材料中找新词（地名、项目名在前），供单位自己的词典选用。"""
    from renda_nlp.cli.output import write_rows
    from renda_nlp.config import find_config, load_config
    from renda_nlp.framing import author_key
    from renda_nlp.pipeline import Intake, read_opinions
    from renda_nlp.readers import list_files
    from renda_nlp.segmentation.newwords import find_new_words

    settings = load_config(find_config(require(folder), config))
    key = author_key(list_files(folder, settings.read), None)
    texts = (opinion.text for opinion in read_opinions(folder, settings, key, Intake([], [], [])))
    write_rows(
        (
            {"word": word.text, "count": word.count, "score": word.score, "is_name": word.is_name}
            for word in find_new_words(texts, min_count=least)
        ),
        output,
    )


@command("分步使用")
def mask(
    input_file: Input,
    output: Output = None,
    text_column: Annotated[str | None, typer.Option("--text-column", help="文本所在的列名")] = None,
    id_column: Annotated[str | None, typer.Option("--id-column", help="编号所在的列名")] = None,
) -> None:
    """遮盖个人信息：姓名、电话、证件号、车牌、房号等。"""
    from renda_nlp.cli.output import write_rows
    from renda_nlp.tabular import mask_table

    write_rows(
        mask_table(require(input_file), text_column=text_column, id_column=id_column), output
    )
