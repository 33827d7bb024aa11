"""Rare but severe matters, by cue terms."""

import tomllib
from functools import cache
from importlib.resources import files

import ahocorasick

from renda_nlp.columns import distinct
from renda_nlp.ngrams import TermIndex, TextBatch

__all__ = ["SeverityFinder"]


@cache
def _classes() -> dict[str, dict[str, list[str] | str]]:
    source = files("renda_nlp.resources").joinpath("lexicon/severity.toml")
    loaded: dict[str, dict[str, list[str] | str]] = tomllib.loads(source.read_text("utf-8"))
    return loaded


class SeverityFinder:
    """Finds the classes of severe matters that texts name."""

    def __init__(self) -> None:
        self._automaton = ahocorasick.Automaton()
        for _, entry in sorted(_classes().items()):
            for cue in entry["cues"]:
                self._automaton.add_word(cue, (len(cue), str(entry["name"])))
            for phrase in entry["not_cues"]:
                self._automaton.add_word(phrase, (len(phrase), ""))
        self._automaton.make_automaton()
        cues = {str(cue) for entry in _classes().values() for cue in entry["cues"]}
        self._index = TermIndex(sorted(cues))

    def find(self, batch: TextBatch) -> list[tuple[str, ...]]:
        """Return the Chinese names of the classes of each text, sorted; look-alikes do not count."""
        texts = self._index.find(batch)[-1]
        found: list[tuple[str, ...]] = [()] * len(batch)
        for text in distinct(texts).tolist():
            words = self._automaton.iter_long(batch.text(text))
            found[text] = tuple(sorted({name for _, (_, name) in words if name}))
        return found
