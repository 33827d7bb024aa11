"""renda report --by: a county over its towns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from renda_nlp.config import Config

__all__ = ["CountyOptions", "county"]

_SHEET = "县级汇总.xlsx"
_INCOMPLETE = 1


@dataclass(frozen=True, slots=True)
class CountyOptions:
    """What the command line asks of a county run."""

    by: str
    as_of: date | None
    history: Sequence[Path]
    strict: bool = False


def county(folder: Path, output: Path, settings: "Config", options: CountyOptions) -> None:
    """Write a report per town and the sheet of the county."""
    from renda_nlp.county import compare_towns, partition, run_towns, write_county_sheet
    from renda_nlp.errors import InputError
    from renda_nlp.filenames import FileNames
    from renda_nlp.pipeline import read_material
    from renda_nlp.taxonomy import default_taxonomy

    if len(options.history) > 1 or any(not path.is_dir() for path in options.history):
        raise InputError("--by 与 --history 同用时，--history 请指到上次县级运行的输出文件夹")
    material = partition(read_material(folder, settings), options.by)
    reports = []
    for item in run_towns(
        folder,
        material,
        settings,
        output,
        as_of=options.as_of,
        history=options.history[0] if options.history else None,
    ):
        reports.append(item)
        chosen = sum(candidate.chosen for candidate in item.report.candidates)
        typer.echo(
            f"{item.town}：意见{item.report.counts['voices']}条，热点{len(item.report.issues)}个，建议议题{chosen}项 → {item.folder}"
        )
    sheet = compare_towns(reports, material.county, default_taxonomy(), len(material.unplaced))
    write_county_sheet(sheet, reports, output / _SHEET)
    if material.unplaced:
        typer.echo(
            f"另有{len(material.unplaced)}条意见看不出属于哪个乡镇，没有计入任何一份报告", err=True
        )
    names = FileNames.of(material.intake.documents, material.intake.failures)
    for failure in map(names.failure, material.intake.failures):
        typer.echo(f"未读取：{failure.source}：{failure.reason}", err=True)
    typer.echo(f"已写出 {output / _SHEET}")
    if options.strict and material.intake.failures:
        raise typer.Exit(_INCOMPLETE)
