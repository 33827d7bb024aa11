"""What government, party and congress papers say about each piece of work."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from renda_nlp.ngrams import normalise
from renda_nlp.records import Document, Opinion, Passage, Quote
from renda_nlp.table import NO_DATE, OpinionTable
from renda_nlp.taxonomy import Taxonomy

__all__ = [
    "OfficialRecord",
    "OfficialRow",
    "SiteRule",
    "plan_owner",
    "quote_whole",
    "read_official",
]

_MAX_QUOTE = 140
_CURRENT_DAYS = 730
_MIN_SITE = 3
_VILLAGE = re.compile(r"(?:[村组镇乡县市区州省社]|社区|街道|居委会|村委会)$")
_HIGHER = re.compile(r"[县市区州省]人大(?!工委)|人大常委会|人民代表大会常务委员会")
_FRAME = re.compile(r"^[（(].{0,40}通过[）)]|制定(?:本|如下)|总体要求|^根据|领衔督办|重点督办建议")
_OWN = re.compile(r"主席团|[镇乡]人大|人大工委|街道人大")


@dataclass(frozen=True, slots=True)
class OfficialRow:
    """One sentence of an official paper and what it is about."""

    index: int  # row of the table
    topic: str
    subtopic: str
    work: str  # "" when the sentence names no subtopic
    places: frozenset[str]
    sites: frozenset[str]  # the places that name a matter by themselves
    day: int  # ordinal, NO_DATE when unknown
    current: bool  # no older than two years


class SiteRule:
    """Tells the places that name a matter by themselves: 石沙路, 云溪花园, 大垭水库东干渠.

    Villages and towns do not, nor do words of the taxonomy such as 供水站 or 村卫生室.
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._generic = {
            normalise(term)
            for subtopic in taxonomy.subtopics
            for term in (*subtopic.cues, *subtopic.place_kinds)
        }

    def __call__(self, places: Iterable[str]) -> frozenset[str]:
        """Return the sites among places."""
        return frozenset(
            place
            for place in places
            if len(place) >= _MIN_SITE and place not in self._generic and not _VILLAGE.search(place)
        )


def plan_owner(title: str, file: str, area: str, level: str) -> str:
    """Return whose a congress plan is: own, higher or lower, by its title and file name."""
    name = f"{title} {file.rpartition('/')[2]}"
    if level == "county":
        if _OWN.search(name) and not _HIGHER.search(name):
            return "lower"
        return "own" if area in name else "higher"
    if _HIGHER.search(name):
        return "higher"
    return "own" if _OWN.search(name) or area in name else "higher"


@dataclass(frozen=True, slots=True)
class Subject:
    """What sentences are compared with."""

    topic: str
    subtopics: frozenset[str]
    places: frozenset[str]
    work: str = ""  # of a work that hangs together; its sentences need no subtopic

    def closeness(self, row: OfficialRow) -> int:
        """Return 0 for another matter, else more the surer a sentence is about this one."""
        here = bool(self.places & row.places)
        own = row.subtopic in self.subtopics or (self.work != "" and row.work == self.work)
        close = 4 * bool(self.places & row.sites) + 2 * own
        return close + here if close else int(here and row.topic == self.topic)


@dataclass(slots=True)
class OfficialRecord:
    """Sentences of official papers by what they prove.

    ``circles`` holds difficulty (admitted), promise, achievement, party, congress (of a higher
    level) and own (earlier plans of the office itself).
    """

    circles: dict[str, list[OfficialRow]] = field(default_factory=lambda: defaultdict(list))
    kinds: set[str] = field(default_factory=set)  # of the documents that hold any sentence

    def rows(self, circle: str) -> Sequence[OfficialRow]:
        """Return the sentences of one circle in reading order."""
        return self.circles.get(circle, ())

    def direct(self, circle: str, subject: Subject, *, current: bool = True) -> list[OfficialRow]:
        """Return the sentences that speak of a piece of work, the closest and latest first.

        A sentence does when its subtopic is one of the subject's, when it speaks of the topic at
        one of the places, or when it names one of the sites (a road, an estate, a firm).
        """
        found = [
            (subject.closeness(row), row) for row in self.rows(circle) if row.current or not current
        ]
        ranked = sorted(found, key=lambda item: (-item[0], -item[1].day, item[1].index))
        return [row for closeness, row in ranked if closeness]

    def near(self, circle: str, topic: str) -> list[OfficialRow]:
        """Return the current sentences on the topic, whatever the piece of work."""
        return [row for row in self.rows(circle) if row.current and row.topic == topic]


def _circle(kind: str, role: str, owner: str) -> str:
    if kind == "party_plan":
        return "party"
    if kind == "congress_plan":
        return {"own": "own", "higher": "congress"}.get(owner, "")
    if role == "difficulty":
        return "difficulty"
    if kind == "work_report" and role in ("plan", "achievement"):
        return "promise" if role == "plan" else "achievement"
    return ""


def _work(taxonomy: Taxonomy, topic: str, subtopic: str) -> str:
    """Return the work of a sentence; without subtopic only where the topic is one work."""
    work = taxonomy.work_of(topic, subtopic)
    return work.work_id if subtopic or work.whole else ""


def _is_frame(table: OpinionTable, index: int) -> bool:
    """Return whether a sentence of a plan says who adopted it, why, or how suggestions are followed."""
    return bool(_FRAME.search(table.opinion(index).text))


def read_official(
    table: OpinionTable,
    taxonomy: Taxonomy,
    documents: Iterable[Document],
    as_of: date,
    own: Mapping[str, str],
) -> OfficialRecord:
    """Sort the sentences of official papers by what they prove.

    Args:
        table: The opinions.
        taxonomy: Gives the piece of work of a subtopic.
        documents: Their titles tell the office's own plans from those of a higher congress.
        as_of: Papers more than two years older prove nothing current.
        own: The office: ``area`` and ``level``.
    """
    owners = {
        doc.file: plan_owner(doc.title, doc.file, **own)
        for doc in documents
        if doc.kind == "congress_plan"
    }
    record = OfficialRecord()
    sites_of = SiteRule(taxonomy)
    names = ("kinds", "roles", "topics", "subtopics", "files")
    columns = {name: table.column(name) for name in (*names, "days")}
    earliest = as_of.toordinal() - _CURRENT_DAYS
    for index in np.flatnonzero(table.column("is_voice") == 0).tolist():
        kind, role, topic, subtopic, file = (table.label(int(columns[n][index])) for n in names)
        owner = owners.get(file, "higher")
        if kind != "congress_plan" or owner == "higher":
            record.kinds.add(kind)
        circle = _circle(kind, role, owner)
        if circle and not (circle == "congress" and _is_frame(table, index)):
            day = int(columns["days"][index])
            places = frozenset(table.label(code) for code in table.places[index])
            record.circles[circle].append(
                OfficialRow(
                    index=index,
                    topic=topic,
                    subtopic=subtopic,
                    work=_work(taxonomy, topic, subtopic),
                    places=places,
                    sites=sites_of(places),
                    day=day,
                    current=day == NO_DATE or day >= earliest,
                )
            )
    return record


def quote_whole(opinion: Opinion) -> Quote:
    """Return the beginning of an official sentence as a quote of at most 140 characters."""
    first = opinion.passages[0]
    end = min(first.end, first.start + _MAX_QUOTE)
    return Quote(
        opinion_id=opinion.opinion_id,
        passage=Passage(locator=first.locator, start=first.start, end=end),
        text=opinion.text[: end - first.start],
    )
