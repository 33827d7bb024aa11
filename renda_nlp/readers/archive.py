"""Zip archives: members under their real names, unpacked one at a time with limits."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from renda_nlp.config import ReadConfig
from renda_nlp.errors import ReadError
from renda_nlp.readers.containers import file_suffix, open_package, read_member
from renda_nlp.readers.encoding import decode_text
from renda_nlp.readers.files import describe_file
from renda_nlp.readers.markers import ignored_name
from renda_nlp.readers.source import FileEntry

__all__ = ["apply_name_rules", "clean_name", "member_name", "unpack_zip"]

UTF8_FLAG = 0x800


def unpack_zip(entry: FileEntry, folder: Path, config: ReadConfig) -> Iterator[FileEntry]:
    """Yield the members of a zip file as ``outer.zip!inner.docx``, sorted by name.

    A member that cannot be unpacked comes as an entry with its problem.

    Raises:
        ReadError: The archive is damaged or has too many members.
    """
    with open_package(entry.path) as package:
        members = [member for member in package.infolist() if not member.filename.endswith("/")]
        if len(members) > config.max_archive_members:
            raise ReadError(
                f"压缩包内文件多于{config.max_archive_members}个，未读取；请解压后再放入"
            )
        named = sorted((member_name(member), index) for index, member in enumerate(members))
        left = config.max_archive_bytes
        for name, index in named:
            member = members[index]
            file = f"{entry.file}!{name}"
            path = folder / f"{index}{file_suffix(name)}"
            try:
                if member.file_size > left:
                    raise ReadError("压缩包展开后超过大小上限，此文件未读取；请解压后再放入")  # noqa: TRY301
                data = read_member(package, member.filename, max_bytes=left)
            except ReadError as error:
                yield _unread(file, path, str(error))
                continue
            left -= len(data)
            path.write_bytes(data)
            del data
            yield apply_name_rules(describe_file(path, file, config), name)
            path.unlink()


def _unread(file: str, path: Path, problem: str) -> FileEntry:
    return FileEntry(file=file, path=path, n_bytes=0, fingerprint="", problem=problem)


def apply_name_rules(entry: FileEntry, name: str) -> FileEntry:
    """Apply the rules for ignored names to the member's own name, not the temporary one."""
    base = PurePosixPath(name)
    reason = "系统文件" if base.parts[0] == "__MACOSX" else ignored_name(base.name)
    return replace(entry, ignored=reason, problem="") if reason else entry


def member_name(member: zipfile.ZipInfo) -> str:
    """Return the name of a member; Windows programs write GBK without saying so."""
    name = member.filename
    if not member.flag_bits & UTF8_FLAG:
        name = decode_text(name.encode("cp437", "replace"))
    return clean_name(name)


def clean_name(name: str) -> str:
    """Return a member's name without ways out of the archive, printable."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    text = "/".join(parts) or "无名文件"
    return "".join(char if char.isprintable() else "\ufffd" for char in text).replace("!", "！")
