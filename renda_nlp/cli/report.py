"""renda report, renda read, renda select: commands over a folder."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from renda_nlp.cli.app import command
from renda_nlp.cli.county import CountyOptions, county
from renda_nlp.cli.options import (
    AsOf,
    ConfigFile,
    Earlier,
    Folder,
    Jobs,
    LanguageModel,
    Output,
    Profile,
    parse_day,
    require,
)
from renda_nlp.cli.progress import make_watch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from renda_nlp.records import ReplayedCorrection

_INCOMPLETE = 1


@command("做报告")
def report(
    folder: Folder,
    output: Annotated[Path, typer.Option("-o", "--output", help="报告文件夹")],
    as_of: AsOf = None,
    config: ConfigFile = None,
    first: Annotated[str | None, typer.Option("--from", help="统计起始日")] = None,
    last: Annotated[str | None, typer.Option("--to", help="统计截止日")] = None,
    history: Earlier = None,
    llm: LanguageModel = "",
    corrections: Annotated[
        list[Path] | None,
        typer.Option("--corrections", help="填好的校对表（可写几次）：重新应用工作人员的更正"),
    ] = None,
    internal: Annotated[
        bool, typer.Option("--internal", help="另写一套不遮盖的内部资料，放在 内部资料 文件夹")
    ] = False,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            help="县级：folder 每个乡镇一个文件夹，或写登记表里乡镇列的列名；每个乡镇一份报告，另出县级汇总",
        ),
    ] = None,
    jobs: Jobs = 0,
    profile: Profile = False,
    strict: Annotated[bool, typer.Option("--strict", help="有材料未能读取时以 1 退出")] = False,
) -> None:
    """读一个文件夹的材料，写出监督议题建议报告（网页、Word、Excel、JSON）。"""
    from dataclasses import replace

    from renda_nlp.config import AUTO, LEVELS, find_config, load_config
    from renda_nlp.corrections import read_corrections
    from renda_nlp.errors import InputError
    from renda_nlp.pipeline import run
    from renda_nlp.records import ISSUE_STATUSES
    from renda_nlp.reports.summary import period_covered
    from renda_nlp.writing import write_run

    require(folder)
    settings = load_config(find_config(folder, config))
    window = replace(
        settings.report,
        period_from=str(parse_day(first, "--from") or settings.report.period_from),
        period_to=str(parse_day(last, "--to") or settings.report.period_to),
    )
    settings = replace(settings, report=window, run=replace(settings.run, jobs=jobs))
    if by is not None:
        if corrections or internal:
            raise InputError(
                "--by 不能与 --corrections、--internal 同用：校对和内部资料请对单个乡镇的文件夹另行运行"
            )
        options = CountyOptions(by, parse_day(as_of, "--as-of"), history or (), strict=strict)
        county(folder, output, settings, options)
        return
    watch = make_watch(profile=profile)
    finished = run(
        folder,
        settings,
        as_of=parse_day(as_of, "--as-of"),
        output=output,
        history=history or (),
        llm=llm,
        corrections=read_corrections(corrections or ()),
        internal=internal,
        watch=watch,
    )
    watch.stage("写出")
    paths = write_run(finished, output, jobs)
    watch.close()
    made, counts = finished.report, finished.report.counts
    later = counts["voices_later"]
    guessed = ""
    if settings.office.level == AUTO:
        guessed = f"{made.area}（{LEVELS[made.level]}级）：由材料推断，不对请在 renda.toml 的 [office] 中写明\n"
    typer.echo(
        f"文件：共{counts['files_in']}个 = 读取{counts['files_read']}个 + 未读{counts['files_left_out']}个\n"
        f"行（段）：共{counts['rows_in']} = 成为意见{counts['rows_with_opinions']} + 单列{counts['rows_set_aside']}；"
        f"意见{counts['opinions']}条（其中一条多事拆分增加{counts['opinions_from_lists']}条）\n"
        f"统计期：{period_covered(made)}"
        f"{f'；{later}件意见的日期晚于统计期，请核对是否写错' if later else ''}\n"
        f"{guessed}"
        f"热点问题{len(made.issues)}个，建议监督议题{sum(c.chosen for c in made.candidates)}项"
    )
    if made.history:
        tally = Counter(match.status for match in made.history)
        said = "、".join(f"{name}{tally[status]}个" for status, name in ISSUE_STATUSES.items())
        typer.echo(f"与往年报告对照：{said}（对照表在 report.xlsx，可更正）")
    _say_corrections(made.corrections)
    for path in paths:
        typer.echo(f"已写出 {path}")
    for failure in made.failures:
        typer.echo(
            f"未读取：{failure.source}：{failure.reason}{'；' + failure.remedy if failure.remedy else ''}",
            err=True,
        )
    if strict and made.failures:
        raise typer.Exit(_INCOMPLETE)


def _say_corrections(replayed: "Sequence[ReplayedCorrection]") -> None:
    """Say how many corrections took effect, and name those that did not."""
    if not replayed:
        return
    tally = Counter(item.outcome for item in replayed)
    said = "、".join(f"{outcome}{n}处" for outcome, n in tally.most_common())
    typer.echo(f"校对：共{len(replayed)}处，{said}（逐条结果见 report.xlsx 的“校对记录”）")
    for item in replayed:
        if item.failed:
            typer.echo(f"校对未采用：{item.correction.source}：{item.note}", err=True)


@command("分步使用")
def read(
    folder: Folder,
    output: Output = None,
    config: ConfigFile = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="只看每个文件的判断：格式、类型、表头")
    ] = False,
    internal: Annotated[
        bool, typer.Option("--internal", help="内部使用：文字和文件名都不遮盖")
    ] = False,
) -> None:
    """读材料并切分为意见：打印每条意见（已遮盖个人信息），或用 --preview 先看判断。"""
    from renda_nlp.cli.output import write_rows
    from renda_nlp.config import find_config, load_config
    from renda_nlp.filenames import FileNames
    from renda_nlp.framing import author_key
    from renda_nlp.pipeline import Intake, preview_folder, read_opinions
    from renda_nlp.readers import list_files
    from renda_nlp.tabular import opinion_dict

    require(folder)
    settings = load_config(find_config(folder, config))
    intake, names = Intake([], [], []), None if internal else FileNames()
    if preview:
        write_rows(preview_folder(folder, settings, intake, names), output)
    else:
        key = author_key(list_files(folder, settings.read), None)
        opinions = read_opinions(folder, settings, key, intake)
        write_rows((opinion_dict(opinion, names) for opinion in opinions), output)
    reasons = Counter(item.reason for item in intake.set_aside)
    for reason, n in reasons.most_common():
        typer.echo(f"单列：{reason} {n}", err=True)
    for failure in intake.failures:
        shown = names.failure(failure) if names else failure
        typer.echo(f"未读取：{shown.source}：{shown.reason}", err=True)


@command("分步使用")
def select(
    folder: Folder, output: Output = None, as_of: AsOf = None, config: ConfigFile = None
) -> None:
    """只选议题：打印每个候选议题、得分和理由。"""
    from renda_nlp.cli.output import write_rows
    from renda_nlp.config import find_config, load_config
    from renda_nlp.pipeline import run

    require(folder)
    settings = load_config(find_config(folder, config))
    made = run(folder, settings, as_of=parse_day(as_of, "--as-of")).report
    write_rows(
        (
            {
                "rank": c.rank, "title": c.title, "chosen": c.chosen, "score": c.score, "reason": c.reason,
                "topic": c.topic, "subtopic": c.subtopic, "issue_ids": list(c.issue_ids),
                "authority": c.authority_name, "people": c.n_people, "methods": list(c.methods),
                "departments": list(c.departments), "quarter": c.quarter,
                **{item.name: item.value for item in c.criteria},
            }
            for c in made.candidates
        ),
        output,
    )  # fmt: skip
