"""Read a folder of mixed files into documents and blocks that keep their place."""

from renda_nlp.config import ReadConfig
from renda_nlp.readers.files import list_files
from renda_nlp.readers.isolation import close_workers, start_reading
from renda_nlp.readers.kinds import guess_kind
from renda_nlp.readers.markers import OCR_FOLDER
from renda_nlp.readers.reading import read_file, read_folder, read_table
from renda_nlp.readers.sniff import sniff_format
from renda_nlp.readers.source import FileEntry, Source

__all__ = [
    "OCR_FOLDER",
    "FileEntry",
    "ReadConfig",
    "Source",
    "close_workers",
    "guess_kind",
    "list_files",
    "read_file",
    "read_folder",
    "read_table",
    "sniff_format",
    "start_reading",
]
