"""From issues and official papers to pieces of work, each with all that it rests on."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from renda_nlp.records import Hotspot
from renda_nlp.selection.evidence import CIRCLES, Evidence, Scope
from renda_nlp.selection.official import OfficialRecord, OfficialRow, Subject
from renda_nlp.selection.routing import Powers, Route, route_issue
from renda_nlp.table import NO_DATE, OpinionTable
from renda_nlp.taxonomy import Taxonomy, Work

__all__ = ["gather_evidence"]

_FLOOD_SHARE = 0.5
_FLOOD_SIZE = 5
_DEPUTIES = frozenset(("suggestion", "deliberation"))
_LOUD = 0.6  # of the hottest issue's heat: quieter ones do not stand for the work
_OFFICIAL_ONLY = 2  # circles that make a candidate without a hotspot


@dataclass(frozen=True, slots=True)
class _Routed:
    issue: Hotspot
    work: Work
    route: Route


def _is_flood(issue: Hotspot) -> bool:
    many = issue.n_opinions >= _FLOOD_SIZE  # two suggestions in papers and ledger are no flood
    return many and issue.n_people <= _FLOOD_SHARE * issue.n_opinions


def _works_at(table: OpinionTable, official: OfficialRecord, issue: Hotspot) -> Counter[str]:
    """Return how often the papers speak of each piece of work at the place of an issue.

    A site (a road, an estate, a firm) counts on the topics that members have, and whatever the topic
    where two passages agree; a village counts on the issue's topic.
    """
    place = issue.place.lower()
    rows = [
        row
        for circle in ("difficulty", "party", "congress", "promise")
        for row in official.rows(circle)
        if row.work and place in row.places
    ]
    members = [table.index_of(member) for member in issue.members]
    topics = {table.label(int(code)) for code in table.column_at("topics", members)}
    at_site = Counter(row.work for row in rows if place in row.sites)
    close = {row.work for row in rows if row.topic in topics}
    sure = {work: n for work, n in at_site.items() if work in close or n > 1}
    return Counter(sure) or Counter(
        row.work for row in rows if row.topic == issue.topic and not issue.subtopic
    )


def _assign(
    table: OpinionTable,
    official: OfficialRecord,
    issues: Iterable[Hotspot],
    rules: tuple[Taxonomy, Powers],
) -> list[_Routed]:
    """Give each issue its piece of work and its route.

    An issue at a site that papers name belongs to the work they name it under; an issue without
    subtopic goes where they put its village, else to the work that most people of its topic speak of.
    """
    taxonomy, powers = rules
    listed = [issue for issue in issues if issue.topic != "other"]
    people: dict[str, Counter[str]] = defaultdict(Counter)
    for issue in listed:
        if issue.subtopic:
            work = taxonomy.work_of(issue.topic, issue.subtopic)
            people[issue.topic][work.work_id] += issue.n_people
    by_id = {work.work_id: work for work in taxonomy.works}
    out = []
    for issue in listed:
        work = taxonomy.work_of(issue.topic, issue.subtopic)
        votes = _works_at(table, official, issue)
        if not votes and not issue.subtopic:
            votes = people[issue.topic]
        if votes:
            work = by_id[min(votes, key=lambda name: (-votes[name], name))]
        out.append(_Routed(issue, work, route_issue(table, issue, work, taxonomy, powers)))
    return out


def _leading(group: Sequence[_Routed]) -> Route:
    """Return the route that most people's issues of a group have."""
    people: Counter[Route] = Counter()
    for item in group:
        people[item.route] += item.issue.n_people
    return min(people, key=lambda route: (-people[route], route.authority, route.reason))


def _spoken(table: OpinionTable) -> dict[str, list[int]]:
    """Return the rows of deputies' suggestions and deliberations by subtopic."""
    out: dict[str, list[int]] = defaultdict(list)
    subtopics = table.column("subtopics")
    for index in np.flatnonzero(_by_deputies(table)).tolist():
        subtopic = table.label(int(subtopics[index]))
        if subtopic:
            out[subtopic].append(index)
    return out


def _by_deputies(table: OpinionTable) -> NDArray[np.bool_]:
    """Return which rows are deputies' suggestions or deliberations, shape ``(n,)``."""
    kinds = [table.code(kind) for kind in sorted(_DEPUTIES)]
    spoken: NDArray[np.bool_] = np.isin(table.column("kinds"), kinds)
    spoken &= table.column("is_voice") == 1
    return spoken


def _years(table: OpinionTable, rows: Iterable[int]) -> set[int]:
    days = table.column_at("days", sorted(rows))
    return {date.fromordinal(int(day)).year for day in days if day != NO_DATE}


