"""The domain dictionary: words of congress, town and city life that a segmenter keeps whole."""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

from renda_nlp.errors import ConfigError

__all__ = ["domain_words", "load_words"]

_MAX_WORD = 20


def _parse(lines: Iterable[str], source: str) -> list[tuple[str, str]]:
    words = []
    for number, line in enumerate(lines, 1):
        fields = line.split()
        if not fields or fields[0].startswith("#"):
            continue
        if len(fields[0]) > _MAX_WORD:
            raise ConfigError(f"{source} 第{number}行：词语超过{_MAX_WORD}个字，请拆短")
        words.append((fields[0], fields[-1] if len(fields) > 1 else "n"))
    return words


@cache
def domain_words() -> tuple[tuple[str, str], ...]:
    """Return the words of the package's dictionary with their tags, sorted."""
    folder = files("renda_nlp.resources").joinpath("dictionary")
    words: dict[str, str] = {}
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".txt"):
            words.update(_parse(entry.read_text("utf-8").splitlines(), entry.name))
    return tuple(sorted(words.items()))


def load_words(paths: Iterable[Path]) -> tuple[tuple[str, str], ...]:
    """Read an office's own dictionaries: one word a line, optionally with a tag.

    Raises:
        ConfigError: A file is missing, not UTF-8, or holds a line that is no word.
    """
    words: dict[str, str] = {}
    for path in paths:
        try:
            text = path.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"词典 {path} 无法读取：请检查路径，并存为 UTF-8 文本") from error
        words.update(_parse(text.splitlines(), str(path)))
    return tuple(sorted(words.items()))
