"""The reading of one file: from its bytes to documents with their blocks, failures reported."""

import datetime
import fnmatch
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain, islice

from renda_nlp.config import ReadConfig
from renda_nlp.errors import ReadError
from renda_nlp.readers.formats import CONTAINERS, find_format, make_reader
from renda_nlp.readers.jsonlines import has_documents, read_documents
from renda_nlp.readers.kinds import guess_kind
from renda_nlp.readers.members import open_members
from renda_nlp.readers.source import FileEntry, Source
from renda_nlp.readers.titles import guess_date, guess_title, parse_day
from renda_nlp.records import Block, Document

__all__ = ["FileReading"]

PEEK_BLOCKS = 200
HEADER_ROWS = 10
MIN_HEADER_CELLS = 2
YEAR_DIGITS = 4
OUT_OF_MEMORY = "读取所需内存超过上限，未读完；请拆成几个文件，或调高设置 read.max_memory_bytes"
RUST_PANIC_MODULE = "pyo3_runtime"  # its PanicException is no Exception
LOGGER = logging.getLogger(__name__)


class FileReading:
    """Reads one file after the other.

    Args:
        config: What to read and how much.
        report: Called with (file or member, message) for whatever cannot be read.
        on_file: Called with the name of each file or member before it is opened.
    """

    def __init__(
        self,
        config: ReadConfig,
        report: Callable[[str, str], None],
        on_file: Callable[[str], None] | None = None,
    ) -> None:
        self._config = config
        self._report_to = report
        self._on_file = on_file or (lambda _: None)
        self._reported: set[str] = set()
        self.is_shaken = False  # an error that no reader foresees: a fresh process is safer

    def sources(self, entry: FileEntry, depth: int = 0) -> Iterator[Source]:
        """Yield the documents of a file and of the files inside it."""
        with self._listed(entry.file):
            self._on_file(entry.file)
            format_name = find_format(entry.path, entry.file)
            if format_name in CONTAINERS:
                yield from self._members(entry, format_name, depth)
            elif format_name == "jsonl" and has_documents(entry.path):
                yield from self._json_documents(entry)
            else:
                yield self._source(entry, format_name)

    def table(self, entry: FileEntry) -> Iterator[Source]:
        """Yield a file as one table or list of lines, jsonl with long texts too."""
        with self._listed(entry.file):
            yield self._source(entry, find_format(entry.path, entry.file))

    def _source(self, entry: FileEntry, format_name: str) -> Source:
        """Return one document; its first blocks are read, the others wait."""
        reader = make_reader(format_name, self._config, entry.fingerprint)
        blocks = self._guarded(reader.read(entry.path, entry.file), entry.file)
        sample = list(islice(blocks, PEEK_BLOCKS))
        if not sample:
            if entry.file in self._reported:
                raise _AlreadyReportedError
            raise ReadError("文件里没有文字，请核对原件")
        title = guess_title(entry.file, sample)
        day = guess_date(entry.file, title, sample)
        document = self._document(entry, format_name, title, day, sample)
        return Source(document, chain(sample, blocks))

    def _members(self, entry: FileEntry, format_name: str, depth: int) -> Iterator[Source]:
        if depth >= self._config.max_archive_depth:
            raise ReadError(f"压缩包套了{depth}层以上，里面的内容未读取；请解压后再放入")
        is_empty = True
        with open_members(entry, format_name, self._config) as members:
            for member in members:
                is_empty = is_empty and bool(member.ignored)
                if member.problem:
                    self._report(member.file, ReadError(member.problem))
                elif not member.ignored:
                    yield from self.sources(member, depth + 1)
        if is_empty:
            raise ReadError("里面没有可读的文件或正文，请核对原件")

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
        with self._listed(file):
            yield from blocks

    @contextmanager
    def _listed(self, file: str) -> Iterator[None]:
        """Report whatever goes wrong inside; the run goes on behind it."""
        try:
            yield
        except ReadError as error:
            self._report(file, error)
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else type(error).__name__
            self._report(file, ReadError(f"读取时出错（{reason}）；请检查文件和磁盘后重试"))
        except MemoryError:
            self.is_shaken = True
            self._report(file, ReadError(OUT_OF_MEMORY))
        except Exception as error:
            # The one broad except: parsers of foreign formats fail on hostile files in ways
            # that no documentation lists, and one file must never stop the run.
            self.is_shaken = True
            LOGGER.exception("reader failed on %s", file)
            reason = f"读取时遇到意外的内容（{type(error).__name__}），请用原软件打开后另存"
            self._report(file, ReadError(reason))
        except BaseException as error:
            if type(error).__module__ != RUST_PANIC_MODULE:
                raise
            self.is_shaken = True
            self._report(file, ReadError("文件已损坏，无法解析；请用原软件打开后另存"))

    def _report(self, source: str, error: ReadError) -> None:
        if not isinstance(error, _AlreadyReportedError):
            self._reported.add(source)
            self._report_to(source, str(error))


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
