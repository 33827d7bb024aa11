"""Data inside the page: JSON that no reader takes for mark-up, deflated where it is long."""

import json
import re
import zlib
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

__all__ = ["embed_json", "embed_rows", "json_bytes", "pack"]

_MAX_PLAIN = 8_000_000  # bytes: an office of one town stays below, with any old browser
_INDENT = re.compile(r"\s*\n\s*")
_PIECE = 1 << 20  # characters that are deflated in one go


def embed_json(value: object) -> Markup:
    """Return data as JSON that no reader takes for mark-up."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)


def json_bytes(value: object) -> bytes:
    """Return what ``embed_json`` gives, in UTF-8."""
    return embed_json(value).encode("utf-8", "replace")


def embed_rows(names: Mapping[str, Sequence[str]], rows: Sequence[bytes]) -> tuple[str, Markup]:
    """Return media type and text of the opinion list: JSON, or deflated where that is long.

    Args:
        names: What the numbers in the rows stand for.
        rows: Each as ``json_bytes`` gives it.
    """
    data = b'{"names":%b,"rows":[%b]}' % (json_bytes(names), b",".join(rows))
    if len(data) <= _MAX_PLAIN:
        return "application/json", Markup(data.decode("utf-8"))
    return "application/octet-stream", _as_text(zlib.compress(data, 9))


def _as_text(data: bytes) -> Markup:
    return Markup(b64encode(data).decode("ascii"))


def pack(parts: Iterable[str]) -> Markup:
    """Return the parts of a text without its indents, deflated; few of them wait at a time."""
    deflater, out, waiting, size = zlib.compressobj(9), [], [""], 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size >= _PIECE:
            text = "".join(waiting)
            whole = text.rstrip()  # the space at its end may go on
            out.append(deflater.compress(_unindented(whole)))
            waiting, size = [text[len(whole) :]], 0
    out.append(deflater.compress(_unindented("".join(waiting))))
    return _as_text(b"".join([*out, deflater.flush()]))


def _unindented(text: str) -> bytes:
    return _INDENT.sub("\n", text).encode("utf-8", "replace")
