"""Everything that followed, in one pass over a finished table."""

from collections.abc import Sequence
from dataclasses import dataclass

from renda_nlp.followup.gaps import find_gaps
from renda_nlp.followup.linking import link_promises
from renda_nlp.followup.matching import StatementMatcher
from renda_nlp.followup.promises import read_promises
from renda_nlp.followup.replies import find_replies
from renda_nlp.followup.returns import find_returned
from renda_nlp.followup.terms import TermFinder
from renda_nlp.protocols import Segmenter
from renda_nlp.records import (
    Claim,
    Commitment,
    CommitmentLink,
    Difficulty,
    Hotspot,
    PromiseGap,
    Reply,
    ReturnedMatter,
)
from renda_nlp.table import OpinionTable
from renda_nlp.taxonomy import Taxonomy

__all__ = ["FollowUp", "follow_up"]

_MISSED = frozenset(("部分", "改口", "未提及"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """The records of one run; the names are those of ``Report``."""

    commitments: tuple[Commitment, ...]
    claims: tuple[Claim, ...]
    difficulties: tuple[Difficulty, ...]
    links: tuple[CommitmentLink, ...]
    gaps: tuple[PromiseGap, ...]
    replies: tuple[Reply, ...]  # those that are scored and listed
    n_replies: int  # all that were found
    returned: tuple[ReturnedMatter, ...]

    @property
    def missed(self) -> dict[str, str]:
        """Opinion id of each promise that later reports did not say was kept, to the link's status."""
        said = {link.commitment_id: link.status for link in self.links if link.status in _MISSED}
        return {
            item.quote.opinion_id: said[item.commitment_id]
            for item in self.commitments
            if item.commitment_id in said
        }


def follow_up(
    table: OpinionTable,
    issues: Sequence[Hotspot],
    segmenter: Segmenter,
    taxonomy: Taxonomy,
    *,
    level: str,
    min_people: int,
) -> FollowUp:
    """Find promises, links, gaps, replies and returned matters.

    Args:
        table: The opinions.
        issues: The hotspots of the run.
        segmenter: Cuts statements into words.
        taxonomy: Names responsible departments where a report names none.
        level: township, subdistrict or county.
        min_people: From how many people an issue counts.
    """
    matcher, finder = StatementMatcher(segmenter), TermFinder(segmenter)
    reports = read_promises(table, taxonomy, level)
    links = link_promises(reports, matcher)
    replies, n_replies = find_replies(table, finder, matcher)
    return FollowUp(
        commitments=tuple(item for report in reports for item in report.commitments),
        claims=tuple(item for report in reports for item in report.claims),
        difficulties=tuple(item for report in reports for item in report.difficulties),
        links=links,
        gaps=find_gaps(table, issues, reports, links, matcher, min_people),
        replies=replies,
        n_replies=n_replies,
        returned=find_returned(table, issues, replies, matcher),
    )
