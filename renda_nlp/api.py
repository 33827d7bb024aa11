"""The library: the stages as plain functions for other programs."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from renda_nlp.analysis import fill_table, make_classifier, make_finder, make_segmenter
from renda_nlp.annotation import TextAnnotator
from renda_nlp.classification import OpinionClassifier
from renda_nlp.config import Config
from renda_nlp.corrections import read_corrections
from renda_nlp.framing import author_key, find_area, find_period, settle_office
from renda_nlp.ngrams import normalise
from renda_nlp.pipeline import Intake, Run, read_opinions, run
from renda_nlp.protocols import Segmenter
from renda_nlp.readers import list_files
from renda_nlp.records import (
    Candidate,
    Failure,
    Hotspot,
    Opinion,
    SetAside,
    Span,
    Token,
    TopicScores,
)
from renda_nlp.selection import TopicSelector
from renda_nlp.table import OpinionTable
from renda_nlp.taxonomy import default_taxonomy
from renda_nlp.writing import write_run

__all__ = [
    "annotate",
    "build_report",
    "classify",
    "find_hotspots",
    "read_folder",
    "segment",
    "select_topics",
]


@cache
def _segmenter() -> Segmenter:
    return make_segmenter(Config().segment)


@cache
def _term_segmenter() -> Segmenter:
    return make_segmenter(Config().segment, whole_terms=True)


@cache
def _classifier() -> OpinionClassifier:
    return make_classifier(Config().classify)


def segment(text: str, *, fine: bool = False) -> list[Token]:
    """Return the words of ``text``; they cover it once and in order.

    Args:
        text: Any text.
        fine: Cut compound terms (夜间施工) into their words, as the analysis does.
    """
    return (_segmenter() if fine else _term_segmenter()).segment(text)


def annotate(text: str) -> list[Span]:
    """Return the places, agencies, laws, dates, amounts and head counts of ``text``, by start."""
    plain = normalise(text)
    return TextAnnotator().annotate(plain, segment(plain, fine=True))


def classify(texts: Sequence[str]) -> list[TopicScores]:
    """Return topic, secondary topics, confidence and intent of each text."""
    return _classifier().classify(texts)


def read_folder(
    folder: str | Path, config: Config | None = None
) -> tuple[list[Opinion], list[SetAside], list[Failure]]:
    """Return the opinions below a folder, what was set aside, and what could not be read."""
    settings, intake = config or Config(), Intake([], [], [])
    key = author_key(list_files(Path(folder), settings.read), None)
    opinions = list(read_opinions(Path(folder), settings, key, intake))
    return opinions, intake.set_aside, intake.failures


def make_table(opinions: Iterable[Opinion], config: Config | None = None) -> OpinionTable:
    """Return the opinions with everything the per-opinion stages find, as columns."""
    return fill_table(opinions, config or Config(), "serial")


def find_hotspots(
    opinions: Iterable[Opinion], config: Config | None = None, *, as_of: date | None = None
) -> tuple[Hotspot, ...]:
    """Return the hotspot issues among opinions, by falling heat."""
    settings = config or Config()
    table = make_table(opinions, settings)
    settings = replace(settings, office=settle_office(settings.office, table))
    return make_finder(settings).find(table, find_period(table, settings.report, as_of).as_of, None)


def select_topics(
    opinions: Iterable[Opinion], config: Config | None = None, *, as_of: date | None = None
) -> tuple[Candidate, ...]:
    """Return the candidates for supervision topics, the chosen ones first."""
    settings = config or Config()
    table = make_table(opinions, settings)
    settings = replace(settings, office=settle_office(settings.office, table))
    period = find_period(table, settings.report, as_of)
    issues = make_finder(settings).find(table, period.as_of, (period.first, period.last))
    area = find_area(table, settings.office)
    selector = TopicSelector(settings.select, default_taxonomy(), area, settings.office.level)
    return selector.select(table, issues, period.as_of).candidates


def build_report(
    folder: str | Path,
    output: str | Path | None = None,
    config: Config | None = None,
    *,
    as_of: date | None = None,
    corrections: Sequence[Path] = (),
    internal: bool = False,
) -> Run:
    """Run the whole line over a folder; write the report into ``output`` when given.

    ``corrections`` are workbooks that staff filled in: report.xlsx or what renda review exports.
    """
    where = Path(output) if output is not None else None
    finished = run(
        Path(folder),
        config or Config(),
        as_of=as_of,
        output=where,
        corrections=read_corrections(corrections),
        internal=internal,
    )
    if where is not None:
        write_run(finished, where)
    return finished
