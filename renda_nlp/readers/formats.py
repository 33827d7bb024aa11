"""Which reader reads which format, and what to say of formats that none reads."""

from pathlib import Path

from renda_nlp.config import ReadConfig
from renda_nlp.errors import ReadError
from renda_nlp.protocols import Reader
from renda_nlp.readers.sniff import sniff_format
from renda_nlp.registry import READERS

__all__ = ["CONTAINERS", "find_format", "make_reader", "unread_reason"]

PAGED = frozenset(("pdf", "image"))  # pages may be pictures
CONTAINERS = frozenset(("zip", "7z", "eml", "msg"))
UNREAD = {
    "encrypted": "文件有密码，请去掉密码后再放入",
    "rar": "rar 压缩包不能读取（没有可自由使用的解压部件），请解压后再放入",
    "gz": "gz 压缩包暂不能读取，请解压后再放入",
    "xml": "XML 文件不能读取，请用原软件打开后另存为 docx、xlsx 或 pdf",
    "json": "JSON 文件暂不能读取，请每行一个对象存为 jsonl",
    "binary": "不是文字材料或格式不认识，请另存为 docx、xlsx 或 pdf",
}


def find_format(path: Path, file: str) -> str:
    """Return the format of a file: its suffix where a plug-in reads that, else by its content.

    Args:
        path: Where the file lies.
        file: Its name, or its name inside an archive.

    Raises:
        OSError: The file cannot be opened.
    """
    suffix = Path(file).suffix.lower().lstrip(".")
    return suffix if suffix in READERS.added() else sniff_format(path)


def make_reader(format_name: str, config: ReadConfig, fingerprint: str) -> Reader:
    """Return the reader of a format; its library is imported only now.

    Args:
        format_name: What ``sniff_format`` says.
        config: Whether and how pictures of pages are recognised.
        fingerprint: Of the file.

    Raises:
        ReadError: No reader reads the format.
    """
    if format_name not in READERS.names():
        raise ReadError(unread_reason(format_name))
    arguments = []
    if format_name in PAGED:
        from renda_nlp.readers.ocr import make_recogniser

        arguments.append(make_recogniser(config, fingerprint))
    return READERS.create(format_name, *arguments)


def unread_reason(format_name: str) -> str:
    """Return in Chinese why a format is not read and what to do."""
    return UNREAD.get(format_name, f"{format_name} 格式暂不能读取，请另存为 docx")
