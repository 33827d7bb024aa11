"""Reading in a process of its own, so that no file can take the run down.

One worker serves file after file; it is replaced when it dies, hangs or was shaken by a file, and
after a number of files, so that leaks of foreign parsers stay small. What it read before it died is kept.
"""

import atexit
import logging
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from shutil import rmtree
from typing import Any, BinaryIO

from renda_nlp.config import ReadConfig
from renda_nlp.errors import InputError
from renda_nlp.readers.source import FileEntry, Source
from renda_nlp.readers.wire import Request, decode, encode, make_block, make_document, make_request
from renda_nlp.records import Block

__all__ = ["can_isolate", "close_workers", "isolated_sources", "start_reading"]

START_SECONDS = 120
MAX_FILES = 2_000  # per worker
AHEAD = 16  # messages that may wait in the main process
BOOT = "import sys; from renda_nlp.readers.worker import main; main(sys.argv[1])"
DIED = "读取程序在此处异常退出，其余内容未读取；请用原软件打开后另存"
HUNG = (
    "读取超过时限（{seconds}秒），其余内容未读取；请用原软件打开后另存，或调高设置 read.{setting}"
)
FEW_THREADS = {"MALLOC_ARENA_MAX": "4", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "4"}
LOGGER = logging.getLogger(__name__)
Report = Callable[[str, str], None]


def can_isolate() -> bool:
    """Whether another Python can be started: not inside a frozen program."""
    return bool(sys.executable) and not getattr(sys, "frozen", False)


def isolated_sources(
    entry: FileEntry, config: ReadConfig, report: Report, *, as_table: bool
) -> Iterator[Source]:
    """Yield the documents of a file as ``FileReading`` does, read by a worker.

    Args:
        entry: The file.
        config: What to read, and the limits of time and memory.
        report: Called with (file or member, message) for whatever cannot be read.
        as_table: Read the file as one table or list of lines.
    """
    if config.ocr and not config.ocr_folder:
        config = replace(config, ocr_folder=_shared_folder().name)
    worker = _borrow()
    reading = _Reading(worker, entry.file, config, report)
    try:
        worker.send(make_request(entry, config, as_table=as_table))
        yield from reading.sources()
    finally:
        if reading.is_finished and worker.n_files < MAX_FILES:
            _IDLE.append(worker)
        else:
            worker.close()


class _Reading:
    """The answers of a worker about one file."""

    def __init__(self, worker: "_Worker", file: str, config: ReadConfig, report: Report) -> None:
        self._worker = worker
        self._file = file  # or the member being read
        self._config = config
        self._report = report
        self._waited = 0.0
        self._next: list[Any] | None = None
        self._is_over = False
        self._n_documents = 0
        self.is_finished = False  # the worker has said so and can be used again

    def sources(self) -> Iterator[Source]:
        """Yield the documents; blocks that nobody used are passed over."""
        while not self._is_over:
            message = self._take()
            if message and message[0] == "document":
                document = make_document(message[1])
                self._n_documents += 1
                yield Source(document, self._blocks(document.file, self._n_documents))
        self._n_documents += 1

    def _blocks(self, file: str, number: int) -> Iterator[Block]:
        while True:
            if number != self._n_documents:
                raise RuntimeError(f"{file}: use the blocks before asking for the next source")
            message = self._take(only="blocks")
            if message is None:
                return
            for values in message[1]:
                yield make_block(values, file)

    def _take(self, only: str = "") -> list[Any] | None:
        """Return the next message of content; None when it is not of the kind asked for."""
        while not self._is_over:
            message = self._next or self._receive()
            self._next = None
            match message[0]:
                case "file":
                    self._file = message[1]
                case "failure":
                    self._report(message[1], message[2])
                case "end":
                    self._is_over = True
                    self.is_finished = not message[1]
                case kind if only in ("", kind):
                    return message
                case _:
                    self._next = message
                    return None
        return None

    def _receive(self) -> list[Any]:
        """Return the next message; silence and death become a failure and an end."""
        left = self._config.max_file_seconds - self._waited
        seconds = min(float(self._config.max_silent_seconds), left)
        message, waited = self._worker.receive(seconds)
        self._waited += waited
        if message is not None:
            return message
        if self._worker.is_dead:
            self._report(self._file, DIED)
        else:
            setting = "max_silent_seconds" if seconds < left else "max_file_seconds"
            limit = getattr(self._config, setting)
            self._report(self._file, HUNG.format(seconds=limit, setting=setting))
        return ["end", True]


