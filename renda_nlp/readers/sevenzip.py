"""7z archives by py7zr (extra ``7z``): members under their own names, with limits."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from renda_nlp.config import ReadConfig
from renda_nlp.errors import ReadError
from renda_nlp.readers.archive import apply_name_rules, clean_name
from renda_nlp.readers.containers import file_suffix
from renda_nlp.readers.files import describe_file
from renda_nlp.readers.source import FileEntry

__all__ = ["unpack_7z"]

TOO_LARGE = "压缩包展开后超过大小上限，未读取；请解压后再放入"


def unpack_7z(entry: FileEntry, folder: Path, config: ReadConfig) -> Iterator[FileEntry]:
    """Yield the members of a 7z file as ``outer.7z!inner.docx``, sorted by name.

    The archive is unpacked in one pass (its members are often one solid block), into files whose
    names are ours alone.

    Raises:
        ReadError: py7zr is not installed, or the archive is damaged, encrypted or too large.
    """
    try:
        import py7zr
    except ImportError as error:
        raise ReadError(
            "7z 压缩包需要部件 pip install 'renda-nlp[7z]'；也可以解压后再放入"
        ) from error
    damaged = (py7zr.exceptions.ArchiveError, OSError, ValueError, EOFError, KeyError, IndexError, TypeError)  # fmt: skip
    try:
        with py7zr.SevenZipFile(entry.path) as archive:
            if archive.needs_password():
                raise ReadError("压缩包有密码，请去掉密码后再放入")
            members = [member for member in archive.list() if not member.is_directory]
            if len(members) > config.max_archive_members:
                raise ReadError(
                    f"压缩包内文件多于{config.max_archive_members}个，未读取；请解压后再放入"
                )
            if sum(member.uncompressed or 0 for member in members) > config.max_archive_bytes:
                raise ReadError(TOO_LARGE)
            store = _Store(folder, config.max_archive_bytes)
            archive.extractall(factory=store)
    except py7zr.exceptions.PasswordRequired as error:
        raise ReadError("压缩包有密码，请去掉密码后再放入") from error
    except damaged as error:
        raise ReadError("压缩包已损坏或不完整，请重新压缩，或解压后再放入") from error
    for name, path in sorted((clean_name(name), path) for name, path in store.paths.items()):
        yield apply_name_rules(describe_file(path, f"{entry.file}!{name}", config), name)
        path.unlink(missing_ok=True)


class _Store:
    """Makes the files that py7zr writes into (its ``WriterFactory``)."""

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self._folder = folder
        self.left = max_bytes
        self.paths: dict[str, Path] = {}

    def create(self, filename: str) -> "_Member":
        """Return where a member goes; called by py7zr."""
        path = self._folder / f"{len(self.paths)}{file_suffix(filename)}"
        self.paths[filename] = path
        return _Member(path, self)


class _Member:
    """One member's file, with the methods that py7zr's ``Py7zIO`` asks for."""

    def __init__(self, path: Path, store: _Store) -> None:
        self._path = path
        self._store = store
        path.touch()

    def write(self, data: bytes | bytearray) -> int:
        """Append unpacked bytes."""
        self._store.left -= len(data)
        if self._store.left < 0:
            raise ReadError(TOO_LARGE)
        with self._path.open("ab") as handle:
            return handle.write(data)

    def read(self, size: int | None = None) -> bytes:
        """Return the bytes so far; py7zr checks links with it."""
        with self._path.open("rb") as handle:
            return handle.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = 0) -> int:  # noqa: ARG002 - py7zr's interface
        """Do nothing: members are written once from their start."""
        return offset

    def flush(self) -> None:
        """Do nothing: every write is on disk."""

    def size(self) -> int:
        """Return the bytes written."""
        return self._path.stat().st_size

    def close(self) -> Any:
        """Do nothing: no handle stays open."""
