"""E-mail (eml): body and attachments; Chinese headers and bodies decoded by content."""

import email
import email.errors
import email.header
import html
import re
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

from renda_nlp.config import ReadConfig
from renda_nlp.errors import ReadError
from renda_nlp.readers.containers import file_suffix
from renda_nlp.readers.encoding import decode_text
from renda_nlp.readers.files import describe_file
from renda_nlp.readers.source import FileEntry

__all__ = ["unpack_mail"]

RAW_NAME = re.compile(r"name\s*=\s*\"?([^\";\r\n]+)")
GB = ("gb2312", "gbk", "gb18030", "unknown-8bit")


def unpack_mail(entry: FileEntry, folder: Path, config: ReadConfig) -> Iterator[FileEntry]:
    """Yield the body under the mail's own name and attachments as ``mail.eml!name``.

    Raises:
        ReadError: The mail has more parts than an archive may have members.
    """
    with entry.path.open("rb") as handle:
        message = email.message_from_binary_file(handle)
    parts = [part for part in message.walk() if not part.is_multipart()]
    if len(parts) > config.max_archive_members:
        raise ReadError("邮件附件过多，未读取；请把附件另存后再放入")
    bodies = [part for part in parts if not part.get_filename()]
    plain = [part for part in bodies if part.get_content_type() == "text/plain"]
    pages = [part for part in bodies if part.get_content_type() == "text/html"]
    subject = _decode_header(message.get("Subject", ""))
    if plain or pages:
        yield _body(entry, subject, plain, pages, folder, config)
    for index, part in enumerate(parts):
        if name := _file_name(part):
            payload = part.get_payload(decode=True)
            path = folder / f"{index}{file_suffix(name)}"
            path.write_bytes(payload if isinstance(payload, bytes) else b"")
            safe = name.replace("/", "_").replace("\\", "_").replace("!", "！")
            yield describe_file(path, f"{entry.file}!{safe}", config)


def _body(
    entry: FileEntry,
    subject: str,
    plain: list[Message],
    pages: list[Message],
    folder: Path,
    config: ReadConfig,
) -> FileEntry:
    text = "\n".join(_decode_part(part) for part in plain or pages[:1])
    path = folder / ("body.txt" if plain else "body.html")
    heading = f"{subject}\n" if plain else f"<h1>{html.escape(subject)}</h1>"
    text = heading + text if subject else text
    path.write_text(text, encoding="utf-8", errors="replace")
    return describe_file(path, entry.file, config)


def _decode_part(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    charset = (part.get_content_charset() or "").lower()
    if charset in GB:
        return payload.decode("gb18030", "replace")
    try:
        return payload.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return decode_text(payload)


def _file_name(part: Message) -> str:
    """Return the name of an attachment; some programs write its bytes without saying how."""
    for key, value in part.raw_items():
        named = key.lower() in ("content-disposition", "content-type")
        found = RAW_NAME.search(str(value)) if named and not str(value).isascii() else None
        if found:
            return " ".join(decode_text(found[1].encode("utf-8", "surrogateescape")).split())
    return _decode_header(part.get_filename() or "")


def _decode_header(value: object) -> str:
    try:
        pieces = email.header.decode_header(str(value))
    except email.errors.HeaderParseError:
        return str(value)
    texts = []
    for data, charset in pieces:
        if isinstance(data, str):
            texts.append(data)
        elif charset is None or charset.lower() in GB:
            texts.append(decode_text(data))
        else:
            try:
                texts.append(data.decode(charset))
            except (LookupError, UnicodeDecodeError):
                texts.append(decode_text(data))
    return " ".join("".join(texts).split())