class _Worker:
    """A reading process and the thread that listens to it."""

    def __init__(self) -> None:
        self.n_files = 0
        self.is_dead = False
        self._owner = os.getpid()
        self._scratch = tempfile.mkdtemp(prefix="renda-")
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", BOOT, self._scratch],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if LOGGER.isEnabledFor(logging.INFO) else subprocess.DEVNULL,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._messages: queue.Queue[list[Any] | None] = queue.Queue(AHEAD)
        self._is_closed = threading.Event()
        self._has_greeted = False
        threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True).start()

    def wait(self) -> None:
        """Wait until the process has started.

        Raises:
            InputError: It cannot.
        """
        if not self._has_greeted and self.receive(START_SECONDS)[0] is None:
            self.close()
            raise InputError("读取程序无法启动，请检查安装；或设置 read.isolated = false")
        self._has_greeted = True

    def is_usable(self) -> bool:
        """Whether the process lives and belongs to this one, not to the parent of a fork."""
        return self._owner == os.getpid() and self._process.poll() is None

    def send(self, request: Request) -> None:
        """Ask for a file."""
        self.n_files += 1
        pipe = self._process.stdin
        try:
            if pipe is not None:
                pipe.write(encode(request))
                pipe.flush()
        except OSError:
            pass  # it has died; receive says so

    def receive(self, seconds: float) -> tuple[list[Any] | None, float]:
        """Return (message, seconds waited); no message when the time is up or the worker dead."""
        start = time.monotonic()
        try:
            message = self._messages.get(timeout=max(0.0, seconds))
        except queue.Empty:
            message = None
        else:
            self.is_dead = message is None
        return message, time.monotonic() - start

    def close(self) -> None:
        """End the process and remove what it unpacked."""
        _ALL.discard(self)
        self._is_closed.set()
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        rmtree(self._scratch, ignore_errors=True)

    def _listen(self, pipe: BinaryIO) -> None:
        with suppress(OSError, ValueError):  # closed, or garbled by a process gone wrong
            for line in pipe:
                self._hand_on(decode(line))
        self._hand_on(None)

    def _hand_on(self, message: list[Any] | None) -> None:
        while not self._is_closed.is_set():
            try:
                self._messages.put(message, timeout=1.0)
            except queue.Full:
                continue
            return


def _environment() -> dict[str, str]:
    """Return the environment of a worker: our module path, few threads.

    Each thread and each memory arena reserves address space, which the memory limit counts; with
    many cores the libraries' defaults alone would pass it.
    """
    return {
        **os.environ,
        **{name: os.environ.get(name, value) for name, value in FEW_THREADS.items()},
        "PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path),
    }


_ALL: set[_Worker] = set()
_IDLE: list[_Worker] = []


def start_reading(config: ReadConfig) -> None:
    """Start a reading process now, so that it is there when the first file is asked for."""
    if config.isolated and can_isolate() and not _IDLE:
        _IDLE.append(_new_worker())


def _borrow() -> _Worker:
    """Return an idle worker, or a new one."""
    while _IDLE:
        worker = _IDLE.pop()
        if worker.is_usable():
            worker.wait()
            return worker
        worker.close()
    worker = _new_worker()
    worker.wait()
    return worker


def _new_worker() -> _Worker:
    if not _ALL:
        atexit.register(close_workers)
    worker = _Worker()
    _ALL.add(worker)
    return worker


@cache
def _shared_folder() -> tempfile.TemporaryDirectory[str]:
    """Return where this run keeps recognised pages, so that quotes are checked without OCR."""
    return tempfile.TemporaryDirectory(prefix="renda-", ignore_cleanup_errors=True)


def close_workers() -> None:
    """End every reading process; the next file starts a new one."""
    _IDLE.clear()
    for worker in list(_ALL):
        worker.close()
