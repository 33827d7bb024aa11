"""Outlook messages (msg): body and attachments, by the property streams of [MS-OXMSG]."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import olefile

from renda_nlp.config import ReadConfig
from renda_nlp.errors import ReadError
from renda_nlp.readers.containers import file_suffix
from renda_nlp.readers.encoding import decode_text
from renda_nlp.readers.files import describe_file
from renda_nlp.readers.outlookrtf import body_as_html, unpack_rtf
from renda_nlp.readers.source import FileEntry

__all__ = ["unpack_outlook"]

SUBJECT, BODY, BODY_RTF, BODY_HTML = "0037", "1000", "1009", "1013"
ATTACHED_DATA, ATTACHED_MESSAGE = "37010102", "3701000D"
LONG_NAME, SHORT_NAME = "3707", "3704"
UNICODE, EIGHT_BIT, BINARY = "001F", "001E", "0102"
MAX_DEPTH = 3
Storage = tuple[str, ...]


def unpack_outlook(entry: FileEntry, folder: Path, config: ReadConfig) -> Iterator[FileEntry]:
    """Yield the body under the message's own name and attachments as ``mail.msg!name``.

    Raises:
        ReadError: The file is damaged or holds too many attachments.
    """
    try:
        ole = olefile.OleFileIO(entry.path)
    except (OSError, ValueError, IndexError, RecursionError) as error:
        raise ReadError("Outlook 邮件已损坏，请在 Outlook 中另存为 eml 或 txt") from error
    with ole:
        yield from _Message(ole, folder, config).members(entry.file, ())


class _Message:
    """The parts of a message, and of messages attached to it."""

    def __init__(self, ole: olefile.OleFileIO, folder: Path, config: ReadConfig) -> None:
        self._ole = ole
        self._folder = folder
        self._config = config
        self._n_files = 0
        self._left = config.max_archive_bytes

    def members(self, file: str, storage: Storage) -> Iterator[FileEntry]:
        """Yield body and attachments of the message in a storage."""
        try:
            body = self._body(storage)
        except ReadError as error:  # the attachments may be whole
            yield FileEntry(
                file=file, path=self._folder, n_bytes=0, fingerprint="", problem=str(error)
            )
            body = None
        if body:
            yield self._entry(file, *body)
        for attachment in self._attachments(storage):
            if self._n_files >= self._config.max_archive_members:
                raise ReadError("邮件附件过多，其余未读取；请把附件另存后再放入")
            yield from self._attachment(file, attachment)

    def _attachments(self, storage: Storage) -> list[Storage]:
        try:
            paths = [tuple(path) for path in self._ole.listdir(streams=True, storages=True)]
        except RecursionError as error:  # a folder that holds itself
            raise ReadError("Outlook 邮件已损坏，请在 Outlook 中另存为 eml 或 txt") from error
        depth = len(storage)
        return sorted(
            {
                path[: depth + 1]
                for path in paths
                if path[:depth] == storage
                and len(path) > depth
                and path[depth].startswith("__attach_version1.0_")
            }
        )

    def _attachment(self, file: str, storage: Storage) -> Iterator[FileEntry]:
        name = self._text(storage, LONG_NAME) or self._text(storage, SHORT_NAME)
        inner = (*storage, f"__substg1.0_{ATTACHED_MESSAGE}")
        if self._ole.exists(list(inner)):
            subject = _safe(self._text(inner, SUBJECT)) or "邮件"
            if len(inner) <= MAX_DEPTH * 2:
                yield from self.members(f"{file}!{subject}.msg", inner)
            return
        data = self._stream((*storage, f"__substg1.0_{ATTACHED_DATA}"))
        name = _safe(name) or f"附件{self._n_files + 1}"
        if data is not None:
            yield self._entry(f"{file}!{name}", file_suffix(name), data)

    def _body(self, storage: Storage) -> tuple[str, bytes] | None:
        """Return (suffix, content) of the body, the subject in front."""
        subject = self._text(storage, SUBJECT).strip()
        plain = self._text(storage, BODY).strip()
        page = "" if plain else self._page(storage)
        if page:
            head = f"<h1>{html.escape(subject)}</h1>" if subject else ""
            text = re.sub(r"charset=[\"']?[\w-]+", "charset=utf-8", page)
            return ".html", (head + text).encode("utf-8", "replace")
        if plain or subject:
            return ".txt", f"{subject}\n{plain}".strip().encode("utf-8", "replace")
        return None

    def _page(self, storage: Storage) -> str:
        """Return the body that is a page or RTF; empty where there is none."""
        if page := self._stream((*storage, f"__substg1.0_{BODY_HTML}{BINARY}")):
            return decode_text(page)
        packed = self._stream((*storage, f"__substg1.0_{BODY_RTF}{BINARY}"))
        return body_as_html(unpack_rtf(packed)) if packed else ""

    def _entry(self, file: str, suffix: str, data: bytes) -> FileEntry:
        self._n_files += 1
        self._left -= len(data)
        if self._left < 0:
            raise ReadError("邮件附件总量超过上限，其余未读取；请把附件另存后再放入")
        path = self._folder / f"{self._n_files}{suffix}"
        path.write_bytes(data)
        return describe_file(path, file, self._config)

    def _text(self, storage: Storage, tag: str) -> str:
        if data := self._stream((*storage, f"__substg1.0_{tag}{UNICODE}")):
            return data.decode("utf-16-le", "replace").rstrip("\0")
        data = self._stream((*storage, f"__substg1.0_{tag}{EIGHT_BIT}"))
        return decode_text(data).rstrip("\0") if data else ""

    def _stream(self, path: Storage) -> bytes | None:
        try:
            if not self._ole.exists(list(path)):
                return None
            with self._ole.openstream(list(path)) as stream:
                data: bytes = stream.read()
                return data
        except (OSError, ValueError, IndexError) as error:
            raise ReadError("Outlook 邮件已损坏，请在 Outlook 中另存为 eml 或 txt") from error


def _safe(name: str) -> str:
    """Return a name without separators and control characters."""
    text = re.sub(r"[/\\]", "_", name.strip()).replace("!", "！")
    return "".join(char if char.isprintable() else "\ufffd" for char in text)
