"""Which piece of work a title or a table item speaks of, by the cue terms of the taxonomy."""

from collections import Counter

import ahocorasick

from renda_nlp.ngrams import normalise
from renda_nlp.taxonomy import Taxonomy

__all__ = ["WorkFinder"]

_MIN_CUE = 2
_FRAME = ("关于", "{place}", "工作情况", "情况", "工作", "建设", "管理", "农村")


class WorkFinder:
    """Finds the piece of work of short texts: titles of topics, items of budgets, task names."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        works: dict[str, set[str]] = {}
        for work in taxonomy.works:
            if work.topic_id == "other":
                continue
            terms = [work.title, *work.terms]
            for name in work.subtopics:
                subtopic = taxonomy.subtopic(name)
                if subtopic is not None:
                    terms += [subtopic.name, subtopic.work_title, *subtopic.cues]
            for term in terms:
                if len(plain := _core(term)) >= _MIN_CUE:
                    works.setdefault(plain, set()).add(work.work_id)
        self._automaton = ahocorasick.Automaton()
        for term in sorted(works):
            self._automaton.add_word(term, (len(term), tuple(sorted(works[term]))))
        self._automaton.make_automaton()

    def find(self, text: str) -> str:
        """Return the id of the work whose cues cover most of ``text``, "" when none leads."""
        spans = [
            (end - size + 1, end + 1, works)
            for end, (size, works) in self._automaton.iter(normalise(text))
        ]
        longest = [
            span
            for span in spans
            if not any(o[0] <= span[0] and span[1] <= o[1] and o[:2] != span[:2] for o in spans)
        ]
        scores: Counter[str] = Counter()
        for start, end, works in longest:
            for work in works:
                scores[work] += (end - start) ** 2
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return ""
        return ranked[0][0]


def _core(term: str) -> str:
    """Return a term without the words that every title has."""
    plain = normalise(term)
    if term.startswith("关于"):
        for word in _FRAME:
            plain = plain.replace(word, "")
    return plain
