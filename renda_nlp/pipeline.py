"""The straight line from a folder to a report: the one file that knows the order of the stages."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain, islice
from pathlib import Path

from renda_nlp.analysis import (
    fill_table,
    make_finder,
    make_segmenter,
    make_subtopic_rule,
    mask_opinion,
    model_scores,
)
from renda_nlp.assembling import assemble_report, check_model
from renda_nlp.config import Config
from renda_nlp.corrections import Replay
from renda_nlp.decisions import earlier_topics
from renda_nlp.evidence import settle_quotes
from renda_nlp.filenames import FileNames
from renda_nlp.followup import follow_up
from renda_nlp.framing import Frame, author_key, find_area, find_period, settle_office
from renda_nlp.history import EarlierIssue, continue_issues, load_earlier
from renda_nlp.polishing import polish_titles
from renda_nlp.readers import OCR_FOLDER, list_files, read_folder, start_reading
from renda_nlp.records import (
    KINDS,
    Correction,
    Document,
    Failure,
    IssueMatch,
    Opinion,
    Report,
    SetAside,
)
from renda_nlp.selection import Material, TopicSelector
from renda_nlp.splitting import FigureTables, describe_columns, split_document
from renda_nlp.table import OpinionTable
from renda_nlp.taxonomy import default_taxonomy
from renda_nlp.watching import Watch

__all__ = [
    "Intake",
    "Reading",
    "Run",
    "preview_folder",
    "read_material",
    "read_opinions",
    "run",
]

_PREVIEW_BLOCKS = 64
_BYTES_PER_CHARACTER = 3  # of Chinese in UTF-8; packed formats have fewer


@dataclass(slots=True)
class Intake:
    """What came in besides opinions, filled while the opinions stream by."""

    documents: list[Document]
    failures: list[Failure]
    set_aside: list[SetAside]
    figures: FigureTables = field(default_factory=FigureTables)
    n_characters: int = 0  # taken from the last of ``documents``

    def share_of(self, n_bytes: int) -> float:
        """Return how much of ``n_bytes`` of material has come in, 0 to 1, about."""
        done = sum(document.n_bytes for document in self.documents[:-1])
        if self.documents:
            done += min(self.documents[-1].n_bytes, self.n_characters * _BYTES_PER_CHARACTER)
        return min(1.0, done / max(1, n_bytes))


@dataclass(frozen=True, slots=True)
class Reading:
    """Opinions on their way in, with all that comes beside them.

    ``intake`` is filled while ``opinions`` are taken.
    """

    opinions: Iterable[Opinion]
    intake: Intake
    key: bytes
    n_bytes: int = 0  # of all files


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run: the report and the table with every opinion."""

    report: Report
    table: OpinionTable
    key: bytes  # of the author pseudonyms, kept in the run folder
    internal: "Run | None" = None  # the edition that shows personal data, when asked for


def read_opinions(folder: Path, config: Config, key: bytes, intake: Intake) -> Iterator[Opinion]:
    """Yield the opinions of every document below ``folder``."""
    for source in read_folder(folder, config.read, intake.failures):
        intake.documents.append(source.document)
        intake.n_characters = 0
        blocks = intake.figures.watch(source.document, source.blocks)
        for part in split_document(source.document, blocks, config.split, key):
            if isinstance(part, SetAside):
                intake.set_aside.append(part)
            else:
                intake.n_characters += len(part.text)
                yield part


def _keeping_pages(config: Config, output: Path | None) -> Config:
    """Return the settings with recognised pages kept beside the report."""
    if output is None or config.read.ocr_folder:
        return config
    kept = str(output.absolute() / OCR_FOLDER)
    return replace(config, read=replace(config.read, ocr_folder=kept))


def read_material(folder: Path, config: Config, output: Path | None = None) -> Reading:
    """Return the opinions below ``folder``, read when they are taken.

    Args:
        folder: The folder with the material.
        config: How files are read and split.
        output: Where the report will lie; an author key kept there is used again.
    """
    config = _keeping_pages(config, output)
    start_reading(config.read)  # while models are loaded
    files = list_files(folder, config.read)
    intake, key = Intake([], [], []), author_key(files, output)
    opinions = read_opinions(folder, config, key, intake)
    return Reading(opinions, intake, key, sum(entry.n_bytes for entry in files))


