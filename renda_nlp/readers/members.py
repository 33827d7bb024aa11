"""The files inside archives and mails, unpacked to a temporary folder with limits."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from renda_nlp.config import ReadConfig
from renda_nlp.readers.archive import unpack_zip
from renda_nlp.readers.eml import unpack_mail
from renda_nlp.readers.source import FileEntry

__all__ = ["open_members"]


@contextmanager
def open_members(
    entry: FileEntry, format_name: str, config: ReadConfig
) -> Iterator[Iterator[FileEntry]]:
    """Give the members of an archive or mail; they exist until the context ends.

    Raises:
        ReadError: The container is damaged, encrypted or too large.
    """
    with tempfile.TemporaryDirectory(prefix="renda-") as folder:
        unpack = unpack_mail if format_name == "eml" else unpack_zip
        yield unpack(entry, Path(folder), config)
