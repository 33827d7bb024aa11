"""From hotspots and official papers to a few supervision topics, and the reason for every other."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from renda_nlp.config import SelectConfig
from renda_nlp.records import Candidate, ChannelEvidence, Hotspot, OpinionRow
from renda_nlp.selection.criteria import Evidence, score_criteria, weighted_score
from renda_nlp.selection.methods import (
    AUTHORITIES,
    choose_methods,
    draft_questions,
    places_to_visit,
    quarter_of,
)
from renda_nlp.selection.official import OfficialRecord, quote_whole, read_official
from renda_nlp.table import OpinionTable
from renda_nlp.taxonomy import Subtopic, Taxonomy, is_accusation

__all__ = ["TopicSelector"]

_FLOOD_SHARE = 0.5
_MIN_SCORE = 20.0
_LEAD = 0.6
_MAX_LAWS = 5
_DEPUTIES = frozenset(("suggestion", "deliberation"))


class TopicSelector:
    """Scores the candidates and chooses at most ``max_topics``.

    Args:
        config: Weights and limits.
        taxonomy: Work titles, methods, laws, departments, authority of each subject.
        area: The place that titles name, such as 云溪镇.
        level: township, subdistrict or county.
    """

    def __init__(self, config: SelectConfig, taxonomy: Taxonomy, area: str, level: str) -> None:
        self._config = config
        self._taxonomy = taxonomy
        self._area = area
        self._level = level

    def select(self, table: OpinionTable, issues: Sequence[Hotspot]) -> tuple[Candidate, ...]:
        """Return every candidate: the chosen ones first by rank, then the others by score."""
        official = read_official(table)
        drafts = [
            self._draft(table, official, evidence)
            for evidence in self._gather(table, official, issues)
        ]
        drafts.sort(key=lambda c: (-c.score, c.title))
        chosen: list[Candidate] = []
        others: list[Candidate] = []
        per_topic: Counter[str] = Counter()
        for draft in drafts:
            reason = draft.reason or self._obstacle(draft, chosen, per_topic)
            if reason:
                others.append(replace(draft, reason=reason))
                continue
            per_topic[draft.topic] += 1
            rank = len(chosen) + 1
            chosen.append(
                replace(draft, chosen=True, rank=rank, reason=_why(draft), quarter=quarter_of(rank))
            )
        return tuple(
            replace(candidate, candidate_id=f"C{number:03d}")
            for number, candidate in enumerate([*chosen, *others], 1)
        )

    def _gather(
        self, table: OpinionTable, official: OfficialRecord, issues: Sequence[Hotspot]
    ) -> list[Evidence]:
        """Group the issues into pieces of work, and add the deputies' words on each.

        A piece of work is one topic in one hand: subtopics of the same authority go together.
        Issues that few people raised many times stand apart: they prove nothing for the others.
        What official papers call the matter of the same place names the subject too.
        """
        groups: dict[tuple[str, str, bool], list[Hotspot]] = defaultdict(list)
        for issue in issues:
            if issue.topic != "other":
                flooded = issue.n_people <= _FLOOD_SHARE * issue.n_opinions
                groups[(issue.topic, issue.authority, flooded)].append(issue)
        spoken = [
            index
            for index in np.flatnonzero(table.column("is_voice")).tolist()
            if table.label(int(table.column_at("kinds", [index])[0])) in _DEPUTIES
        ]
        out = []
        for (topic, *_), group in sorted(groups.items()):
            places = frozenset(issue.place for issue in group if issue.place)
            named = self._in_hand(official.subjects_at(table, topic, places), group[0].authority)
            subjects = frozenset(issue.subtopic for issue in group if issue.subtopic) | set(named)
            rows = [
                index
                for index in spoken
                if table.label(int(table.column_at("topics", [index])[0])) == topic
                and table.label(int(table.column_at("subtopics", [index])[0])) in subjects
            ]
            out.append(
                Evidence(
                    topic=topic,
                    subtopics=subjects,
                    main_subtopic=self._main_subtopic(group, named),
                    places=places,
                    issues=tuple(group),
                    deputies=tuple(table.rows(rows)),
                )
            )
        return out

    def _in_hand(self, subjects: Counter[str], authority: str) -> Counter[str]:
        """Return the subjects that lie in this hand."""
        found = ((self._taxonomy.subtopic(name), n) for name, n in subjects.items())
        return Counter(
            {
                sub.subtopic_id: n
                for sub, n in found
                if sub is not None and sub.authority == authority
            }
        )

    def _main_subtopic(self, group: Sequence[Hotspot], named: Counter[str]) -> str:
        """Return the subtopic that most people, or official papers, speak of, "" when none leads."""
        if named:
            return min(named, key=lambda name: (-named[name], name))
        people: Counter[str] = Counter()
        for issue in group:
            people[issue.subtopic] += issue.n_people
        name, n = min(people.items(), key=lambda item: (-item[1], item[0]))
        return name if n >= _LEAD * sum(people.values()) else ""

    def _draft(
        self, table: OpinionTable, official: OfficialRecord, evidence: Evidence
    ) -> Candidate:
        topic, subtopic = (
            self._taxonomy.topic(evidence.topic),
            self._taxonomy.subtopic(evidence.main_subtopic),
        )
        criteria = score_criteria(table, official, evidence, self._config.weights)
        authority = evidence.issues[0].authority
        pattern = (subtopic.work_title if subtopic else "") or topic.work_title
        subjects = self._subjects(evidence.issues)
        return Candidate(
            candidate_id="",
            title=pattern.format(place=self._area),
            topic=evidence.topic,
            subtopic=evidence.main_subtopic,
            place=self._area,
            score=weighted_score(criteria),
            chosen=False,
            rank=0,
            reason=self._exclusion(evidence, authority),
            criteria=criteria,
            issue_ids=tuple(issue.issue_id for issue in evidence.issues),
            channels=self._channels(table, evidence),
            methods=choose_methods(topic, subtopic, evidence.issues, authority),
            departments=self._taxonomy.responsible(
                evidence.topic, evidence.main_subtopic, self._level
            ),
            quarter="",
            authority=authority,
            authority_reason=AUTHORITIES[authority],
            laws=tuple(dict.fromkeys(law for sub in subjects for law in sub.laws))[:_MAX_LAWS],
            questions=draft_questions(subjects),
            visits=places_to_visit(evidence.issues),
        )

    def _subjects(self, issues: Sequence[Hotspot]) -> list[Subtopic]:
        """Return the subtopics of the issues, those that most people speak of first."""
        people: Counter[str] = Counter()
        for issue in issues:
            people[issue.subtopic] += issue.n_people
        ranked = sorted(people, key=lambda name: (-people[name], name))
        found = (self._taxonomy.subtopic(name) for name in ranked)
        return [subtopic for subtopic in found if subtopic is not None]

    def _exclusion(self, evidence: Evidence, authority: str) -> str:
        """Return why the subject cannot be chosen whatever its score, else ""."""
        if authority == "none":
            return f"不作监督议题：{AUTHORITIES['none']}"
        if authority == "county" and self._level != "county":
            return f"不列为本级议题：{AUTHORITIES['county']}"
        people = max(issue.n_people for issue in evidence.issues)
        if people < self._config.min_people:
            return (
                f"证据不足：没有一个热点问题达到{self._config.min_people}人反映（最多的{people}人）"
            )
        if all(issue.n_people <= _FLOOD_SHARE * issue.n_opinions for issue in evidence.issues):
            return "证据不足：件数多而人数少，主要是少数人多次反映"
        return ""

    def _obstacle(
        self, draft: Candidate, chosen: Sequence[Candidate], per_topic: Counter[str]
    ) -> str:
        """Return why a possible topic is not among the few, else ""."""
        for earlier in chosen:
            if earlier.title == draft.title:
                return f"并入“{earlier.title}”：属于同一项工作"
        if draft.score < _MIN_SCORE:
            return f"证据不足：综合得分{draft.score}，低于{_MIN_SCORE:.0f}分"
        if per_topic[draft.topic] >= self._config.max_per_topic:
            name = self._taxonomy.topic(draft.topic).name
            return f"同一领域（{name}）已选{per_topic[draft.topic]}项，兼顾领域分布，留作备选"
        if len(chosen) >= self._config.max_topics:
            return f"议题数已满{self._config.max_topics}项（议大事、少而精），按得分留作备选"
        return ""

    def _channels(self, table: OpinionTable, evidence: Evidence) -> tuple[ChannelEvidence, ...]:
        rows: dict[str, list[OpinionRow]] = defaultdict(list)
        for issue in evidence.issues:
            for member in issue.members:
                row = table.row(table.index_of(member))
                rows[row.opinion.channel].append(row)
        return tuple(
            ChannelEvidence(
                channel=channel,
                n_opinions=len(found),
                quotes=tuple(
                    quote_whole(row.opinion)
                    for row in found[:1]
                    if not is_accusation(row.subtopic, row.scores.intent)
                ),
            )
            for channel, found in sorted(rows.items(), key=lambda item: (-len(item[1]), item[0]))
        )


def _why(draft: Candidate) -> str:
    """Return the reason for a choice in words: the circles that it lies in."""
    strong = [item.label for item in draft.criteria if item.value > 40.0]  # noqa: PLR2004
    heat = next(item for item in draft.criteria if item.name == "heat")
    labels = [heat.label, *(label for label in strong if label != heat.label)]
    return f"{' × '.join(labels)}：{heat.sentence}"