class _Gatherer:
    """Collects what belongs to each piece of work."""

    def __init__(
        self, table: OpinionTable, official: OfficialRecord, taxonomy: Taxonomy, scope: Scope
    ) -> None:
        self._table = table
        self._official = official
        self._taxonomy = taxonomy
        self._asked = self._asking(scope)
        self._missed = scope.missed
        self._spoken = _spoken(table)
        self._by_deputies = _by_deputies(table)
        self._said = self._voices(taxonomy)

    def _asking(self, scope: Scope) -> NDArray[np.bool_]:
        """Return which rows ask for something that is ours to look at, inside the period."""
        column = self._table.column
        days = column("days")
        first, last = scope.period or (date.min, date.max)
        inside = (days == NO_DATE) | ((days >= first.toordinal()) & (days <= last.toordinal()))
        wanted = [self._table.code(name) for name in ("complaint", "request", "suggestion")]
        ours = [
            self._table.code(sub.subtopic_id)
            for sub in self._taxonomy.subtopics
            if scope.powers.ours(self._taxonomy.authority(sub.subtopic_id, scope.powers.level))
        ]
        asked: NDArray[np.bool_] = inside & (column("is_voice") == 1) & (column("undecided") == 0)
        asked &= np.isin(column("intents"), wanted) & np.isin(column("subtopics"), ours)
        return asked

    def raised(self, work: Work, members: Sequence[int] = ()) -> int:
        """Return how many people raised a piece of work, those of the members included."""
        rows = {index for index in self._said.get(work.work_id, ()) if self._asked[index]}
        authors = self._table.column_at("authors", sorted(rows | set(members)))
        return len(np.unique(authors))

    def main_subtopic(self, work: Work) -> str:
        """Return the subtopic of a work that most rows ask about, "" when none does."""
        rows = [index for index in self._said.get(work.work_id, ()) if self._asked[index]]
        votes = Counter(self._table.column_at("subtopics", rows).tolist())
        if not votes:
            return ""
        return self._table.label(min(votes, key=lambda c: (-votes[c], self._table.label(c))))

    def _voices(self, taxonomy: Taxonomy) -> dict[str, list[int]]:
        """Return the rows of people by piece of work, those before the period included."""
        voices = np.flatnonzero(self._table.column("is_voice"))
        topics, subtopics = (self._table.column(name)[voices] for name in ("topics", "subtopics"))
        out: dict[str, list[int]] = defaultdict(list)
        works: dict[tuple[int, int], str] = {}
        for index, *key in zip(voices.tolist(), topics.tolist(), subtopics.tolist(), strict=True):
            pair = (key[0], key[1])
            if pair not in works:
                topic, subtopic = (self._table.label(code) for code in pair)
                works[pair] = taxonomy.work_of(topic, subtopic).work_id if subtopic else ""
            if works[pair]:
                out[works[pair]].append(index)
        return out

    def evidence(self, work: Work, group: Sequence[_Routed], route: Route) -> Evidence:
        """Return the evidence of one piece of work."""
        issues = sorted((item.issue for item in group), key=lambda i: (-i.heat, i.issue_id))
        places = frozenset(issue.place.lower() for issue in issues if issue.place)
        members = sorted({self._table.index_of(m) for issue in issues for m in issue.members})
        authors = self._table.column_at("authors", members)
        subject = Subject(
            work.topic_id,
            self._subtopics(work, issues, places),
            places,
            work.work_id if work.whole else "",
        )
        official = {
            name: self._official.direct(name, subject)
            for name in (*CIRCLES, "promise", "achievement", "own")
        }
        deputies = self._deputies(subject, members)
        near = {name: self._official.near(name, work.topic_id) for name in CIRCLES}
        return Evidence(
            work=work,
            topic=work.topic_id,
            subtopics=subject.subtopics,
            issues=tuple(issues),
            lead=self._lead(issues, official, deputies),
            places=places,
            route=route,
            flooded=bool(issues) and all(_is_flood(issue) for issue in issues),
            members=tuple(members),
            deputies=tuple(deputies),
            n_people=len(np.unique(authors)),
            n_raised=self.raised(work, members),
            official=official,
            near=near,
            missed=tuple(
                self._missed[row.index] for row in official["promise"] if row.index in self._missed
            ),
            years=tuple(sorted(self._years_of(work, subject, members))),
        )

    def _subtopics(
        self, work: Work, issues: Sequence[Hotspot], places: frozenset[str]
    ) -> frozenset[str]:
        """Return the subtopics that count as the matter itself.

        All of a work that hangs together (饮水, 公路) or that no hotspot narrows down; else those of
        the issues and those under which papers speak of their places.
        """
        own = {issue.subtopic for issue in issues if issue.subtopic}
        if work.whole or not own:
            return frozenset(work.subtopics)
        for circle in CIRCLES:
            for row in self._official.rows(circle):
                if row.work == work.work_id and places & row.places:
                    own.add(row.subtopic)
        return frozenset(own)

    def _lead(
        self,
        issues: Sequence[Hotspot],
        official: Mapping[str, Sequence[OfficialRow]],
        deputies: Sequence[int],
    ) -> Hotspot | None:
        """Return the issue that stands for the work: on the papers' subject and at their places."""
        rows = [row for circle in CIRCLES for row in official[circle]]
        named = {place for row in rows for place in row.places}
        named |= {self._table.label(code) for i in deputies for code in self._table.places[i]}
        subjects = Counter(row.subtopic for row in rows if row.subtopic)
        most = max(subjects.values(), default=0)

        def closeness(issue: Hotspot) -> float:
            place = bool(issue.place) and issue.place.lower() in named
            return place + (subjects[issue.subtopic] / most if most else 0.0)

        hottest = max((issue.heat for issue in issues), default=0.0)
        loud = [issue for issue in issues if issue.heat >= _LOUD * hottest]
        ranked = sorted(loud, key=lambda i: (-round(closeness(i), 3), -i.heat, i.issue_id))
        return ranked[0] if ranked else None

    def _deputies(self, subject: Subject, members: Sequence[int]) -> list[int]:
        inside = [index for index in members if self._by_deputies[index]]
        spoken = [index for name in subject.subtopics for index in self._spoken.get(name, ())]
        return sorted({*inside, *spoken})

    def _years_of(self, work: Work, subject: Subject, members: Sequence[int]) -> set[int]:
        """Return the years in which people raised it at the same places, or a report admitted it."""
        codes = {self._table.code(place) for place in subject.places}
        rows = set(members)
        rows |= {i for i in self._said.get(work.work_id, ()) if codes & set(self._table.places[i])}
        admitted = self._official.direct("difficulty", subject, current=False)
        rows |= {row.index for row in admitted}
        return _years(self._table, rows)


