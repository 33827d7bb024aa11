"""Backends by name, imported when asked for; other packages add theirs by entry points.

An entry point of group ``renda_nlp.<family>`` (``renda_nlp.segmenters`` ...) adds a name.
"""

from importlib import import_module
from importlib.metadata import entry_points
from typing import Any, Generic, TypeVar

from renda_nlp.errors import RegistryError
from renda_nlp.protocols import Executor, Segmenter, Writer

__all__ = ["EXECUTORS", "SEGMENTERS", "WRITERS", "Registry"]

T = TypeVar("T")


class Registry(Generic[T]):
    """Name to backend, for one family."""

    def __init__(self, family: str, known: dict[str, str]) -> None:
        self._family = family
        self._known = known

    def names(self) -> list[str]:
        """Return every known name, sorted."""
        found = {point.name for point in entry_points(group=f"renda_nlp.{self._family}")}
        return sorted(found | set(self._known))

    def create(self, name: str, *args: Any, **kwargs: Any) -> T:
        """Import the backend called ``name`` and build it.

        Raises:
            RegistryError: Nothing of that name is known.
        """
        for point in entry_points(group=f"renda_nlp.{self._family}", name=name):
            made: T = point.load()(*args, **kwargs)
            return made
        if name not in self._known:
            known = ", ".join(self.names())
            raise RegistryError(f"no {self._family} named {name!r}; known: {known}")
        module, attribute = self._known[name].split(":")
        built: T = getattr(import_module(module), attribute)(*args, **kwargs)
        return built


SEGMENTERS: Registry[Segmenter] = Registry(
    "segmenters",
    {
        "jieba": "renda_nlp.segmentation.jieba:JiebaSegmenter",
        "rjieba": "renda_nlp.segmentation.rjieba:RjiebaSegmenter",
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
