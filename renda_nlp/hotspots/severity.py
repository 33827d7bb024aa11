"""Rare but severe matters, by cue terms."""

import tomllib
from functools import cache
from importlib.resources import files

import ahocorasick

__all__ = ["SeverityFinder"]


@cache
def _classes() -> dict[str, dict[str, list[str] | str]]:
    source = files("renda_nlp.resources").joinpath("lexicon/severity.toml")
    loaded: dict[str, dict[str, list[str] | str]] = tomllib.loads(source.read_text("utf-8"))
    return loaded


class SeverityFinder:
    """Finds the classes of severe matters that a text names."""

    def __init__(self) -> None:
        self._automaton = ahocorasick.Automaton()
        for _, entry in sorted(_classes().items()):
            for cue in entry["cues"]:
                self._automaton.add_word(cue, (len(cue), str(entry["name"])))
            for phrase in entry["not_cues"]:
                self._automaton.add_word(phrase, (len(phrase), ""))
        self._automaton.make_automaton()

    def find(self, text: str) -> tuple[str, ...]:
        """Return the Chinese names of the classes, sorted; harmless look-alikes do not count."""
        return tuple(sorted({name for _, (_, name) in self._automaton.iter_long(text) if name}))