def preview_folder(
    folder: Path, config: Config, intake: Intake, names: FileNames | None
) -> Iterator[dict[str, object]]:
    """Yield what each file was taken for, before the run.

    Args:
        folder: The folder with the material.
        config: How files are read and split.
        intake: Takes what could not be read.
        names: The names that files are shown by; None shows their own.
    """
    for source in read_folder(folder, config.read, intake.failures):
        document = source.document
        shown = names.document(document) if names else document
        head = list(islice(source.blocks, _PREVIEW_BLOCKS))
        blocks = chain(head, source.blocks)
        parts = list(split_document(document, blocks, config.split, b"preview"))
        set_aside = sum(isinstance(part, SetAside) for part in parts)
        yield {
            "file": shown.file,
            "fingerprint": document.fingerprint,
            "format": document.format,
            "kind": document.kind,
            "kind_name": KINDS[document.kind],
            "kind_confidence": round(document.kind_confidence, 2),
            "title": shown.title,
            "date": str(document.date or ""),
            "opinions": len(parts) - set_aside,
            "set_aside": set_aside,
            "columns": describe_columns(head, config.split),
        }


def _earlier_issues(history: Sequence[Path]) -> tuple[EarlierIssue, ...] | None:
    """Return the issues of the last report given, None when the earlier papers are others."""
    reports = [path for path in history if path.is_dir() or path.suffix.lower() == ".json"]
    return load_earlier(reports[-1]) if reports else None


def run(  # noqa: PLR0913 - the options of one run, all but two by name
    folder: Path,
    config: Config,
    *,
    as_of: date | None = None,
    output: Path | None = None,
    history: Sequence[Path] = (),
    llm: str = "",
    corrections: Sequence[Correction] = (),
    internal: bool = False,
    reading: Reading | None = None,
    watch: Watch | None = None,
) -> Run:
    """Read ``folder`` and find its hotspots and supervision topics as of one day.

    Args:
        folder: The folder with the material.
        config: Every setting that changes a result.
        as_of: The day the report speaks of; None takes the latest date of the material.
        output: Where the report will lie; an author key kept there is used again.
        history: Earlier material: a report.json, whose issue ids go on, decision sheets, plans.
        llm: Address of a language model that polishes titles; empty asks none.
        corrections: What staff corrected in the sheets of earlier runs.
        internal: Make the edition that shows personal data too.
        reading: Opinions that were read already: those of one town among many.
        watch: Told of each stage and batch.

    Raises:
        InputError: The folder or the earlier report cannot be used.
    """
    watch = watch or Watch()
    watch.stage("读取和分析")
    earlier = _earlier_issues(history)
    supervised = earlier_topics(history)
    config = _keeping_pages(config, output)
    reading = reading or read_material(folder, config, output)
    intake, key, n_bytes = reading.intake, reading.key, reading.n_bytes
    replay = Replay(corrections)
    screened = replay.screen(reading.opinions, intake.set_aside, mask_opinion)
    table = fill_table(
        screened, config, on_batch=lambda done: watch.advance(done, intake.share_of(n_bytes))
    )
    replay.relabel(table, make_subtopic_rule())
    config = replace(config, office=settle_office(config.office, table, intake.documents))
    period = find_period(table, config.report, as_of)
    window = (period.first, period.last)
    watch.stage("找热点")
    issues = make_finder(config).find(table, period.as_of, window, regroup=replay.regroup)
    issues = replay.finish(table, issues)
    matches: tuple[IssueMatch, ...] = ()
    if earlier is not None:
        issues, matches = continue_issues(issues, earlier, table, config.history)
    segmenter = make_segmenter(config.segment)
    if llm:
        issues, unused = polish_titles(issues, table, llm, segmenter)
        intake.failures.extend(unused)
    watch.stage("核对承诺和答复")
    follow = follow_up(
        table,
        issues,
        segmenter,
        default_taxonomy(),
        level=config.office.level,
        min_people=config.select.min_people,
    )
    watch.stage("选议题")
    area = find_area(table, config.office, intake.documents)
    selector = TopicSelector(config.select, default_taxonomy(), area, config.office.level)
    material = Material(
        period=window,
        documents=intake.documents,
        figures=intake.figures.rows,
        n_tables=intake.figures.n_tables,
        earlier=supervised,
        missed=follow.missed,
        fix=replay.choose,
    )
    open_issues = [issue for issue in issues if not issue.settled]
    selection = selector.select(table, open_issues, period.as_of, material)
    draft = assemble_report(table, intake, issues, selection, Frame(config, period, area), follow)
    draft = replace(
        draft,
        methods=(*draft.methods, *model_scores(config.classify)),
        history=matches,
        corrections=replay.outcomes(),
        model_check=check_model(replay.checked),
    )
    watch.stage("核对引文")
    finished = Run(*settle_quotes(draft, table, folder, config.read), key)
    if not internal:
        return finished
    inside = replace(draft, internal=True)
    unmasked = settle_quotes(inside, table.unmasked(), folder, config.read)
    return replace(finished, internal=Run(*unmasked, key))
