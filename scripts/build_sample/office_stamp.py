"""Author and time of the office files, fixed so that a rebuild gives the same bytes."""

import datetime as dt
import zipfile
from pathlib import Path

AUTHOR = "柏渡镇人大办"
STAMPED_AT = dt.datetime(2025, 12, 31, 9, 0, 0, tzinfo=dt.UTC)
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def repack_zip(path: Path) -> None:
    """Rewrite a zip file in place with fixed time stamps on its members."""
    with zipfile.ZipFile(path) as archive:
        members = [(entry.filename, archive.read(entry.filename)) for entry in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            entry = zipfile.ZipInfo(name, ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
