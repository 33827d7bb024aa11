"""From a file or a folder to documents with their blocks; every failure becomes a Failure."""

import datetime
import fnmatch
import logging
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from renda_nlp.config import ReadConfig
from renda_nlp.errors import ReadError
from renda_nlp.readers.files import describe_file, list_files
from renda_nlp.readers.formats import CONTAINERS, make_reader
from renda_nlp.readers.jsonlines import has_documents, read_documents
from renda_nlp.readers.kinds import guess_kind
from renda_nlp.readers.members import open_members
from renda_nlp.readers.sniff import sniff_format
from renda_nlp.readers.source import FileEntry, Source
from renda_nlp.readers.titles import guess_date, guess_title, parse_day
from renda_nlp.records import Block, Document, Failure

__all__ = ["read_file", "read_folder", "read_table"]

PEEK_BLOCKS = 200
HEADER_ROWS = 10
MIN_HEADER_CELLS = 2
YEAR_DIGITS = 4
LOGGER = logging.getLogger(__name__)


def read_folder(folder: Path, config: ReadConfig, failures: list[Failure]) -> Iterator[Source]:
    """Yield the documents below ``folder``, sorted by name.

    Args:
        folder: The folder with the material.
        config: What to read and how much.
        failures: Takes a Failure for every file, or part of one, that cannot be read; those
            inside a file arrive while its blocks are used.

    Raises:
        InputError: ``folder`` is no folder.
    """
    for entry in list_files(folder, config):
        if entry.problem:
            failures.append(_failure(entry.file, entry.problem))
        elif not entry.ignored:
            yield from _Reading(config, failures).sources(entry, 0)


def read_file(
    path: Path, file: str, config: ReadConfig, failures: list[Failure] | None = None
) -> Iterator[Source]:
    """Yield the documents of one file: one, or as many as an archive, mail or jsonl holds.

    Raises:
        ReadError: Something cannot be read and there is no ``failures`` to take it.
    """
    entry = describe_file(path, file, config)
    if entry.problem:
        if failures is None:
            raise ReadError(f"{file}：{entry.problem}")
        failures.append(_failure(file, entry.problem))
        return
    yield from _Reading(config, failures).sources(entry, 0)


def read_table(path: Path, file: str, config: ReadConfig) -> Source:
    """Return a file as one table or list of lines, jsonl with long texts too.

    Raises:
        ReadError: The file cannot be read.
    """
    entry = describe_file(path, file, config)
    if entry.problem:
        raise ReadError(f"{file}：{entry.problem}")
    format_name = sniff_format(path)
    return _Reading(config, None).source(entry, format_name)


def _failure(source: str, error: object) -> Failure:
    """Split a message at its last semicolon into what is wrong and what to do."""
    reason, separator, remedy = str(error).rpartition("；")
    if not separator:
        reason, separator, remedy = str(error).partition("，请")
        remedy = "请" + remedy if separator else ""
    return Failure(stage="read", source=source, reason=reason, remedy=remedy)


