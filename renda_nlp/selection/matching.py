"""Which piece of work a title or a table item speaks of, by the cue terms of the taxonomy."""

from collections import Counter
from collections.abc import Iterator

import ahocorasick

from renda_nlp.ngrams import normalise
from renda_nlp.taxonomy import Taxonomy, Work

__all__ = ["Meaning", "WorkFinder"]

Meaning = tuple[str, str]
"""Work id and subtopic id; the subtopic is "" where the words say the work only."""

_MIN_CUE = 2
_FRAME = ("关于", "{place}", "工作情况", "情况", "工作", "建设", "管理", "农村")


class WorkFinder:
    """Finds the piece of work of short texts: titles of topics, items of budgets, task names."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        meanings: dict[str, set[Meaning]] = {}
        for work in taxonomy.works:
            if work.topic_id == "other":
                continue
            for name, term in _terms(work, taxonomy):
                if len(plain := _core(term)) >= _MIN_CUE:
                    meanings.setdefault(plain, set()).add((work.work_id, name))
        self._automaton = ahocorasick.Automaton()
        for term in sorted(meanings):
            self._automaton.add_word(term, (len(term), tuple(sorted(meanings[term]))))
        self._automaton.make_automaton()

    def find(self, text: str) -> Meaning:
        """Return the work and subtopic whose cues cover most of ``text``, "" where none leads."""
        spans: list[tuple[int, int, tuple[Meaning, ...]]] = [
            (end - size + 1, end + 1, found)
            for end, (size, found) in self._automaton.iter(normalise(text))
        ]
        longest = [
            span
            for span in spans
            if not any(o[0] <= span[0] and span[1] <= o[1] and o[:2] != span[:2] for o in spans)
        ]
        works: Counter[str] = Counter()
        subtopics: Counter[Meaning] = Counter()
        for start, end, found in longest:
            for work in {work for work, _ in found}:
                works[work] += (end - start) ** 2
            for meaning in found:
                subtopics[meaning] += (end - start) ** 2
        work = _leader(works)
        own = Counter({name: n for (of, name), n in subtopics.items() if of == work and name})
        return work, _leader(own) if work else ""


def _leader(scores: Counter[str]) -> str:
    """Return what has the highest score, "" when two share it."""
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return ""
    return ranked[0][0]


def _terms(work: Work, taxonomy: Taxonomy) -> Iterator[tuple[str, str]]:
    """Yield (subtopic id or "", term) of a work."""
    for term in (work.title, *work.terms):
        yield "", term
    for name in work.subtopics:
        subtopic = taxonomy.subtopic(name)
        if subtopic is not None:
            for term in (subtopic.name, subtopic.work_title, *subtopic.cues):
                yield name, term


def _core(term: str) -> str:
    """Return a term without the words that every title has."""
    plain = normalise(term)
    if term.startswith("关于"):
        for word in _FRAME:
            plain = plain.replace(word, "")
    return plain
