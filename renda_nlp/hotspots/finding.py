"""From the opinions of a run to its hotspot issues: cluster, count, heat, rank, name, quote."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from renda_nlp.config import HotspotConfig
from renda_nlp.hotspots.blocks import cluster_rows
from renda_nlp.hotspots.duplicates import copy_groups, flood_note
from renda_nlp.hotspots.gazetteer import add_aliases
from renda_nlp.hotspots.heat import HeatFacts, heat_index, heat_terms, rank_intervals
from renda_nlp.hotspots.naming import clauses_of, make_title, people_of, spread
from renda_nlp.hotspots.quoting import quotable, quote_clause
from renda_nlp.hotspots.trend import monthly_counts, trend
from renda_nlp.protocols import Executor, Segmenter
from renda_nlp.records import CHANNELS, Hotspot, OpinionRow, Quote, Sentence, Side
from renda_nlp.table import NO_DATE, OpinionTable
from renda_nlp.taxonomy import Taxonomy

__all__ = ["HotspotFinder", "cluster_opinions"]

Label = TypeVar("Label", int, str)
Ints = NDArray[np.int64]
_WORDED = 32  # issues that are worded in one go
_SAMPLE = 40  # members that are read for the words of a large issue
_MIN_SIDE = 2
_SIDE_SHARE = 0.15
_MIN_PLACE_SHARE = 0.34
_MAX_CITED = 12


def cluster_opinions(table: OpinionTable, config: HotspotConfig) -> list[Ints]:
    """Return the groups of at least ``min_size`` voices about one matter, as table indices.

    The order of the input does not matter: rows are taken in the order of their ids.
    """
    voices = np.flatnonzero(table.column("is_voice"))
    rows = np.array(sorted(voices.tolist(), key=lambda i: table.ids[i]), np.int64)
    if not len(rows):
        return []
    labels = cluster_rows(table, rows, config.min_link, config.max_block)
    order = np.argsort(labels, kind="stable")
    groups = np.split(rows[order], np.flatnonzero(np.diff(labels[order])) + 1)
    return [group for group in groups if len(group) >= config.min_size]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is counted before anything is worded."""

    members: Ints  # inside the period, by date and id
    days: tuple[date, ...]  # of all members, earlier years too
    terms: HeatFacts


