"""Open zip-based formats and XML with limits: no entity, no network, no bomb."""

import zipfile
import zlib
from pathlib import Path, PurePosixPath

from lxml import etree

from renda_nlp.errors import ReadError

__all__ = [
    "DAMAGED",
    "check_password",
    "file_suffix",
    "local_name",
    "open_package",
    "parse_xml",
    "read_member",
]

MAX_MEMBER_BYTES = 300_000_000
MAX_RATIO = 2000  # unpacked to packed size; XML of office programs stays under 200
RATIO_FREE_BYTES = 10_000_000
HEAD_BYTES = 4096
MAX_SUFFIX = 8
DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError)


def file_suffix(name: str) -> str:
    """Return the suffix of a member's name, fit for a temporary file."""
    suffix = PurePosixPath(name).suffix[1:]
    return f".{suffix}" if suffix.isalnum() and len(suffix) <= MAX_SUFFIX else ""


def open_package(path: Path) -> zipfile.ZipFile:
    """Open a zip-based file.

    Raises:
        ReadError: The file is damaged or no zip file.
    """
    try:
        return zipfile.ZipFile(path)
    except DAMAGED as error:
        raise ReadError("文件已损坏或不完整，请用原软件打开后另存") from error


def read_member(package: zipfile.ZipFile, name: str, *, max_bytes: int = MAX_MEMBER_BYTES) -> bytes:
    """Return one member's bytes.

    Raises:
        ReadError: The member is absent, encrypted, damaged, too large or packed too tightly.
    """
    try:
        member = package.getinfo(name)
        too_tight = member.file_size > max(RATIO_FREE_BYTES, MAX_RATIO * member.compress_size)
        if member.file_size > max_bytes or too_tight:
            raise ReadError("压缩内容展开后过大，疑似压缩炸弹，未读取")
        with package.open(member) as handle:
            data = handle.read(max_bytes + 1)
    except KeyError as error:
        raise ReadError(f"文件缺少内容“{name}”，请用原软件打开后另存") from error
    except NotImplementedError as error:  # a RuntimeError too
        raise ReadError("压缩方式不支持，请解压后再放入") from error
    except RuntimeError as error:  # zipfile says so for encrypted members
        raise ReadError("文件有密码，请去掉密码后再放入") from error
    except DAMAGED as error:
        raise ReadError("文件已损坏或不完整，请用原软件打开后另存") from error
    if len(data) > max_bytes:
        raise ReadError("压缩内容展开后过大，疑似压缩炸弹，未读取")
    return data


def check_password(package: zipfile.ZipFile) -> None:
    """Raise ReadError when an OpenDocument file says that its parts are encrypted."""
    manifest = "META-INF/manifest.xml"
    if manifest in package.namelist() and b"encryption-data" in read_member(package, manifest):
        raise ReadError("文件有密码，请去掉密码后再放入")


def parse_xml(data: bytes) -> etree._Element:
    """Parse XML that came with a document.

    Raises:
        ReadError: It is not well-formed, or declares a DTD, which office formats never do.
    """
    head = data[:HEAD_BYTES].replace(b"\0", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise ReadError("文件内含有不安全的实体定义，未读取；请用原软件打开后另存")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError("文件内容已损坏，请用原软件打开后另存") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ReadError("文件内含有不安全的实体定义，未读取；请用原软件打开后另存")
    return root


def local_name(element: etree._Element) -> str:
    """Return the tag without its namespace; empty for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