class _Reading:
    """The reading of one file: its settings and where its failures go."""

    def __init__(self, config: ReadConfig, failures: list[Failure] | None) -> None:
        self._config = config
        self._failures = failures

    def sources(self, entry: FileEntry, depth: int) -> Iterator[Source]:
        """Yield the documents of a file and of the files inside it."""
        try:
            format_name = sniff_format(entry.path)
            if format_name in CONTAINERS:
                yield from self._members(entry, format_name, depth)
            elif format_name == "jsonl" and has_documents(entry.path):
                yield from self._json_documents(entry)
            else:
                yield self.source(entry, format_name)
        except ReadError as error:
            self._report(entry.file, error)
        except OSError as error:
            self._report(entry.file, ReadError(f"读取时出错（{error.strerror}），请检查后重试"))

    def source(self, entry: FileEntry, format_name: str) -> Source:
        """Return one document; its first blocks are read, the others wait."""
        blocks = self._guarded(make_reader(format_name).read(entry.path, entry.file), entry.file)
        sample = list(islice(blocks, PEEK_BLOCKS))
        if not sample:
            if self._reported(entry.file):
                raise _AlreadyReportedError
            raise ReadError("文件里没有文字，请核对原件")
        title = guess_title(entry.file, sample)
        day = guess_date(entry.file, title, sample)
        document = self._document(entry, format_name, title, day, sample)
        return Source(document, chain(sample, blocks))

    def _members(self, entry: FileEntry, format_name: str, depth: int) -> Iterator[Source]:
        if depth >= self._config.max_archive_depth:
            raise ReadError(f"压缩包套了{depth}层以上，里面的内容未读取；请解压后再放入")
        with open_members(entry, format_name, self._config) as members:
            for member in members:
                if member.problem:
                    self._report(member.file, ReadError(member.problem))
                elif not member.ignored:
                    yield from self.sources(member, depth + 1)

    def _json_documents(self, entry: FileEntry) -> Iterator[Source]:
        for number, (title, day, blocks) in enumerate(read_documents(entry.path, entry.file), 1):
            if not blocks:
                self._report(f"{entry.file} 第{number}条", ReadError("没有正文，请核对原件"))
                continue
            title = title or guess_title(entry.file, blocks)
            date = parse_day(day) or _year_start(day) or guess_date("", title, blocks)
            document = self._document(entry, "jsonl", title, date, blocks[:PEEK_BLOCKS])
            yield Source(document, iter(blocks))

    def _document(
        self,
        entry: FileEntry,
        format_name: str,
        title: str,
        date: datetime.date | None,
        sample: list[Block],
    ) -> Document:
        kind, confidence = self._kind(entry.file, title, sample)
        return Document(
            file=entry.file,
            format=format_name,
            kind=kind,
            kind_confidence=confidence,
            title=title,
            date=date,
            n_bytes=entry.n_bytes,
            fingerprint=entry.fingerprint,
        )

    def _kind(self, file: str, title: str, sample: list[Block]) -> tuple[str, float]:
        for pattern, kind in self._config.kind_overrides:
            if fnmatch.fnmatchcase(file, pattern):
                return kind, 1.0
        words = [word for _, names in self._config.header_synonyms for word in names]
        return guess_kind(file, title, sample, _header(sample), words)

    def _guarded(self, blocks: Iterator[Block], file: str) -> Iterator[Block]:
        """Pass blocks on; an error on the way keeps what was read and is reported."""
        try:
            yield from blocks
        except ReadError as error:
            self._report(file, error)
        except (KeyboardInterrupt, GeneratorExit):
            raise
        except Exception as error:
            # The one broad except: parsers of foreign formats fail on hostile files in ways
            # that no documentation lists, and one file must never stop the run.
            LOGGER.exception("reader failed on %s", file)
            reason = f"读取时遇到意外的内容（{type(error).__name__}），请用原软件打开后另存"
            self._report(file, ReadError(reason), error)

    def _report(self, source: str, error: ReadError, cause: Exception | None = None) -> None:
        if isinstance(error, _AlreadyReportedError):
            return
        if self._failures is None:
            raise ReadError(f"{source}：{error}") from (cause or error)
        self._failures.append(_failure(source, error))

    def _reported(self, file: str) -> bool:
        return any(failure.source == file for failure in self._failures or ())


class _AlreadyReportedError(ReadError):
    """Nothing could be read and the reason is on the list."""


def _header(sample: list[Block]) -> tuple[str, ...]:
    """Return the first table row of two different cells that are short: most likely the header."""
    rows = [block.cells for block in sample if block.cells][:HEADER_ROWS]
    for cells in rows:
        if len({cell for cell in cells if cell.strip()}) >= MIN_HEADER_CELLS:
            return cells
    return ()


def _year_start(text: str) -> datetime.date | None:
    digits = text.strip().removesuffix("年")
    if len(digits) == YEAR_DIGITS and digits.isascii() and digits.isdigit() and int(digits) > 0:
        return datetime.date(int(digits), 1, 1)
    return None
