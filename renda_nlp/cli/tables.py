"""renda classify, renda hotspots: commands over one table."""

from pathlib import Path
from typing import Annotated

import typer

from renda_nlp.cli.app import command
from renda_nlp.cli.options import (
    AsOf,
    ConfigFile,
    History,
    Input,
    Jobs,
    LanguageModel,
    Output,
    Profile,
    parse_day,
    require,
)
from renda_nlp.cli.progress import counted, make_watch

TextColumn = Annotated[
    str | None, typer.Option("--text-column", help="意见所在的列名，不写则自动判断")
]
IdColumn = Annotated[str | None, typer.Option("--id-column", help="编号所在的列名，不写则自动判断")]


@command("分步使用")
def classify(
    input_file: Input,
    output: Output = None,
    text_column: TextColumn = None,
    id_column: IdColumn = None,
    model: Annotated[str, typer.Option("--model", help="模型文件夹，不写则用自带模型")] = "",
    taxonomy: Annotated[
        str, typer.Option("--taxonomy", help="自己的主题词文件（TOML），不需要标注")
    ] = "",
    explain: Annotated[bool, typer.Option("--explain", help="另给出起作用的词和分量")] = False,
    config: ConfigFile = None,
) -> None:
    """给表里每一行判断主题和意图，一行一个结果。"""
    from dataclasses import replace

    from renda_nlp.cli.output import write_rows
    from renda_nlp.config import load_config
    from renda_nlp.tabular import classify_table

    settings = load_config(config)
    if model or taxonomy:
        chosen = replace(settings.classify, model=model, taxonomy=taxonomy)
        settings = replace(settings, classify=chosen)
    rows = classify_table(
        require(input_file),
        settings,
        text_column=text_column,
        id_column=id_column,
        explain=explain,
    )
    write_rows(counted(rows), output)


@command("分步使用")
def annotate(
    input_file: Input,
    output: Output = None,
    text_column: TextColumn = None,
    id_column: IdColumn = None,
    config: ConfigFile = None,
) -> None:
    """标出每一行里的地点、单位、法律、日期、数额、人（户）数，带起止位置。"""
    from renda_nlp.cli.output import write_rows
    from renda_nlp.config import load_config
    from renda_nlp.tabular import annotate_table

    rows = annotate_table(
        require(input_file), load_config(config), text_column=text_column, id_column=id_column
    )
    write_rows(rows, output)


@command("分步使用")
def show(
    input_file: Input,
    output: Annotated[Path, typer.Option("-o", "--output", help="网页文件")] = Path("标注.html"),
    text_column: TextColumn = None,
    id_column: IdColumn = None,
    most: Annotated[int, typer.Option("--most", min=1, help="最多几行")] = 200,
) -> None:
    """把标注画成网页：地点、单位、法律、日期、数额、人（户）数各一种底色，个人信息已遮盖。"""
    from renda_nlp.integrations.display import show_table

    page = show_table(require(input_file), text_column=text_column, id_column=id_column, most=most)
    output.write_text(page, "utf-8")
    typer.echo(f"已写出 {output}")


@command("分步使用")
def hotspots(
    input_file: Input,
    output: Output = None,
    min_size: Annotated[int, typer.Option("--min-size", min=1, help="至少几件算一个热点")] = 2,
    text_column: TextColumn = None,
    id_column: IdColumn = None,
    as_of: AsOf = None,
    history: History = None,
    llm: LanguageModel = "",
    jobs: Jobs = 0,
    profile: Profile = False,
    config: ConfigFile = None,
    tables: Annotated[
        Path | None, typer.Option("--tables", help="另存热点问题表和留言明细表（xlsx）")
    ] = None,
) -> None:
    """在一张表里找热点问题，一个问题一行。"""
    from dataclasses import replace

    from renda_nlp.cli.output import write_rows
    from renda_nlp.config import load_config
    from renda_nlp.tabular import hotspots_of_table, write_issue_tables

    settings = load_config(config)
    settings = replace(
        settings,
        hotspots=replace(settings.hotspots, min_size=min_size),
        run=replace(settings.run, jobs=jobs),
    )
    watch = make_watch(profile=profile)
    issues, table = hotspots_of_table(
        require(input_file),
        settings,
        text_column=text_column,
        id_column=id_column,
        as_of=parse_day(as_of, "--as-of"),
        history=history,
        llm=llm,
        watch=watch,
    )
    watch.close()
    if tables is not None:
        write_issue_tables(issues, table, tables)
    row_ids = {
        opinion.opinion_id: opinion.row_id for opinion in (row.opinion for row in table.rows())
    }
    write_rows(
        (
            {
                "rank": issue.rank, "issue_id": issue.issue_id, "title": issue.title, "heat": issue.heat,
                "n_opinions": issue.n_opinions, "n_people": issue.n_people,
                "first_date": str(issue.first_date or ""), "last_date": str(issue.last_date or ""),
                "place": issue.place, "topic": issue.topic, "trend": issue.trend,
                **({"status": issue.status} if issue.status else {}),
                "members": [row_ids[member] for member in issue.members],
            }
            for issue in issues
        ),
        output,
    )  # fmt: skip
