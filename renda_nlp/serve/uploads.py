"""Files that arrive from the browser: names made safe, number and size limited."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["MAX_BYTES", "MAX_FILES", "LimitedBody", "clear", "count_files", "safe_name", "store"]

MAX_BYTES = 500_000_000
MAX_FILES = 5_000
_TOO_LARGE = 413
_MAX_NAME = 120
_FORBIDDEN = frozenset('<>:"|?*\\') | {chr(code) for code in range(32)}


class LimitedBody:
    """Refuses a request whose body is too large, whatever its header says."""

    def __init__(self, app: ASGIApp, max_bytes: int = MAX_BYTES) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and count its body."""
        total = 0

        async def counted() -> Message:
            nonlocal total
            message = await receive()
            total += len(message.get("body", b""))
            if total > self._max_bytes:
                limit = self._max_bytes // 1_000_000
                raise HTTPException(_TOO_LARGE, f"一次最多上传{limit}MB，请分几次放入")
            return message

        await self._app(scope, counted, send)


def safe_name(name: str) -> PurePosixPath | None:
    """Return a path below the material folder, None when nothing is left of the name.

    Steps upwards, drive letters and signs that a file system refuses are taken out.
    """
    parts = []
    for part in name.replace("\\", "/").split("/"):
        plain = "".join(sign for sign in part if sign not in _FORBIDDEN).strip(" .")[:_MAX_NAME]
        if plain:
            parts.append(plain if not part.startswith(".") else f"_{plain}")
    return PurePosixPath(*parts) if parts else None


def _paths(form: FormData, files: Sequence[UploadFile]) -> list[str]:
    """Return the path of each file: those that the script sent, else the bare names."""
    sent = form.get("paths")
    if isinstance(sent, str):
        try:
            paths = json.loads(sent)
        except ValueError:
            paths = []
        if isinstance(paths, list) and len(paths) == len(files):
            return [str(path) for path in paths]
    return [file.filename or "" for file in files]


def store(form: FormData, folder: Path) -> int:
    """Write the uploaded files below ``folder`` and return their number."""
    files = [item for item in form.getlist("files") if isinstance(item, UploadFile)]
    n = 0
    for file, path in zip(files, _paths(form, files), strict=True):
        name = safe_name(path)
        if name is None:
            continue
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as out:
            shutil.copyfileobj(file.file, out)
        n += 1
    return n


def count_files(folder: Path) -> int:
    """Return how many files lie below a folder."""
    return sum(path.is_file() for path in folder.rglob("*")) if folder.is_dir() else 0


def clear(folder: Path) -> None:
    """Remove everything below the folder."""
    shutil.rmtree(folder, ignore_errors=True)
