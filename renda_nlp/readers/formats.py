"""Which reader reads which format, and what to say of formats that none reads."""

from renda_nlp.config import ReadConfig
from renda_nlp.errors import ReadError
from renda_nlp.protocols import Reader

__all__ = ["CONTAINERS", "make_reader", "unread_reason"]

READERS = {
    "txt": "renda_nlp.readers.text:TextReader",
    "md": "renda_nlp.readers.text:MarkdownReader",
    "csv": "renda_nlp.readers.delimited:DelimitedReader",
    "tsv": "renda_nlp.readers.delimited:DelimitedReader",
    "html": "renda_nlp.readers.html:HtmlReader",
    "docx": "renda_nlp.readers.docx:DocxReader",
    "xlsx": "renda_nlp.readers.spreadsheet:SpreadsheetReader",
    "xls": "renda_nlp.readers.spreadsheet:SpreadsheetReader",
    "ods": "renda_nlp.readers.spreadsheet:SpreadsheetReader",
    "pdf": "renda_nlp.readers.pdf:PdfReader",
    "jsonl": "renda_nlp.readers.jsonlines:JsonLinesReader",
    "parquet": "renda_nlp.readers.parquet:ParquetReader",
    "doc": "renda_nlp.readers.doc:DocReader",
    "ppt": "renda_nlp.readers.ppt:PptReader",
    "pptx": "renda_nlp.readers.pptx:PptxReader",
    "odt": "renda_nlp.readers.odt:OdtReader",
    "odp": "renda_nlp.readers.odt:OdtReader",
    "rtf": "renda_nlp.readers.rtf:RtfReader",
    "ofd": "renda_nlp.readers.ofd:OfdReader",
    "image": "renda_nlp.readers.picture:PictureReader",
}
PAGED = frozenset(("pdf", "image"))  # pages may be pictures
CONTAINERS = frozenset(("zip", "7z", "eml", "msg"))
UNREAD = {
    "encrypted": "文件有密码，请去掉密码后再放入",
    "rar": "rar 压缩包不能读取（没有可自由使用的解压部件），请解压后再放入",
    "gz": "gz 压缩包暂不能读取，请解压后再放入",
    "json": "JSON 文件暂不能读取，请每行一个对象存为 jsonl",
    "binary": "不是文字材料或格式不认识，请另存为 docx、xlsx 或 pdf",
}


def make_reader(format_name: str, config: ReadConfig, fingerprint: str) -> Reader:
    """Return the reader of a format; its library is imported only now.

    Args:
        format_name: What ``sniff_format`` says.
        config: Whether and how pictures of pages are recognised.
        fingerprint: Of the file.

    Raises:
        ReadError: No reader reads the format.
    """
    if format_name not in READERS:
        raise ReadError(unread_reason(format_name))
    from importlib import import_module

    module, _, name = READERS[format_name].partition(":")
    arguments = []
    if format_name in PAGED:
        from renda_nlp.readers.ocr import make_recogniser

        arguments.append(make_recogniser(config, fingerprint))
    reader: Reader = getattr(import_module(module), name)(*arguments)
    return reader


def unread_reason(format_name: str) -> str:
    """Return in Chinese why a format is not read and what to do."""
    return UNREAD.get(format_name, f"{format_name} 格式暂不能读取，请另存为 docx")
