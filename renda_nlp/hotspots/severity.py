"""Rare but severe matters: by cue terms, and by whether the clause says that it happened."""

import re
import tomllib
from functools import cache
from importlib.resources import files

import ahocorasick

from renda_nlp.columns import distinct
from renda_nlp.ngrams import TermIndex, TextBatch

__all__ = ["SeverityFinder"]

_BREAK = re.compile(r"[，,。！？!?；;：:\n\t\s]")
_END = re.compile(r"[。！？!?\n]")
_SENTENCE, _BEFORE, _AFTER = 30, 16, 6  # characters around a cue that tell whether it happened
_CONDITION = re.compile(
    "如果|如若|如遇|假如|假设|假若|要是|倘若|若是|若发生|若有|一旦|万一|试想|可想而知"
)
_SUPPOSED = re.compile(
    "难道|会不会|是否|是不是|有没有|能否|不想|不愿|差点|险些|想以|为由|解脱|"
    "可能|容易|极易|易引|易发|易造成|易导致|会发生|会引|会造成|会导致|会出现|会有|将会|将导致|将造成|将引|难免|迟早|早晚|"
    "隐患|风险|避免|防止|预防|以免|以防|免得|省得|谨防|防范|防控|杜绝|减少|降低|担心|害怕|生怕|恐怕|唯恐|怕|威胁|"
    "未造成|没有造成|没造成|未发生|没有发生|没发生|无人|没有人|无人员|并未|不至于|"
    "等到|非要|非得|真要|总有一天|有一天|才会|才能|才来|造谣|谣言|传言|类似|别的|其他城市|新闻|报道"
)
_AFTERWARDS = re.compile(
    "隐患|风险|的可能|的危险|高发|多发期|怎么办|怎么跑|逃生|演练|宣传|预案|保险|赔偿标准|的话|时如何"
)
_HAPPENED = re.compile(
    "已经|已有|已造成|已发生|已导致|曾|发生过|出现过|发生了|造成了|导致了|出现了|多次|多起|数起|几起|不止一次|"
    "去年|前年|今年|昨|前天|上个?月|上周|[0-9一二两三四五六七八九十]+(?:月|日|号|起|人|名|死|伤)"
)


@cache
def _classes() -> dict[str, dict[str, list[str] | str]]:
    source = files("renda_nlp.resources").joinpath("lexicon/severity.toml")
    loaded: dict[str, dict[str, list[str] | str]] = tomllib.loads(source.read_text("utf-8"))
    return loaded


def _only_supposed(text: str, start: int, end: int) -> bool:
    """Return whether the clause around ``text[start:end]`` supposes, fears or denies the event."""
    sentence = _END.split(text[max(0, start - _SENTENCE) : start])[-1]
    before = _BREAK.split(sentence[-_BEFORE:])[-1]
    after = _BREAK.split(text[end : end + _AFTER], maxsplit=1)[0]
    if _HAPPENED.search(before):
        return False
    supposed = _CONDITION.search(sentence) or _SUPPOSED.search(before)
    return bool(supposed or _AFTERWARDS.search(after))


class SeverityFinder:
    """Finds the classes of severe matters that texts name.

    An event (起火, 受伤) counts where it is told as happened; a sign (随时会塌, 集体上访) always.
    """

    def __init__(self) -> None:
        self._automaton = ahocorasick.Automaton()
        cues: set[str] = set()
        for _, entry in sorted(_classes().items()):
            for part in ("events", "signs", "not_cues"):
                for cue in entry.get(part, []):
                    name = "" if part == "not_cues" else str(entry["name"])
                    self._automaton.add_word(cue, (len(cue), name, part == "events"))
                    if name:
                        cues.add(cue)
        self._automaton.make_automaton()
        self._index = TermIndex(sorted(cues))

    def find(self, batch: TextBatch) -> list[tuple[str, ...]]:
        """Return the Chinese names of the classes of each text, sorted; look-alikes do not count."""
        texts = self._index.find(batch)[-1]
        found: list[tuple[str, ...]] = [()] * len(batch)
        for index in distinct(texts).tolist():
            text = batch.text(index)
            names = {
                name
                for last, (length, name, happens) in self._automaton.iter_long(text)
                if name and not (happens and _only_supposed(text, last + 1 - length, last + 1))
            }
            found[index] = tuple(sorted(names))
        return found
