"""Rare but severe matters, and positions for or against something, by cue terms."""

import re
import tomllib
from functools import cache
from importlib.resources import files

import ahocorasick

__all__ = ["SeverityFinder", "find_stance"]

_AGAINST = re.compile(
    "反对|坚决不同意|不同意|不赞成|抵制|抗议|拒绝(?:在|加装|搬迁)|不要(?:在|建|拆|改)|不该(?:建|拆|改|搬)|别(?:建|拆|搬)|"
    "取消(?:建设|修建|加装)|停止(?:建设|修建|加装)"
)
_FOR = re.compile(
    "支持|赞成|同意|拥护|希望(?:尽快|早日|加快)|早该|盼(?:着|望)|应该(?:建|装|搬|改)|点赞"
)
_NEGATED = re.compile(
    "(?:不|没|未|难以|拒绝)(?:支持|赞成|同意)|得不到支持|大力支持|谢谢.{0,4}支持|感谢.{0,8}支持"
)


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


def find_stance(text: str) -> int:
    """Return +1 when the text speaks for something, -1 when against, 0 when neither or both."""
    plain = _NEGATED.sub("", text)
    return bool(_FOR.search(plain)) * 1 - bool(_AGAINST.search(text)) * 1 if text else 0
