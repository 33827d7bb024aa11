"""What an issue says: title, summary, quotes, sides and facts in words, from its members' words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from renda_nlp.config import HotspotConfig
from renda_nlp.hotspots.counting import IssueFacts
from renda_nlp.hotspots.duplicates import copy_groups, flood_note
from renda_nlp.hotspots.heat import heat_index, heat_terms
from renda_nlp.hotspots.naming import ClauseCutter, people_of, spread
from renda_nlp.hotspots.quoting import quotable, quote_clause
from renda_nlp.hotspots.titles import make_title
from renda_nlp.hotspots.trend import monthly_counts, seasonal_months, trend
from renda_nlp.protocols import Segmenter
from renda_nlp.records import CHANNELS, Hotspot, OpinionRow, Quote, Sentence, Side
from renda_nlp.table import NO_DATE, OpinionTable
from renda_nlp.taxonomy import Taxonomy

__all__ = ["IssueWriter"]

Label = TypeVar("Label", int, str)
Ints = NDArray[np.int64]
_SAMPLE = 40  # members that are read for the words of a large issue
_MIN_SIDE = 2
_SIDE_SHARE = 0.15
_MIN_PLACE_SHARE = 0.34
_MAX_CITED = 12


class IssueWriter:
    """Words the issues of a table.

    Args:
        config: Heat and quoting.
        taxonomy: Gives departments and the authority of a subtopic.
        segmenter: Cuts the words of titles and quotes.
        level: township, subdistrict or county: stations or departments are named.
    """

    def __init__(
        self, config: HotspotConfig, taxonomy: Taxonomy, segmenter: Segmenter, level: str
    ) -> None:
        self._config = config
        self._taxonomy = taxonomy
        self._cutter = ClauseCutter(segmenter)
        self._level = level
        self._cues_of: dict[str, frozenset[str]] = {}
        topics = (topic.topic_id for topic in taxonomy.topics)
        self._all_cues = frozenset(cue for topic in topics for cue in self._cues(topic))

    def word(self, table: OpinionTable, facts: IssueFacts, as_of: date) -> Hotspot:
        """Return the issue of some figures; id and ranks are not given yet."""
        members = facts.members.tolist()
        step = max(1, len(members) // _SAMPLE)
        rows = list(table.rows(members[::step][:_SAMPLE]))
        texts = [row.masked_text for row in rows]
        clauses = [
            clause
            for number, text in enumerate(texts)
            for clause in self._cutter.cut(number, text, sentences=False)
        ]
        titles = [
            clause
            for number, row in enumerate(rows)
            if len(row.opinion.passages) > 1
            for clause in self._cutter.cut(number, row.masked_text.split("。")[0], sentences=True)
        ]
        topic = _commonest(row.scores.topic for row in rows)
        subtopic = self._subtopic(table, members, topic, texts)
        votes = Counter(code for i in members for code in set(table.places[i]))
        regions = {code for i in members for code in table.regions[i]}
        least = max(2, round(_MIN_PLACE_SHARE * len(members)))
        shared = {table.label(c): (c in regions, n) for c, n in votes.items() if n >= least}
        place = _shared_place(shared)
        topic_name = self._taxonomy.topic(topic).name
        known = frozenset(table.label(c) for c, n in votes.items() if n > 1 or c in regions)
        title = make_title(clauses, titles, place, known, self._cues(topic), self._all_cues)
        title = title or f"{place}{topic_name}"
        place = _shared_place(shared, title.lower())
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
        if topic not in self._cues_of:
            self._cues_of[topic] = frozenset(
                cue.lower()
                for sub in self._taxonomy.topic(topic).subtopics
                for cue in (*sub.cues, *sub.colloquial)
            )
        return self._cues_of[topic]

    def _subtopic(
        self, table: OpinionTable, members: Sequence[int], topic: str, texts: Sequence[str]
    ) -> str:
        """Return the subtopic of the topic that most members have or name, "" when none has one.

        A member whose text holds a cue of a subtopic speaks for it too: single short texts are
        often taken for a neighbour.
        """
        names = [table.label(code) for code in table.column_at("subtopics", members).tolist()]
        subs = {name: self._taxonomy.subtopic(name) for name in sorted(set(names))}
        votes = Counter(names)
        said = [text.lower() for text in texts]
        for name, sub in subs.items():
            if sub is None or sub.topic_id != topic:
                del votes[name]
                continue
            cues = [cue.lower() for cue in (*sub.cues, *sub.colloquial)]
            votes[name] += sum(any(cue in text for cue in cues) for text in said)
        return min(votes, key=lambda name: (-votes[name], name), default="")

    def _day(self, table: OpinionTable, members: Sequence[int], at: int) -> date | None:
        days = [
            day for day in table.column_at("days", np.array(members)).tolist() if day != NO_DATE
        ]
        return date.fromordinal(days[at]) if days else None

    def _quotes(self, rows: Sequence[OpinionRow], n: int) -> tuple[Quote, ...]:
        usable = [
            row for row in rows if quotable(row)
        ] or rows  # those stay in the internal edition
        sentences = [
            clause
            for number, row in enumerate(usable)
            for clause in self._cutter.cut(number, row.opinion.text, sentences=True)
        ]
        chosen = spread(sentences, n)
        return tuple(quote_clause(usable[clause.member], clause) for clause in chosen)

    def _summary(
        self,
        table: OpinionTable,
        facts: IssueFacts,
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
            for clause in self._cutter.cut(number, row.masked_text, sentences=True)
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
        heads = table.column_at("heads", facts.members)
        if (told := int((heads > 1).sum())) > 0:
            most = int(facts.members[int(np.argmax(heads))])
            sentences.append(
                Sentence(
                    text=f"{told}件提到涉及的人（户）数，最多的一件提到{int(heads.max())}。",
                    opinion_ids=(table.ids[most],),
                )
            )
        sentences.extend(_season(table, facts))
        return tuple(sentences)

    def _sides(
        self, table: OpinionTable, members: Ints, rows: Sequence[OpinionRow]
    ) -> tuple[Side, ...]:
        """Return both sides of the thing that most members dispute; nothing where one is silent."""
        stances = table.column_at("stances", members)
        thing = _commonest(np.abs(stances[stances != 0]).tolist()) if stances.any() else 0
        stances = np.where(np.abs(stances) == thing, np.sign(stances), 0)
        sides = []
        for label, sign in (("支持", 1), ("反对", -1)):
            count = int((stances == sign).sum())
            if count < max(_MIN_SIDE, _SIDE_SHARE * len(members)):
                return ()
            ids = {table.ids[i] for i in members[stances == sign].tolist()}
            own = [row for row in rows if row.opinion.opinion_id in ids]
            sides.append(Side(label=label, n_opinions=count, quotes=self._quotes(own, 2)))
        return tuple(sides)


def _season(table: OpinionTable, facts: IssueFacts) -> list[Sentence]:
    """Return the sentence on the months in which the issue comes back, none when it does not."""
    months = seasonal_months(facts.days)
    days = table.column_at("days", facts.members).tolist()
    cited = [
        table.ids[i]
        for i, day in zip(facts.members.tolist(), days, strict=True)
        if day != NO_DATE and date.fromordinal(day).month in months
    ]
    if not cited:
        return []
    years = sorted({day.year for day in facts.days if day.month in months})
    said = f"每年{'、'.join(map(str, months))}月反映集中（{'、'.join(map(str, years))}年都有）。"
    return [Sentence(text=said, opinion_ids=tuple(cited[:_MAX_CITED]))]


def _shared_place(shared: dict[str, tuple[bool, int]], title: str = "") -> str:
    """Return the most specific of the places that members share; one in the title comes first.

    Args:
        shared: Place to whether it is a region, and how many members name it.
        title: In small letters.
    """
    ranked = [(name not in title, region, -n, name) for name, (region, n) in shared.items()]
    return min(ranked)[-1].upper() if ranked else ""


def _commonest(values: Iterable[Label]) -> Label:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], str(value)))
