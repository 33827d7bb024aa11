"""What a candidate rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from renda_nlp.records import Hotspot
from renda_nlp.selection.matching import Meaning
from renda_nlp.selection.official import OfficialRow
from renda_nlp.selection.routing import Powers, Route
from renda_nlp.taxonomy import Work

__all__ = ["CIRCLES", "Evidence", "Scope"]

CIRCLES = ("difficulty", "party", "congress")
"""The circles of official papers; with the people's heat they make the intersection."""


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom and when the evidence is gathered."""

    powers: Powers
    period: tuple[date, date] | None  # days whose opinions count; None takes all
    min_people: int  # who make a piece of work a candidate without a hotspot
    missed: Mapping[int, str]  # row of a promise that was not kept, to its status


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a candidate rests on."""

    work: Work
    topic: str
    subtopics: frozenset[str]  # that count as the matter itself
    issues: tuple[Hotspot, ...]  # the hottest first
    lead: Hotspot | None  # the hottest that papers or deputies speak of too, else the hottest
    places: frozenset[str]  # of the issues, lower case as the table has them
    route: Route
    flooded: bool  # few people many times: it proves nothing for the others
    members: tuple[int, ...]  # rows of the issues
    deputies: tuple[int, ...]  # suggestions and deliberations on the work
    n_people: int  # authors of the members
    n_raised: int  # people who raised the same piece of work, anywhere, members included
    official: Mapping[str, Sequence[OfficialRow]]  # circle to sentences on this very work
    near: Mapping[str, Sequence[OfficialRow]]  # circle to sentences on the same topic
    missed: tuple[str, ...]  # statuses of the promises on it that were not kept
    years: tuple[int, ...]  # in which people, deputies or reports spoke of it

    def means(self, meaning: Meaning) -> bool:
        """Return whether the words of a title or table item speak of this matter."""
        work, subtopic = meaning
        return work == self.work.work_id and (not subtopic or subtopic in self.subtopics)
