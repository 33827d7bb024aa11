"""From the evidence of one piece of work to a candidate with everything that a congress needs."""

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np

from renda_nlp.config import SelectConfig
from renda_nlp.records import (
    CHANNELS,
    STATUTORY_CHANNELS,
    Candidate,
    ChannelEvidence,
    EarlierTopic,
    Quote,
    StatutoryEvidence,
)
from renda_nlp.selection.criteria import score_criteria, weighted_score
from renda_nlp.selection.evidence import CIRCLES, Evidence
from renda_nlp.selection.excluding import Excluder
from renda_nlp.selection.figures import Figures, split_names
from renda_nlp.selection.methods import (
    choose_methods,
    draft_questions,
    places_to_visit,
)
from renda_nlp.selection.official import SiteRule, quote_whole
from renda_nlp.selection.routing import Powers
from renda_nlp.table import OpinionTable
from renda_nlp.taxonomy import Subtopic, Taxonomy, is_accusation

__all__ = ["Drafter", "Office"]

_LEAD = 0.5
_MAX_LAWS = 4
_MIN_SUBJECT = 0.2  # of the leading subject's people and sentences; below it no law is named
_N_SAMPLE = 8
_N_QUOTES = 2
_MAX_DEPARTMENTS = 3
_HIGHER_UNIT = re.compile(r"^[县市区州省]|人民法院|人大")
_LOWER_UNIT = re.compile(r"^[^县市区]{0,6}(?:[镇乡]|街道|社区|各村|村)")
_STANDING_COMMITTEES = "《监督法》"
_REST = "农村"


@dataclass(frozen=True, slots=True)
class Office:
    """For whom the topics are drafted."""

    area: str  # 柏渡镇
    level: str  # township, subdistrict or county
    plan_year: int


