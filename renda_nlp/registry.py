"""Backends by name, imported when asked for; other packages add theirs by entry points.

An entry point of group ``renda_nlp.<family>`` adds a name:

* ``renda_nlp.readers``: the name is a file suffix; called without arguments.
* ``renda_nlp.segmenters``: chosen by ``segment.engine``; called with (word, tag) pairs.
* ``renda_nlp.classifiers``: chosen by ``classify.engine``; called with the model folder.
* ``renda_nlp.writers``: the name is a file suffix; every report is written as report.<name> too.

``renda_nlp.protocols`` says what each must offer; tests/plugins holds a complete package.
"""

from functools import cached_property
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Generic, TypeVar

from renda_nlp.errors import RegistryError
from renda_nlp.protocols import Classifier, Executor, Reader, Segmenter, Writer

__all__ = ["CLASSIFIERS", "EXECUTORS", "READERS", "SEGMENTERS", "WRITERS", "Registry"]

T = TypeVar("T")


class Registry(Generic[T]):
    """Name to backend, for one family; names of ours cannot be taken by others."""

    def __init__(self, family: str, known: dict[str, str]) -> None:
        self._family = family
        self._known = known

    @cached_property
    def _points(self) -> dict[str, EntryPoint]:
        found = entry_points(group=f"renda_nlp.{self._family}")
        return {point.name: point for point in found if point.name not in self._known}

    def names(self) -> list[str]:
        """Return every known name, sorted."""
        return sorted({*self._points, *self._known})

    def added(self) -> list[str]:
        """Return the names that other packages add, sorted."""
        return sorted(self._points)

    def create(self, name: str, *args: Any, **kwargs: Any) -> T:
        """Import the backend called ``name`` and build it.

        Raises:
            RegistryError: Nothing of that name is known.
        """
        if name in self._points:
            made: T = self._points[name].load()(*args, **kwargs)
            return made
        if name not in self._known:
            known = ", ".join(self.names())
            raise RegistryError(f"no {self._family} named {name!r}; known: {known}")
        module, attribute = self._known[name].split(":")
        built: T = getattr(import_module(module), attribute)(*args, **kwargs)
        return built


READERS: Registry[Reader] = Registry(
    "readers",
    {
        "txt": "renda_nlp.readers.text:TextReader",
        "md": "renda_nlp.readers.text:MarkdownReader",
        "csv": "renda_nlp.readers.delimited:DelimitedReader",
        "tsv": "renda_nlp.readers.delimited:DelimitedReader",
        "html": "renda_nlp.readers.html:HtmlReader",
        "docx": "renda_nlp.readers.docx:DocxReader",
        "wordxml": "renda_nlp.readers.officexml:WordXmlReader",
        "excelxml": "renda_nlp.readers.officexml:ExcelXmlReader",
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
    },
)
SEGMENTERS: Registry[Segmenter] = Registry(
    "segmenters",
    {
        "jieba": "renda_nlp.segmentation.jieba:JiebaSegmenter",
        "rjieba": "renda_nlp.segmentation.rjieba:RjiebaSegmenter",
    },
)
CLASSIFIERS: Registry[Classifier] = Registry(
    "classifiers",
    {
        "linear": "renda_nlp.classification.linear:load_classifier",
        "transformer": "renda_nlp.classification.transformer:TransformerClassifier",
    },
)
EXECUTORS: Registry[Executor] = Registry(
    "executors",
    {
        "serial": "renda_nlp.executors.serial:SerialExecutor",
        "processes": "renda_nlp.executors.processes:ProcessExecutor",
        "forks": "renda_nlp.executors.processes:ForkExecutor",
    },
)
WRITERS: Registry[Writer] = Registry(
    "writers",
    {
        "html": "renda_nlp.reports.html:HtmlWriter",
        "docx": "renda_nlp.reports.docx:DocxWriter",
        "xlsx": "renda_nlp.reports.xlsx:XlsxWriter",
        "json": "renda_nlp.reports.json:JsonWriter",
        "jsonl": "renda_nlp.reports.jsonl:JsonlWriter",
        "parquet": "renda_nlp.reports.parquet:ParquetWriter",
    },
)
