"""List the files below a folder, each with its fingerprint or why it is left out."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from renda_nlp.config import ReadConfig
from renda_nlp.errors import InputError
from renda_nlp.readers.markers import OUTPUT_FOLDER_MARKER, ignored_name, is_own_output
from renda_nlp.readers.source import FileEntry

__all__ = ["describe_file", "fingerprint", "list_files"]

CHUNK_BYTES = 1 << 20
PERMISSION_PROBLEM = "没有读取权限或文件已被移走，请检查后重试"


def list_files(folder: Path, config: ReadConfig) -> tuple[FileEntry, ...]:
    """Return every file below ``folder``, sorted by name; ignored and unreadable ones too.

    Folders that hold ``.renda-output`` are left out whole.

    Raises:
        InputError: ``folder`` is no folder.
    """
    if not folder.is_dir():
        raise InputError(f"{folder}：不是文件夹；请给出存放资料的文件夹")
    entries = [describe_file(path, _name(path, folder), config) for path in _walk(folder)]
    return tuple(sorted(entries, key=lambda entry: entry.file))


def describe_file(path: Path, file: str, config: ReadConfig) -> FileEntry:
    """Return the entry of one file, its bytes hashed unless it is ignored."""
    reason = ignored_name(path.name)
    n_bytes, digest, problem = 0, "", ""
    try:
        if path.is_dir():
            problem = "文件夹没有读取权限，请检查后重试"
        elif not path.is_file():
            problem = "不是普通文件或链接已失效，请检查后重试"
        else:
            n_bytes = path.stat().st_size
            if not reason and n_bytes == 0:
                problem = "文件是空的（0 字节），请核对原件"
            elif not reason and n_bytes > config.max_file_bytes:
                problem = f"文件超过{config.max_file_bytes // 1_000_000}兆的上限，请拆分后再放入"
            elif not reason and is_own_output(path):
                reason = "本程序的输出"
            if not reason and not problem:
                digest = fingerprint(path)
    except OSError:
        problem = PERMISSION_PROBLEM
    return FileEntry(
        file=file,
        path=path,
        n_bytes=n_bytes,
        fingerprint=digest,
        ignored=reason,
        problem="" if reason else problem,
    )


def fingerprint(path: Path) -> str:
    """Return 16 hex digits of blake2b over the bytes of a file."""
    digest = hashlib.blake2b(digest_size=8)
    with path.open("rb") as handle:
        while chunk := handle.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _walk(folder: Path) -> Iterator[Path]:
    """Yield files, and folders that cannot be opened; no folder is entered twice."""
    unreadable: list[Path] = []
    seen: set[tuple[int, int]] = set()
    walk = os.walk(
        folder,
        followlinks=True,
        onerror=lambda error: unreadable.append(Path(str(error.filename))),
    )
    for name, folders, files in walk:
        here = Path(name)
        status = here.stat()
        identity = (status.st_dev, status.st_ino)
        if identity in seen or OUTPUT_FOLDER_MARKER in files:
            folders.clear()
            continue
        seen.add(identity)
        folders.sort()
        for file in sorted(files):
            yield here / file
    yield from unreadable


def _name(path: Path, folder: Path) -> str:
    """Return the name relative to the folder, printable: bytes that are no UTF-8 read as GBK."""
    text = path.relative_to(folder).as_posix()
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = os.fsencode(text).decode("gb18030", "replace")
    return "".join(char if char.isprintable() or char == " " else "\ufffd" for char in text)
