"""The JSON schema of renda.toml, made from the settings themselves: editors check and complete by it."""

from dataclasses import fields, is_dataclass
from typing import Any

from renda_nlp.config import ALLOWED, Config, may_be_negative

__all__ = ["config_schema"]

_KINDS = {str: "string", bool: "boolean", int: "integer", float: "number"}


def _comments(template: str) -> dict[str, str]:
    """Return the comment of each key of a commented settings file, by its full name."""
    found, section = {}, ""
    for line in template.splitlines():
        code, _, comment = line.partition("#")
        code = code.strip()
        if code.startswith("["):
            section = code.strip("[]")
        name = section if code.startswith("[") else f"{section}.{code.split('=')[0].strip()}"
        if code and comment.strip():
            found[name] = comment.strip()
    return found


def _schema_of(value: Any, path: str, comments: dict[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if is_dataclass(value):
        made |= {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                item.name: _schema_of(
                    getattr(value, item.name), f"{path}.{item.name}".lstrip("."), comments
                )
                for item in fields(value)
            },
        }
    elif isinstance(value, tuple):
        made |= {"type": ["array", "object"], "default": list(value)}
    else:
        made |= {"type": _KINDS[type(value)], "default": value}
        if made["type"] in ("integer", "number") and not may_be_negative(path):
            made["minimum"] = 0
    if path in ALLOWED:
        made["enum"] = list(ALLOWED[path])
    if path in comments:
        made["description"] = comments[path]
    return made


def config_schema(template: str = "") -> dict[str, Any]:
    """Return the schema (JSON Schema 2020-12).

    Args:
        template: A commented settings file; its comments become descriptions.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "renda.toml",
        **_schema_of(Config(), "", _comments(template)),
    }