class Drafter:
    """Turns evidence into candidates.

    Args:
        table: The opinions.
        taxonomy: Titles, methods, laws and departments.
        config: Weights and limits.
        office: For whom.
        figures: Rows of budget and task tables.
        kinds: Kinds of official papers that the material holds.
    """

    def __init__(
        self,
        table: OpinionTable,
        taxonomy: Taxonomy,
        config: SelectConfig,
        office: Office,
        figures: Figures,
        kinds: Set[str],
    ) -> None:
        self._table = table
        self._taxonomy = taxonomy
        self._config = config
        self._office = office
        self._powers = Powers(office.level, office.area)
        self._figures = figures
        self._kinds = kinds
        self._excluder = Excluder(table, config, self._powers, kinds, office.plan_year)
        self._sites = SiteRule(taxonomy)

    def sites(self, evidence: Evidence) -> tuple[str, ...]:
        """Return the places of the evidence that name the matter by themselves."""
        return tuple(sorted(self._sites(evidence.places)))

    def title(self, evidence: Evidence) -> str:
        """Return 关于…情况: the leading subject's where one leads, else that of the whole work."""
        work = evidence.work
        pattern = work.title
        votes = self._votes(evidence)
        if votes and not work.whole:
            name, n = min(votes.items(), key=lambda item: (-item[1], item[0]))
            subtopic = self._taxonomy.subtopic(name)
            if subtopic is not None and subtopic.work_title and n >= _LEAD * sum(votes.values()):
                pattern = subtopic.work_title
        if self._office.level == "subdistrict":
            pattern = pattern.replace(_REST, "")
        return pattern.format(place=self._office.area)

    def _votes(self, evidence: Evidence) -> Counter[str]:
        """Return people and sentences of papers by subtopic of the work."""
        votes: Counter[str] = Counter()
        for issue in evidence.issues:
            votes[issue.subtopic] += issue.n_people
        for circle in CIRCLES:
            votes.update(row.subtopic for row in evidence.official[circle])
        return Counter({n: v for n, v in votes.items() if n in evidence.work.subtopics and v})

    def _subjects(self, evidence: Evidence) -> list[Subtopic]:
        votes = self._votes(evidence)
        ranked = sorted(votes, key=lambda name: (-votes[name], name))
        found = (self._taxonomy.subtopic(name) for name in ranked or evidence.work.subtopics[:1])
        return [subtopic for subtopic in found if subtopic is not None]

    def _weighty(self, evidence: Evidence) -> list[Subtopic]:
        """Return the subjects that weigh: the leading one, and those of a fair share of it."""
        votes = self._votes(evidence)
        subjects = self._subjects(evidence)
        least = _MIN_SUBJECT * max(votes.values(), default=0)
        return [s for n, s in enumerate(subjects) if not n or votes[s.subtopic_id] >= least]

    def draft(
        self, number: int, evidence: Evidence, earlier: Sequence[EarlierTopic], *, any_earlier: bool
    ) -> Candidate:
        """Return the candidate, not chosen yet.

        Args:
            number: Its number among the drafts.
            evidence: What it rests on.
            earlier: The earlier topics on the same work.
            any_earlier: Whether earlier plans are known at all.
        """
        subjects = self._subjects(evidence)
        criteria = score_criteria(
            self._table, evidence, self._config.weights, self._office.level, self._kinds
        )
        methods: tuple[str, ...] = ()
        methods_reason = ""
        if self._powers.ours(evidence.route.authority):
            methods, methods_reason = choose_methods(evidence, subjects, earlier)
        sites = self.sites(evidence)
        lines, note = self._figures.lines(evidence, sites)
        departments, said = self._departments(evidence, subjects, sites)
        reason = self._excluder.reason(evidence, earlier)
        promises = self._promises(evidence, subjects)
        laws = dict.fromkeys(law for subject in self._weighty(evidence) for law in subject.laws)
        if self._office.level != "county":
            laws.pop(_STANDING_COMMITTEES, None)  # a township has none
        return Candidate(
            candidate_id=f"D{number:03d}",
            title=self.title(evidence),
            topic=evidence.topic,
            subtopic=subjects[0].subtopic_id if subjects else "",
            place=self._office.area,
            score=weighted_score(criteria),
            chosen=False,
            rank=0,
            reason=reason,
            criteria=criteria,
            issue_ids=tuple(issue.issue_id for issue in evidence.issues),
            channels=self._channels(evidence),
            methods=methods,
            departments=departments,
            quarter="",
            authority=evidence.route.authority,
            authority_reason=evidence.route.reason,
            laws=tuple(laws)[:_MAX_LAWS],
            questions=draft_questions(evidence.lead, subjects, promises, sorted(evidence.places)),
            visits=places_to_visit(evidence.issues, subjects),
            work=evidence.work.work_id,
            n_people=evidence.n_people,
            n_raised=evidence.n_raised,
            lead_id=evidence.lead.issue_id if evidence.lead else "",
            eligible=not reason,
            methods_reason=methods_reason,
            authority_name=evidence.route.name,
            matrix=self._matrix(evidence),
            figures=lines,
            figures_note=note,
            history=_history(earlier, any_earlier=any_earlier),
            department_quotes=said,
        )

    def _promises(self, evidence: Evidence, subjects: Sequence[Subtopic]) -> list[Quote]:
        """Return the promises at the places of the issues first, then those on the subject."""
        main = subjects[0].subtopic_id if subjects else ""
        rows = evidence.official["promise"]
        near = [row for row in rows if evidence.places & row.places]
        rows = near or [r for r in rows if r.subtopic == main or evidence.work.whole]
        return [quote_whole(self._table.opinion(row.index)) for row in rows[:_N_QUOTES]]

    def _departments(
        self, evidence: Evidence, subjects: Sequence[Subtopic], sites: tuple[str, ...]
    ) -> tuple[tuple[str, ...], tuple[Quote, ...]]:
        """Return who is responsible: as task tables and forms say, else by the taxonomy."""
        names, quotes = self._figures.departments(evidence, sites)
        if not names:
            rows = self._table.rows(evidence.deputies[:_N_SAMPLE])
            said = Counter(
                name
                for row in rows
                for key, value in row.opinion.attributes
                if key in ("承办单位", "责任单位")
                for name in split_names(value)
            )
            names = tuple(sorted(said, key=lambda name: (-said[name], name)))
        other = _LOWER_UNIT if self._office.level == "county" else _HIGHER_UNIT
        names = tuple(name for name in names if not other.search(name))
        if names:
            return names[:_MAX_DEPARTMENTS], quotes
        subtopic = subjects[0].subtopic_id if subjects else ""
        return self._taxonomy.responsible(evidence.topic, subtopic, self._office.level), ()

    def _rows(self, evidence: Evidence) -> list[int]:
        return sorted({*evidence.members, *evidence.deputies})

    def _quotes(self, rows: Sequence[int], n: int) -> tuple[Quote, ...]:
        shown = [
            quote_whole(row.opinion)
            for row in self._table.rows(rows[:_N_SAMPLE])
            if not is_accusation(row.subtopic, row.scores.intent)
        ]
        return tuple(shown[:n])

    def _by_channel(self, evidence: Evidence) -> dict[str, list[int]]:
        rows = self._rows(evidence)
        codes = self._table.column_at("channels", rows).tolist()
        found: dict[str, list[int]] = {}
        for index, code in zip(rows, codes, strict=True):
            found.setdefault(self._table.label(code), []).append(index)
        return found

    def _channels(self, evidence: Evidence) -> tuple[ChannelEvidence, ...]:
        found = self._by_channel(evidence).items()
        return tuple(
            ChannelEvidence(channel=name, n_opinions=len(rows), quotes=self._quotes(rows, 1))
            for name, rows in sorted(found, key=lambda item: (-len(item[1]), item[0]))
        )

    def _matrix(self, evidence: Evidence) -> tuple[StatutoryEvidence, ...]:
        cells: dict[int, list[int]] = {number: [] for number in STATUTORY_CHANNELS}
        for name, rows in self._by_channel(evidence).items():
            if number := CHANNELS[name][1]:
                cells[number] += rows
        return tuple(
            StatutoryEvidence(
                number=number,
                n_opinions=len(rows),
                n_people=len(np.unique(self._table.column_at("authors", rows))),
                quotes=self._quotes(sorted(rows), _N_QUOTES),
            )
            for number, rows in cells.items()
        )


def _history(earlier: Sequence[EarlierTopic], *, any_earlier: bool) -> str:
    """Return in words how the work was supervised before."""
    if earlier:
        said = [
            f"{topic.year}年列入计划（{topic.method or '方式不详'}，{topic.outcome}）"
            for topic in earlier[:3]
        ]
        return "；".join(said)
    return "往年没有监督过这项工作" if any_earlier else "没有往年计划可比"
