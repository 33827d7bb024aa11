"""The reading process: takes files by name on stdin, sends documents and blocks on stdout.

Messages are JSON arrays, one a line: ``hello``, ``file`` (the member being read), ``document``,
``blocks``, ``failure`` and ``end``. ``readers.isolation`` is the other side.
"""

import os
import signal
import sys
import tempfile
import time
from contextlib import suppress
from typing import BinaryIO

from renda_nlp.readers.filereading import FileReading
from renda_nlp.readers.wire import block_values, decode, document_values, encode, open_request
from renda_nlp.records import Block

__all__ = ["main"]

BATCH_BLOCKS = 256
BATCH_CHARACTERS = 200_000
BATCH_SECONDS = 1.0


def main(scratch: str) -> None:
    """Read what stdin asks for until it is closed.

    Args:
        scratch: Folder for unpacked members; the main process removes it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the main process's to handle
    tempfile.tempdir = scratch
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a library that prints must not disturb
    with suppress(BrokenPipeError):
        _send(answers, ["hello"])
        for line in requests:
            _answer(line, answers)


def _answer(line: bytes, answers: BinaryIO) -> None:
    entry, config, as_table = open_request(decode(line))
    _limit_memory(config.max_memory_bytes)
    reading = FileReading(
        config,
        lambda source, message: _send(answers, ["failure", source, message]),
        lambda file: _send(answers, ["file", file]),
    )
    for source in reading.table(entry) if as_table else reading.sources(entry):
        _send(answers, ["document", document_values(source.document)])
        batch = _Batch(answers)
        for block in source.blocks:
            batch.add(block)
        batch.flush()
    _send(answers, ["end", reading.is_shaken])


class _Batch:
    """Blocks that travel together; none waits longer than a second for its successor."""

    def __init__(self, answers: BinaryIO) -> None:
        self._answers = answers
        self._blocks: list[list[object]] = []
        self._n_characters = 0
        self._since = time.monotonic()

    def add(self, block: Block) -> None:
        """Take a block and send the batch when it is large or old."""
        self._blocks.append(block_values(block))
        self._n_characters += len(block.text)
        full = len(self._blocks) >= BATCH_BLOCKS or self._n_characters >= BATCH_CHARACTERS
        if full or time.monotonic() - self._since > BATCH_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Send what there is."""
        if self._blocks:
            _send(self._answers, ["blocks", self._blocks])
        self._blocks, self._n_characters, self._since = [], 0, time.monotonic()


def _send(answers: BinaryIO, message: list[object]) -> None:
    answers.write(encode(message))
    answers.flush()


def _limit_memory(n_bytes: int) -> None:
    """Bound the address space of this process, where the system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard == resource.RLIM_INFINITY or n_bytes <= hard:
            resource.setrlimit(resource.RLIMIT_AS, (n_bytes, hard))
