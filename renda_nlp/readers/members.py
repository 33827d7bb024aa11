"""The files inside archives and mails, unpacked to a temporary folder with limits."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from renda_nlp.config import ReadConfig
from renda_nlp.readers.archive import unpack_zip
from renda_nlp.readers.eml import unpack_mail
from renda_nlp.readers.outlook import unpack_outlook
from renda_nlp.readers.sevenzip import unpack_7z
from renda_nlp.readers.source import FileEntry

__all__ = ["UNPACKERS", "open_members"]

UNPACKERS = {
    "zip": unpack_zip,
    "7z": unpack_7z,
    "eml": unpack_mail,
    "msg": unpack_outlook,
}
"""Format to what yields its members."""


@contextmanager
def open_members(
    entry: FileEntry, format_name: str, config: ReadConfig
) -> Iterator[Iterator[FileEntry]]:
    """Give the members of an archive or mail; they exist until the context ends.

    Raises:
        ReadError: The container is damaged, encrypted or too large.
    """
    with tempfile.TemporaryDirectory(prefix="renda-") as folder:
        yield UNPACKERS[format_name](entry, Path(folder), config)
