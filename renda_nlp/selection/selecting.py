"""The selector: evidence in, candidates with reasons out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from renda_nlp.config import SelectConfig
from renda_nlp.records import (
    Candidate,
    Document,
    EarlierTopic,
    FigureRow,
    Hotspot,
    LivelihoodProject,
    Sensitivity,
    VotedProject,
)
from renda_nlp.selection.choosing import choose, sensitivity
from renda_nlp.selection.drafting import Drafter, Office
from renda_nlp.selection.earlier import earlier_in_folder, relate_earlier, topics_on
from renda_nlp.selection.evidence import Evidence, Scope
from renda_nlp.selection.figures import Figures
from renda_nlp.selection.gathering import gather_evidence
from renda_nlp.selection.livelihood import propose_projects, track_voted
from renda_nlp.selection.matching import WorkFinder
from renda_nlp.selection.methods import month_of, propose_quarters
from renda_nlp.selection.official import OfficialRecord, read_official
from renda_nlp.selection.routing import Powers
from renda_nlp.table import NO_DATE, OpinionTable
from renda_nlp.taxonomy import Taxonomy, Work

__all__ = ["METHOD", "Material", "Selection", "TopicSelector", "plan_year_of"]

METHOD = (
    "以一项工作为单位，把热点问题和公文中的语句归到一起；按群众热度、政府工作难点、党委重点、上级人大联动、代表关注、"
    "持续性、严重性、职权范围、可行性九项打分（0—100）加权平均，每多一个结合点（群众、政府、党委、上级人大）加6分。"
    "先分清是谁的事：县级以上事权和涉法涉诉、举报、信访个案只列出，不选为议题；人数不足、主要由少数人多次反映、"
    "或者公文没有提到而反映的人又不多的，证据不足，不选；材料中缺少某类公文时，那一项不计分。兼顾领域和地域；权重可在 renda.toml 调整，报告附有权重变动的影响。"
)
"""How topics are selected, for the readers of the report."""

_NEXT_YEAR_FROM = 9  # month from which a plan is for the year after


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What stands beside the opinions and issues."""

    period: tuple[date, date] | None = None  # days whose opinions count
    documents: Sequence[Document] = ()
    figures: Sequence[FigureRow] = ()
    n_tables: int = 0  # tables of money or indicators
    earlier: Sequence[EarlierTopic] = ()  # from --history
    missed: Mapping[str, str] = field(default_factory=dict)
    """Opinion id of a promise that was not kept, to what became of it."""
    fix: Callable[[Sequence[Candidate], int], tuple[Candidate, ...]] | None = None
    """Puts the choices that people made into the list; takes the highest number of topics too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """All that the selection found."""

    candidates: tuple[Candidate, ...]
    sensitivity: tuple[Sensitivity, ...]
    earlier: tuple[EarlierTopic, ...]
    livelihood: tuple[LivelihoodProject, ...]
    voted: tuple[VotedProject, ...]
    plan_year: int


def plan_year_of(config: SelectConfig, as_of: date) -> int:
    """Return the year that topics are proposed for: set, else this one, from September the next."""
    return config.plan_year or as_of.year + (as_of.month >= _NEXT_YEAR_FROM)


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
        self._finder = WorkFinder(taxonomy)

    def select(
        self,
        table: OpinionTable,
        issues: Sequence[Hotspot],
        as_of: date,
        material: Material | None = None,
    ) -> Selection:
        """Return every candidate, the chosen ones first by rank, then the others by score."""
        given = material or Material()
        year = plan_year_of(self._config, as_of)
        office = {"area": self._area, "level": self._level}
        official = read_official(table, self._taxonomy, given.documents, as_of, office)
        earlier = [*given.earlier, *earlier_in_folder(table, official)]
        scope = Scope(
            Powers(self._level, self._area),
            given.period,
            self._config.min_people_alone,
            {table.index_of(name): status for name, status in given.missed.items()},
        )
        evidence = gather_evidence(table, official, issues, self._taxonomy, scope)
        drafter = Drafter(
            table,
            self._taxonomy,
            self._config,
            Office(self._area, self._level, year),
            Figures(given.figures, given.n_tables, self._finder),
            official.kinds,
        )
        drafts, owners = self._drafts(drafter, evidence, earlier)
        listed = choose(drafts, self._config, self._taxonomy).candidates
        if given.fix is not None:
            listed = given.fix(listed, self._config.max_topics)
        numbers = {c.candidate_id: f"C{n:03d}" for n, c in enumerate(listed, 1)}
        by_draft = {f"D{n:03d}": item for n, item in enumerate(evidence, 1)}
        candidates = self._scheduled(table, official, listed, by_draft, numbers)
        owned = {at: numbers[name] for at, name in owners.items()}
        ours = frozenset(c.authority for c in candidates if scope.powers.ours(c.authority))
        return Selection(
            candidates=candidates,
            sensitivity=tuple(
                replace(line, chosen=tuple(numbers[name] for name in line.chosen))
                for line in sensitivity(drafts, self._config, self._taxonomy)
            ),
            earlier=relate_earlier(earlier, candidates, owned),
            livelihood=propose_projects(table, issues, candidates, self._taxonomy, ours),
            voted=track_voted(given.figures, table, official, self._still_raised(issues)),
            plan_year=year,
        )

    def _still_raised(self, issues: Sequence[Hotspot]) -> Callable[[str], int]:
        """Return a count of the issues on the matter of a project at its place."""
        works = [
            (issue, self._taxonomy.work_of(issue.topic, issue.subtopic).work_id)
            for issue in issues
            if issue.place
        ]

        def count(name: str) -> int:
            meant = self._finder.find(name)[0]
            return sum(
                bool(meant) and work == meant and issue.place in name for issue, work in works
            )

        return count

    def _drafts(
        self, drafter: Drafter, evidence: Sequence[Evidence], earlier: Sequence[EarlierTopic]
    ) -> tuple[list[Candidate], dict[int, str]]:
        """Return the drafts, and which of them each earlier topic belongs to."""
        drafts: list[Candidate] = []
        owners: dict[int, str] = {}
        for number, item in enumerate(evidence, 1):
            title, sites = drafter.title(item), drafter.sites(item)
            on = topics_on(earlier, self._finder, item, title, sites)
            own = [earlier[at] for at in on]
            draft = drafter.draft(number, item, own, any_earlier=bool(earlier))
            drafts.append(draft)
            for at in on:
                if at not in owners or draft.eligible:
                    owners[at] = draft.candidate_id
        return drafts, owners

    def _scheduled(
        self,
        table: OpinionTable,
        official: OfficialRecord,
        candidates: Sequence[Candidate],
        evidence: Mapping[str, Evidence],
        numbers: Mapping[str, str],
    ) -> tuple[Candidate, ...]:
        """Give the chosen their quarters and all their final ids."""
        chosen = [candidate for candidate in candidates if candidate.chosen]
        slots = propose_quarters(
            [
                self._season(table, official, evidence[candidate.candidate_id])
                for candidate in chosen
            ],
            self._said(official),
        )
        quarters = {c.candidate_id: slot for c, slot in zip(chosen, slots, strict=True)}
        out = []
        for candidate in candidates:
            quarter, reason = quarters.get(candidate.candidate_id, ("", ""))
            out.append(
                replace(
                    candidate,
                    candidate_id=numbers[candidate.candidate_id],
                    quarter=quarter,
                    quarter_reason=reason,
                )
            )
        return tuple(out)

    def _said(self, official: OfficialRecord) -> str:
        """Return 上级人大2025年: whose plan the months are taken from."""
        days = [row.day for row in official.rows("congress") if row.day != NO_DATE]
        return f"上级人大{date.fromordinal(max(days)).year}年" if days else "上级人大"

    def _season(
        self, table: OpinionTable, official: OfficialRecord, evidence: Evidence
    ) -> tuple[Work, int]:
        """Return the work with the month that the higher congress set for it, 0 without one.

        The month may stand in another sentence of the same numbered item.
        """
        own = {table.opinion(row.index).section for row in evidence.official["congress"]}
        opinions = (table.opinion(row.index) for row in official.rows("congress"))
        return evidence.work, month_of(op.text for op in opinions if op.section in own)
