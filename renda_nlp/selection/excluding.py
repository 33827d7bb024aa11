"""Why a candidate cannot be chosen whatever its score: other hands, thin evidence, settled last year."""

from collections.abc import Sequence, Set

from renda_nlp.config import SelectConfig
from renda_nlp.records import EarlierTopic
from renda_nlp.selection.evidence import CIRCLES, Evidence
from renda_nlp.selection.official import quote_whole
from renda_nlp.selection.routing import Powers
from renda_nlp.table import OpinionTable

__all__ = ["Excluder"]

_PAPERS = frozenset(("work_report", "party_plan", "congress_plan"))
_SEVERAL = 2  # circles of papers that stand for a hotspot where many people raise a work
_QUOTED = 40


class Excluder:
    """Says what stands against a candidate.

    Args:
        table: The opinions.
        config: Limits.
        powers: What the congress may take up itself.
        kinds: Kinds of official papers that the material holds.
        plan_year: The year that topics are proposed for.
    """

    def __init__(
        self,
        table: OpinionTable,
        config: SelectConfig,
        powers: Powers,
        kinds: Set[str],
        plan_year: int,
    ) -> None:
        self._table = table
        self._config = config
        self._powers = powers
        self._kinds = kinds
        self._plan_year = plan_year

    def reason(self, evidence: Evidence, earlier: Sequence[EarlierTopic]) -> str:
        """Return why the subject cannot be chosen whatever its score, else ""."""
        authority = evidence.route.authority
        if authority == "none":
            return f"不作监督议题：{evidence.route.reason}"
        planned = self._planned(evidence)
        if not self._powers.ours(authority):
            return f"不列为本级议题：{evidence.route.reason}" + planned
        return self._thin(evidence, planned) or self._settled(evidence, earlier)

    def _planned(self, evidence: Evidence) -> str:
        rows = evidence.official["congress"]
        if not rows:
            return ""
        text = quote_whole(self._table.opinion(rows[0].index)).text
        return f"；上级人大已安排：“{text[:_QUOTED].strip()}”"

    def _thin(self, evidence: Evidence, planned: str) -> str:
        """Return in what the evidence falls short, else ""."""
        n, least, alone = evidence.n_people, self._config.min_people, self._config.min_people_alone
        raised = evidence.n_raised
        known = f"；县级已安排，可配合联动{planned}" if planned else ""
        if evidence.flooded:
            total = sum(issue.n_opinions for issue in evidence.issues)
            return f"证据不足：{total}件只有{n}人反映，主要是少数人多次反映"
        circles = sum(bool(evidence.official[circle]) for circle in CIRCLES)
        people = max((issue.n_people for issue in evidence.issues), default=0)
        papers = self._kinds & _PAPERS
        if raised >= alone and (people >= least or circles >= _SEVERAL or not papers):
            return ""
        if not evidence.issues:
            return f"证据不足：本期没有群众集中反映的热点问题，只见于公文{known}"
        if n < least or (people < least and not circles):
            return (
                f"证据不足：没有一个热点问题达到{least}人反映（最多的{people}人，合计{n}人）{known}"
            )
        if not circles:
            return (
                "证据不足：不在党委重点、政府工作难点和上级人大安排之列，"
                f"就这项工作反映的{raised}人，不到{alone}人"
            )
        return ""

    def _settled(self, evidence: Evidence, earlier: Sequence[EarlierTopic]) -> str:
        """Return that last year's supervision settled the matter, else ""."""
        for topic in earlier:
            last = topic.year == self._plan_year - 1 and topic.outcome != "建议"
            if (
                last
                and topic.outcome != "未办结"
                and evidence.n_people < 2 * self._config.min_people
            ):
                return f"上年已监督：{topic.year}年“{topic.title}”，{topic.outcome}，本期反映不集中，留作跟踪"
        return ""
