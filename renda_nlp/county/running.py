"""One report for each town."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from renda_nlp.config import Config
from renda_nlp.county.partition import Partition
from renda_nlp.framing import latest_day
from renda_nlp.pipeline import run
from renda_nlp.records import Report
from renda_nlp.writing import mark_output, write_run

__all__ = ["TownReport", "run_towns"]


@dataclass(frozen=True, slots=True)
class TownReport:
    """A town and what its report says."""

    town: str
    report: Report
    folder: Path


def _config_of(town: str, config: Config) -> Config:
    level = "subdistrict" if town.endswith("街道") else "township"
    return replace(config, office=replace(config.office, name=f"{town}人大", level=level))


def run_towns(
    folder: Path,
    material: Partition,
    config: Config,
    output: Path,
    *,
    as_of: date | None = None,
    history: Path | None = None,
) -> Iterator[TownReport]:
    """Write the report of each town into a folder below ``output``, and yield them one by one.

    Args:
        folder: The folder with the material of all.
        material: The opinions by town.
        config: Settings; name and level of the office are set for each town.
        output: Where the folders of the towns go.
        as_of: The day the reports speak of; None takes the latest date of all the material.
        history: An earlier ``output``: each town is compared with its own report of that run.
    """
    mark_output(output)
    day = as_of or _latest(material)
    for town in material.towns:
        before = history / town / "report.json" if history is not None else None
        earlier = (before,) if before is not None and before.is_file() else ()
        finished = run(
            folder,
            _config_of(town, config),
            as_of=day,
            output=output / town,
            history=earlier,
            reading=material.reading(town),
        )
        write_run(finished, output / town)
        yield TownReport(town, finished.report, output / town)


def _latest(material: Partition) -> date | None:
    every = (opinion.date for opinions in material.towns.values() for opinion in opinions)
    return latest_day(
        np.array([day.toordinal() for day in every if day is not None], dtype=np.int64)
    )
