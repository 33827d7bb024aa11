"""renda config, renda template, renda sample: files to start from."""

import json
from pathlib import Path
from typing import Annotated

import typer

from renda_nlp.cli.app import app, command, guard
from renda_nlp.cli.chinese import ChineseCommand, ChineseGroup
from renda_nlp.errors import InputError

SETTINGS = """# renda_nlp 设置：放在材料文件夹里，或用 --config 指定。删掉的项用默认值。

[office]
name = ""                     # 如 云溪镇人大；空则由材料推断
level = "auto"                # auto 由材料推断；township 乡镇、subdistrict 街道、county 县

[read]
kind_overrides = []           # 指定文件类型，如 [["*要点*", "party_plan"]]
ocr = true                    # 装了文字识别部件时，识别图片和扫描页
max_silent_seconds = 180      # 一个文件这么久没有新内容就放弃，列入未读取

[segment]
engine = "rjieba"             # 或 jieba
dictionaries = []             # 本单位词典，一行一词

[hotspots]
min_size = 2                  # 至少几件算一个热点
half_life_days = 120.0        # 新近程度的半衰期（天）

[hotspots.weights]            # 热度各项权重，只看比例
people = 40.0
places = 8.0
channels = 8.0
recency = 10.0
growth = 8.0
endorsements = 8.0
heads = 6.0
persistence = 6.0
severity = 6.0

[history]                     # renda report --history 往年/report.json 的对照，更正写在这里
same = []                     # 是同一问题：[["2024-017", "意见编号"]]，意见编号见 report.xlsx“往年对照”
apart = []                    # 不是同一问题，写法相同

[select]
plan_year = 0                 # 为哪一年选题；0 按报告日推断（9月起为下一年）
max_topics = 8                # 最多选几项
min_people = 3                # 少于几人反映算证据不足
min_people_alone = 10         # 公文都没有提到的事，至少要几人反映
min_score = 40.0              # 综合得分低于几分不选
max_per_topic = 2             # 同一领域最多几项
max_per_place = 3             # 同一地点最多几项

[plan]                        # renda plan：全年常规要求
inspections = 4               # 视察检查次数
appraisals = 2                # 站所评议次数
meetings_per_quarter = 1      # 每季度主席团会议次数
congress_days = 2             # 人代会会期（天）
congresses = 2                # 人代会次数

[follow]                      # renda follow
deliberation_days = 60        # 审议意见研究处理情况报告的期限（天），原文写明的优先；按本地规定改

[select.weights]              # 选题各项权重，只看比例
heat = 24.0                   # 群众热度
difficulty = 16.0             # 政府工作难点
party = 16.0                  # 党委重点
congress = 8.0                # 上级人大联动
deputies = 10.0               # 代表关注
persistence = 6.0             # 持续性
severity = 8.0                # 严重性
power = 6.0                   # 职权范围
feasibility = 6.0             # 可行性
"""

config_app = typer.Typer(
    cls=ChineseGroup, help="设置文件。", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(config_app, name="config", rich_help_panel="安装与设置")


@config_app.command("init", cls=ChineseCommand)
def init(
    output: Annotated[Path, typer.Option("-o", "--output", help="写到哪里")] = Path("renda.toml"),
) -> None:
    """写一份带注释的 renda.toml。"""
    if output.exists():
        typer.echo(f"renda：{output} 已存在，未改动；请换个文件名", err=True)
        raise typer.Exit(2)
    try:
        output.write_text(SETTINGS, "utf-8")
    except OSError as error:
        typer.echo(f"renda：{output} 无法写入（{error.strerror}）", err=True)
        raise typer.Exit(2) from error
    typer.echo(f"已写出 {output}")


@config_app.command("schema", cls=ChineseCommand)
@guard
def schema(
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="写到哪里；不写则打印")
    ] = None,
) -> None:
    """写 renda.toml 的 JSON Schema，供编辑器检查和补全。"""
    from renda_nlp.configschema import config_schema

    text = json.dumps(config_schema(SETTINGS), ensure_ascii=False, indent=2)
    if output is None:
        typer.echo(text)
        return
    output.write_text(text + "\n", "utf-8")
    typer.echo(f"已写出 {output}；在 renda.toml 第一行写 #:schema {output} 即可")


@command("安装与设置")
def sample(
    output: Annotated[Path, typer.Option("-o", "--output", help="写到哪个文件夹")] = Path("样例"),
) -> None:
    """写出自带的虚构样例材料，供第一次试用。"""
    from shutil import copytree

    from renda_nlp.analysis import shipped

    if output.exists():
        raise InputError(f"{output} 已存在，未改动；请换个文件夹")
    copytree(shipped("corpora/sample"), output)
    typer.echo(f"已写出 {output}；接着运行：renda report {output} -o 报告")


@command("安装与设置")
def template(
    output: Annotated[Path, typer.Option("-o", "--output", help="写到哪个文件夹")] = Path(),
) -> None:
    """写空白的选民意见登记表、代表建议台账、审议意见办理台账，填好就能直接读取。"""
    from renda_nlp.reports.blanks import BLANKS, write_blanks

    there = [output / f"{blank.title}.xlsx" for blank in BLANKS]
    kept = [path for path in there if path.exists()]
    if kept:
        raise InputError(f"{kept[0]} 已存在，未改动；请换个文件夹")
    for path in write_blanks(output):
        typer.echo(f"已写出 {path}")
