"""From a file or a folder to documents with their blocks; every failure becomes a Failure."""

from collections.abc import Iterator
from pathlib import Path

from renda_nlp.config import ReadConfig
from renda_nlp.errors import ReadError
from renda_nlp.readers.filereading import FileReading
from renda_nlp.readers.files import describe_file, list_files
from renda_nlp.readers.isolation import can_isolate, isolated_sources
from renda_nlp.readers.kinds import check_overrides
from renda_nlp.readers.source import FileEntry, Source
from renda_nlp.records import Block, Failure

__all__ = ["read_file", "read_folder", "read_table"]


def read_folder(folder: Path, config: ReadConfig, failures: list[Failure]) -> Iterator[Source]:
    """Yield the documents below ``folder``, sorted by name.

    Args:
        folder: The folder with the material.
        config: What to read and how much.
        failures: Takes a Failure for every file, or part of one, that cannot be read; those
            inside a file arrive while its blocks are used.

    Raises:
        InputError: ``folder`` is no folder.
        ConfigError: A setting names a kind that does not exist.
    """
    check_overrides(config)
    for entry in list_files(folder, config):
        if not entry.ignored:
            yield from _read_entry(entry, config, failures)


def read_file(
    path: Path, file: str, config: ReadConfig, failures: list[Failure] | None = None
) -> Iterator[Source]:
    """Yield the documents of one file: one, or as many as an archive, mail or jsonl holds.

    Raises:
        ReadError: Something cannot be read and there is no ``failures`` to take it.
    """
    entry = describe_file(path, file, config)
    if failures is not None:
        yield from _read_entry(entry, config, failures)
        return
    problems = _problems_of(entry)
    for source in _sources(entry, config, problems, as_table=False):
        _raise_first(problems)
        yield Source(source.document, _strict(source.blocks, problems))
    _raise_first(problems)


def read_table(path: Path, file: str, config: ReadConfig) -> Source:
    """Return a file as one table or list of lines, jsonl with long texts too.

    Raises:
        ReadError: The file cannot be read.
    """
    entry = describe_file(path, file, config)
    problems = _problems_of(entry)
    sources = _sources(entry, config, problems, as_table=True)
    source = next(sources, None)
    _raise_first(problems)
    if source is None:
        raise ReadError(f"{file}：没有可读的内容，请核对原件")
    return Source(source.document, _strict(source.blocks, problems, sources))


def _read_entry(entry: FileEntry, config: ReadConfig, failures: list[Failure]) -> Iterator[Source]:
    if entry.problem:
        failures.append(_failure(entry.file, entry.problem))
        return
    yield from _sources(entry, config, failures, as_table=False)


def _sources(
    entry: FileEntry, config: ReadConfig, failures: list[Failure], *, as_table: bool
) -> Iterator[Source]:
    def report(source: str, message: str) -> None:
        failures.append(_failure(source, message))

    if config.isolated and can_isolate():
        return isolated_sources(entry, config, report, as_table=as_table)
    reading = FileReading(config, report)
    return reading.table(entry) if as_table else reading.sources(entry)


def _problems_of(entry: FileEntry) -> list[Failure]:
    """Return an empty list for what goes wrong.

    Raises:
        ReadError: The file cannot even be opened.
    """
    if entry.problem:
        _raise_first([_failure(entry.file, entry.problem)])
    return []


def _strict(
    blocks: Iterator[Block], failures: list[Failure], rest: Iterator[Source] | None = None
) -> Iterator[Block]:
    """Pass blocks on and raise what went wrong behind them; ``rest`` is run to its end."""
    yield from blocks
    for _ in rest or ():
        pass
    _raise_first(failures)


def _raise_first(failures: list[Failure]) -> None:
    for failure in failures:
        remedy = f"；{failure.remedy}" if failure.remedy else ""
        raise ReadError(f"{failure.source}：{failure.reason}{remedy}")


def _failure(source: str, message: str) -> Failure:
    """Split a message at its last semicolon into what is wrong and what to do."""
    reason, separator, remedy = message.rpartition("；")
    if not separator:
        reason, separator, remedy = message.partition("，请")
        remedy = "请" + remedy if separator else ""
    return Failure(stage="read", source=source, reason=reason, remedy=remedy)
