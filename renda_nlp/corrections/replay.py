"""Corrections replayed on a run, step by step beside the stages.

A run asks in this order: ``screen`` (while opinions stream in), ``relabel`` (topics and intents),
``regroup`` (before issues are counted), ``finish`` (issues), ``choose`` (supervision topics),
``outcomes``.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from renda_nlp.corrections.choices import fix_choices
from renda_nlp.corrections.issues import finish_issues, regroup
from renda_nlp.corrections.ledger import APPLIED, FAILED, GONE, SAME, Ledger
from renda_nlp.records import (
    INTENTS,
    Candidate,
    Correction,
    Hotspot,
    Opinion,
    ReplayedCorrection,
    SetAside,
    opinion_key,
)
from renda_nlp.taxonomy import default_taxonomy

if TYPE_CHECKING:
    from renda_nlp.table import OpinionTable

__all__ = ["SET_ASIDE_REASON", "Replay"]

SubtopicRule = Callable[["OpinionTable", int, str], str]

SET_ASIDE_REASON = "校对注明不是意见"
_HEAD = 4  # digits of a key that kind and day decide


class Replay:
    """Applies corrections to one run and keeps their outcomes.

    Args:
        corrections: From ``read_corrections``; none is the usual case and costs nothing.
    """

    def __init__(self, corrections: Sequence[Correction] = ()) -> None:
        self._ledger = Ledger(corrections)
        self.checked: list[tuple[str, str]] = []  # topic by staff, topic by the machine

    def screen(
        self,
        opinions: Iterable[Opinion],
        set_aside: list[SetAside],
        mask_opinion: Callable[[Opinion], str],
    ) -> Iterator[Opinion]:
        """Yield the opinions with places corrected; what staff call no opinion is set aside."""
        dropped, placed = self._keyed("not_opinion"), self._keyed("place")
        heads = {key[:_HEAD] for key in (*dropped, *placed)}
        for opinion in opinions:
            day = opinion.date.isoformat() if opinion.date else ""
            if not heads or opinion_key("", opinion.kind, day)[:_HEAD] not in heads:
                yield opinion
                continue
            key = opinion_key(mask_opinion(opinion), opinion.kind, day)
            if key in dropped:
                self._ledger.settle(dropped[key], APPLIED)
                place = opinion.passages[0].locator
                set_aside.append(
                    SetAside(locator=place, reason=SET_ASIDE_REASON, text=opinion.text)
                )
            elif key in placed:
                new = self._ledger.all[placed[key]].new
                self._ledger.settle(placed[key], SAME if opinion.place == new else APPLIED)
                yield replace(opinion, place=new)
            else:
                yield opinion

    def _keyed(self, field: str) -> dict[str, int]:
        return {item.keys[0]: number for number, item in self._ledger.pending(field)}

    def relabel(self, table: "OpinionTable", subtopic_of: SubtopicRule) -> None:
        """Put the topics and intents of staff in the place of the machine's."""
        if not self._ledger.all:
            return
        self._ledger.find_rows(table)
        for number, item in self._ledger.pending("topic"):
            self._set_topic(table, number, item, subtopic_of)
        for number, item in self._ledger.pending("intent"):
            self._set_intent(table, number, item)

    def _set_topic(
        self, table: "OpinionTable", number: int, item: Correction, subtopic_of: SubtopicRule
    ) -> None:
        name_of, rows = default_taxonomy().name_of, self._ledger.rows(item.keys)
        topic = _topic_ids(table).get(item.new)
        if topic is None:
            self._ledger.settle(number, FAILED, f"没有名为“{item.new}”的主题，请从下拉列表中选")
            return
        if not rows:
            self._ledger.settle(number, FAILED, GONE)
            return
        machine = table.row(rows[0]).scores.topic
        for index in rows:
            scores = table.row(index).scores
            self.checked.append((topic, scores.topic))
            secondary = tuple(name for name in scores.secondary if name != topic)
            fixed = replace(
                scores, topic=topic, secondary=secondary, confidence=1.0, undecided=False
            )
            table.correct(index, fixed, subtopic_of(table, index, topic))
        changed = ""
        if item.old and item.old != name_of(machine):
            changed = f"机器这次判为{name_of(machine)}，校对表上是{item.old}"
        self._ledger.settle(number, SAME if machine == topic else APPLIED, changed)

    def _set_intent(self, table: "OpinionTable", number: int, item: Correction) -> None:
        known = {name: intent for intent, label in INTENTS.items() for name in (intent, label)}
        intent, rows = known.get(item.new), self._ledger.rows(item.keys)
        if intent is None:
            self._ledger.settle(number, FAILED, f"没有名为“{item.new}”的意图，请从下拉列表中选")
        elif not rows:
            self._ledger.settle(number, FAILED, GONE)
        else:
            before = table.row(rows[0]).scores.intent
            for index in rows:
                row = table.row(index)
                table.correct(index, replace(row.scores, intent=intent), row.subtopic)
            self._ledger.settle(number, SAME if before == intent else APPLIED)

    def regroup(self, groups: Sequence[NDArray[np.int64]]) -> list[NDArray[np.int64]]:
        """Return the groups of opinions with issues merged and opinions moved as staff say."""
        return regroup(self._ledger, groups)

    def finish(self, table: "OpinionTable", issues: Sequence[Hotspot]) -> tuple[Hotspot, ...]:
        """Return the issues with the titles of staff, and 已办结 where staff say so."""
        return finish_issues(self._ledger, table, issues)

    def choose(self, candidates: Sequence[Candidate], max_topics: int) -> tuple[Candidate, ...]:
        """Return the candidates with the choices that staff fixed."""
        numbers = {item.label: number for number, item in self._ledger.pending("choice")}
        wishes = {title: self._ledger.all[number].new for title, number in numbers.items()}
        fixed, outcomes = fix_choices(candidates, wishes, max_topics)
        for title, (outcome, note) in outcomes.items():
            self._ledger.settle(numbers[title], outcome, note)
        return fixed

    def outcomes(self) -> tuple[ReplayedCorrection, ...]:
        """Return every correction with what became of it, in the order of the sheets."""
        return self._ledger.outcomes()


def _topic_ids(table: "OpinionTable") -> dict[str, str]:
    """Return topic ids by id and by name, those of a model of the office's own too."""
    taxonomy = default_taxonomy()
    topics = {*taxonomy.topic_ids, *table.topics_seen()}
    return {name: topic for topic in sorted(topics) for name in (topic, taxonomy.name_of(topic))}
