"""Options that several commands share, and settings from them."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from renda_nlp.errors import InputError

__all__ = [
    "AsJson",
    "AsOf",
    "ConfigFile",
    "Earlier",
    "Folder",
    "History",
    "Input",
    "Jobs",
    "LanguageModel",
    "Output",
    "Profile",
    "parse_day",
    "require",
]

Folder = Annotated[Path, typer.Argument(help="存放材料的文件夹", show_default=False)]
Input = Annotated[
    Path, typer.Argument(help="输入文件：txt、csv、xlsx、jsonl、parquet", show_default=False)
]
Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", help="输出文件，格式看后缀；不写则以 JSON Lines 打印"),
]
ConfigFile = Annotated[
    Path | None, typer.Option("--config", help="配置文件；不写则用文件夹里的 renda.toml")
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="报告日，如 2025-12-31；不写则取材料中最晚的日期")
]

History = Annotated[
    Path | None,
    typer.Option(
        "--history", help="往年的 report.json（或其文件夹）：沿用问题编号，标出新增、延续"
    ),
]

Earlier = Annotated[
    list[Path] | None,
    typer.Option(
        "--history",
        help="往年材料，可写几次：report.json（或其文件夹）、决定登记表 xlsx、计划 docx；沿用问题编号，对照往年议题",
    ),
]

AsJson = Annotated[bool, typer.Option("--json", help="以 JSON 打印，供其他程序读取")]
Jobs = Annotated[int, typer.Option("--jobs", help="并行进程数，0 为全部核心")]
Profile = Annotated[bool, typer.Option("--profile", help="打印每个环节的用时和内存峰值")]

LanguageModel = Annotated[
    str,
    typer.Option(
        "--llm",
        help="润色标题的语言模型地址（OpenAI 兼容，如 http://127.0.0.1:8000/v1）；不写不用，只发送遮盖后的文字",
    ),
]


def parse_day(text: str | None, name: str) -> date | None:
    """Return the day that an option names.

    Raises:
        InputError: It is no date.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"{name} 应为 2025-12-31 这样的日期，现为 {text!r}") from error


def require(path: Path) -> Path:
    """Return the path of an existing file or folder.

    Raises:
        InputError: It does not exist.
    """
    if not path.exists():
        raise InputError(f"{path}：没有这个文件或文件夹，请检查路径")
    return path