def _without_hotspot(
    gatherer: _Gatherer, official: OfficialRecord, taxonomy: Taxonomy, taken: set[str], scope: Scope
) -> list[Evidence]:
    """Return the pieces of work without hotspot that several papers name or that many people raise."""
    circles: dict[str, set[str]] = defaultdict(set)
    subtopics: dict[str, Counter[str]] = defaultdict(Counter)
    for circle in CIRCLES:
        for row in official.rows(circle):
            if row.work and row.current:
                circles[row.work].add(circle)
                subtopics[row.work][row.subtopic] += 1
    out = []
    for work in taxonomy.works:
        if work.work_id in taken or work.topic_id == "other":
            continue
        many = gatherer.raised(work) >= scope.min_people
        if not many and len(circles[work.work_id]) < _OFFICIAL_ONLY:
            continue
        names = subtopics[work.work_id] or Counter([gatherer.main_subtopic(work)])
        main = min(names, key=lambda name: (-names[name], name))
        authority = taxonomy.authority(main, scope.powers.level)
        if scope.powers.ours(authority):
            out.append(gatherer.evidence(work, (), scope.powers.route(authority)))
    return out


def gather_evidence(
    table: OpinionTable,
    official: OfficialRecord,
    issues: Sequence[Hotspot],
    taxonomy: Taxonomy,
    scope: Scope,
) -> list[Evidence]:
    """Group the issues into pieces of work, and add what papers and deputies say on each.

    Issues of other hands (above, none) stand apart from those that the congress may take up, and
    so do issues that few people raised many times.
    """
    groups: dict[tuple[str, str, bool], list[_Routed]] = defaultdict(list)
    for item in _assign(table, official, issues, (taxonomy, scope.powers)):
        authority = item.route.authority
        hand = "ours" if scope.powers.ours(authority) else authority
        groups[(item.work.work_id, hand, _is_flood(item.issue))].append(item)
    gatherer = _Gatherer(table, official, taxonomy, scope)
    out = [
        gatherer.evidence(group[0].work, group, _leading(group))
        for _, group in sorted(groups.items())
    ]
    taken = {work for work, hand, flooded in groups if hand == "ours" and not flooded}
    return out + _without_hotspot(gatherer, official, taxonomy, taken, scope)