class HotspotFinder:
    """Finds and words the hotspot issues of a table.

    Args:
        config: Clustering, heat and quoting.
        taxonomy: Gives departments and the authority of a subtopic.
        segmenter: Cuts the words of titles and quotes.
        level: township, subdistrict or county: stations or departments are named.
        executor: Where issues are worded; it must see the memory of this process.
    """

    def __init__(
        self,
        config: HotspotConfig,
        taxonomy: Taxonomy,
        segmenter: Segmenter,
        level: str,
        executor: Executor,
    ) -> None:
        self._config = config
        self._taxonomy = taxonomy
        self._segmenter = segmenter
        self._level = level
        self._executor = executor

    def find(
        self,
        table: OpinionTable,
        as_of: date,
        period: tuple[date, date] | None,
        *,
        regroup: Callable[[list[Ints]], list[Ints]] = list,
    ) -> tuple[Hotspot, ...]:
        """Return the issues by falling heat; opinions before ``period`` count as history only.

        ``regroup`` may merge and split the groups (table indices) before they are counted.
        """
        add_aliases(table)
        facts = []
        for group in regroup(cluster_opinions(table, self._config)):
            found = self._facts(table, group, as_of, period)
            if len(found.members) >= self._config.min_size:
                facts.append(found)
        drafts = self._worded(table, facts, as_of)
        drafts.sort(key=lambda spot: (-spot.heat, -spot.n_people, spot.members))
        values = np.array([[term.value for term in spot.heat_terms] for spot in drafts])
        weights = np.array([term.weight for term in drafts[0].heat_terms]) if drafts else values
        intervals = rank_intervals(values, weights)
        ranked = []
        for rank, (spot, (low, high)) in enumerate(zip(drafts, intervals, strict=True), 1):
            issue_id = f"{as_of.year}-{rank:03d}"
            ranked.append(
                replace(
                    spot,
                    rank=rank,
                    issue_id=issue_id,
                    rank_low=min(low, rank),
                    rank_high=max(high, rank),
                )
            )
            table.issue_ids.update((table.index_of(member), issue_id) for member in spot.members)
        return tuple(ranked)

    def _worded(self, table: OpinionTable, facts: Sequence[_Facts], as_of: date) -> list[Hotspot]:
        def word(start: int) -> list[Hotspot]:
            return [self._word(table, own, as_of) for own in facts[start : start + _WORDED]]

        parts = self._executor.map(lambda: word, range(0, len(facts), _WORDED))
        return [spot for part in parts for spot in part]

    def _facts(
        self, table: OpinionTable, group: Ints, as_of: date, period: tuple[date, date] | None
    ) -> _Facts:
        days = table.column_at("days", group)
        inside = np.ones(len(group), bool)
        if period is not None:
            first, last = (day.toordinal() for day in period)
            inside = (days == NO_DATE) | ((days >= first) & (days <= last))
        members = group[inside]
        dated = np.sort(days[days != NO_DATE]).tolist()
        own = days[inside]
        severe = [bool(table.severity[i]) for i in members]
        places = {code for i in members for code in table.places[i] if code not in table.regions[i]}
        terms = HeatFacts(
            people=len(set(table.column_at("authors", members).tolist())),
            places=len(places),
            channels=len(set(table.column_at("channels", members).tolist())),
            endorsements=int(table.column_at("endorsements", members).sum()),
            heads=int(table.column_at("heads", members).max(initial=0)),
            ages_days=tuple(as_of.toordinal() - day for day in own[own != NO_DATE].tolist()),
            months=len({date.fromordinal(day).strftime("%Y-%m") for day in dated}),
            severe_share=sum(severe) / len(severe) if severe else 0.0,
        )
        order = sorted(range(len(members)), key=lambda k: (int(own[k]), table.ids[int(members[k])]))
        return _Facts(members[order], tuple(date.fromordinal(day) for day in dated), terms)

    def _word(self, table: OpinionTable, facts: _Facts, as_of: date) -> Hotspot:
        members = facts.members.tolist()
        step = max(1, len(members) // _SAMPLE)
        rows = list(table.rows(members[::step][:_SAMPLE]))
        texts = [row.masked_text for row in rows]
        clauses = [
            clause
            for number, text in enumerate(texts)
            for clause in clauses_of(self._segmenter, number, text, sentences=False)
        ]
        titles = [
            clause
            for number, row in enumerate(rows)
            if len(row.opinion.passages) > 1
            for clause in clauses_of(
                self._segmenter, number, row.masked_text.split("。")[0], sentences=True
            )
        ]
        topic = _commonest(row.scores.topic for row in rows)
        subtopic = self._subtopic(table, members, topic)
        place = self._place(table, members)
        topic_name = self._taxonomy.topic(topic).name
        votes = Counter(code for i in members for code in set(table.places[i]))
        regions = {code for i in members for code in table.regions[i]}
        known = frozenset(table.label(c) for c, n in votes.items() if n > 1 or c in regions)
        title = make_title(clauses, titles, place, known, self._cues(topic))
        title = title or f"{place}{topic_name}"
        place = self._place(table, members, title.lower())
        terms = heat_terms(facts.terms, self._config.weights, self._config.half_life_days)
        copies = copy_groups(texts, self._config.duplicate_similarity)
        authors = table.column_at("authors", facts.members).tolist()
        sample_authors = authors[::step][: len(rows)]
        channels = Counter(
            table.label(code) for code in table.column_at("channels", facts.members).tolist()
        )
        return Hotspot(
            issue_id="",
            rank=0,
            title=title,
            summary=self._summary(table, facts, rows, channels),
            heat=heat_index(terms),
            heat_terms=terms,
            n_opinions=len(members),
            n_people=facts.terms.people,
            n_places=facts.terms.places,
            n_channels=len(channels),
            n_duplicates=sum(group != index for index, group in enumerate(copies)),
            flood=flood_note(copies, sample_authors),
            first_date=self._day(table, members, 0),
            last_date=self._day(table, members, -1),
            place=place,
            people=people_of(texts),
            topic=topic,
            subtopic=subtopic,
            trend=trend(facts.days, as_of),
            monthly=monthly_counts(facts.days),
            members=tuple(table.ids[i] for i in members),
            channels=tuple(sorted(channels.items(), key=lambda item: (-item[1], item[0]))),
            quotes=self._quotes(rows, self._config.n_quotes),
            departments=self._taxonomy.responsible(topic, subtopic, self._level),
            authority=self._taxonomy.authority(subtopic, self._level),
            severity=tuple(sorted({table.label(c) for i in members for c in table.severity[i]})),
            rank_low=0,
            rank_high=0,
            sides=self._sides(table, facts.members, rows),
        )

    def _cues(self, topic: str) -> frozenset[str]:
        """Return the cue terms of a topic and its subtopics."""
        return frozenset(
            cue.lower()
            for sub in self._taxonomy.topic(topic).subtopics
            for cue in (*sub.cues, *sub.colloquial)
        )

    def _subtopic(self, table: OpinionTable, members: Sequence[int], topic: str) -> str:
        """Return the subtopic of the topic that most members have, "" when none has one."""
        names = [table.label(code) for code in table.column_at("subtopics", members).tolist()]
        subs = (self._taxonomy.subtopic(name) for name in names)
        own = [sub.subtopic_id for sub in subs if sub is not None and sub.topic_id == topic]
        return _commonest(own) if own else ""

    def _day(self, table: OpinionTable, members: Sequence[int], at: int) -> date | None:
        days = [
            day for day in table.column_at("days", np.array(members)).tolist() if day != NO_DATE
        ]
        return date.fromordinal(days[at]) if days else None

    def _place(self, table: OpinionTable, members: Sequence[int], title: str = "") -> str:
        """Return the most specific place that a third of the members (two at least) name.

        A place that the title names comes first.
        """
        votes = Counter(code for i in members for code in set(table.places[i]))
        regions = {code for i in members for code in table.regions[i]}
        least = max(2, round(_MIN_PLACE_SHARE * len(members)))
        named = [
            (table.label(code) not in title, code in regions, -n, table.label(code))
            for code, n in votes.items()
            if n >= least
        ]
        return min(named)[-1].upper() if named else ""

    def _quotes(self, rows: Sequence[OpinionRow], n: int) -> tuple[Quote, ...]:
        usable = [
            row for row in rows if quotable(row)
        ] or rows  # those stay in the internal edition
        sentences = [
            clause
            for number, row in enumerate(usable)
            for clause in clauses_of(self._segmenter, number, row.opinion.text, sentences=True)
        ]
        chosen = spread(sentences, n)
        return tuple(quote_clause(usable[clause.member], clause) for clause in chosen)

    def _summary(
        self,
        table: OpinionTable,
        facts: _Facts,
        rows: Sequence[OpinionRow],
        channels: Counter[str],
    ) -> tuple[Sentence, ...]:
        ids = [table.ids[i] for i in facts.members.tolist()]
        where = "、".join(
            f"{CHANNELS[name][0]}{n}件" for name, n in sorted(channels.items(), key=lambda c: -c[1])
        )
        sentences = [
            Sentence(
                text=f"共{len(ids)}件、{facts.terms.people}人反映，来自{where}。",
                opinion_ids=tuple(ids[:_MAX_CITED]),
            )
        ]
        usable = [row for row in rows if quotable(row)]
        pool = [
            clause
            for number, row in enumerate(usable)
            for clause in clauses_of(self._segmenter, number, row.masked_text, sentences=True)
            if len(clause.text) <= 70  # noqa: PLR2004 - a line of a summary
        ]
        for lead, clause in zip(("主要反映：", "也有反映："), spread(pool, 2), strict=False):
            words = clause.text.strip().rstrip("。；;，,")
            sentences.append(
                Sentence(
                    text=f"{lead}{words}。",
                    opinion_ids=(usable[clause.member].opinion.opinion_id,),
                )
            )
        heads = [i for i in facts.members.tolist() if table.column_at("heads", [i])[0] > 1]
        if heads:
            most = max(heads, key=lambda i: int(table.column_at("heads", [i])[0]))
            number = int(table.column_at("heads", [most])[0])
            sentences.append(
                Sentence(
                    text=f"{len(heads)}件提到涉及的人（户）数，最多的一件提到{number}。",
                    opinion_ids=(table.ids[most],),
                )
            )
        return tuple(sentences)

    def _sides(
        self, table: OpinionTable, members: Ints, rows: Sequence[OpinionRow]
    ) -> tuple[Side, ...]:
        stances = table.column_at("stances", members)
        sides = []
        for label, sign in (("支持", 1), ("反对", -1)):
            count = int((stances == sign).sum())
            if count < max(_MIN_SIDE, _SIDE_SHARE * len(members)):
                return ()
            ids = {table.ids[i] for i in members[stances == sign].tolist()}
            own = [row for row in rows if row.opinion.opinion_id in ids]
            sides.append(Side(label=label, n_opinions=count, quotes=self._quotes(own, 2)))
        return tuple(sides)


def _commonest(values: Iterable[Label]) -> Label:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], str(value)))
