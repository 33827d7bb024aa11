"""Where a key stands in a TOML text, so that a message can name the line."""

import re
import tomllib

__all__ = ["describe_syntax_error", "line_of"]

_HEADER = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([\w.\"'-]+)\s*=")
_AT = re.compile(r"\(at line (\d+), column (\d+)\)")


def line_of(text: str, path: str) -> int:
    """Return the line, from 1, of a key or a section such as ``hotspots.weights``; 0 when not found."""
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        header, key = _HEADER.match(line), _KEY.match(line)
        if header and not key:
            section = header.group(1).replace('"', "").replace(" ", "")
            if section == path or section.startswith(f"{path}."):
                return number
        elif key:
            name = key.group(1).replace('"', "").replace("'", "")
            full = f"{section}.{name}" if section else name
            if full == path or full.startswith(f"{path}."):
                return number
    return 0


def describe_syntax_error(error: tomllib.TOMLDecodeError) -> str:
    """Return in Chinese where a TOML text stops being TOML."""
    at = _AT.search(str(error))
    where = f"第{at.group(1)}行第{at.group(2)}列附近" if at else "文件末尾"
    return f"{where}写法有误：请检查引号、方括号是否成对，文字要加引号"
