"""What government and party papers say about each subject: difficulties, priorities, promises."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

import numpy as np

from renda_nlp.records import Opinion, Passage, Quote
from renda_nlp.table import OpinionTable

__all__ = ["OfficialRecord", "quote_whole", "read_official"]

_MAX_QUOTE = 140


@dataclass(slots=True)
class OfficialRecord:
    """Rows of the table by what they prove, under (topic, subtopic)."""

    difficulty: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    party: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    congress: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    promise: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))

    def subjects_at(self, table: OpinionTable, topic: str, places: frozenset[str]) -> Counter[str]:
        """Return how often the papers speak of each subtopic of ``topic`` at one of the places."""
        found: Counter[str] = Counter()
        for rows in (self.difficulty, self.party, self.congress, self.promise):
            for (row_topic, subtopic), indices in rows.items():
                if row_topic == topic and subtopic:
                    found[subtopic] += sum(
                        bool(places & {table.label(code) for code in table.places[index]})
                        for index in indices
                    )
        return Counter({name: n for name, n in found.items() if n})


def read_official(table: OpinionTable) -> OfficialRecord:
    """Sort the sentences of official papers by what they prove."""
    record = OfficialRecord()
    columns = {name: table.column(name) for name in ("kinds", "roles", "topics", "subtopics")}
    for index in np.flatnonzero(table.column("is_voice") == 0).tolist():
        kind, role, topic, subtopic = (table.label(int(columns[n][index])) for n in columns)
        key = (topic, subtopic)
        if kind == "party_plan":
            record.party[key].append(index)
        elif kind == "congress_plan":
            record.congress[key].append(index)
        elif role == "difficulty":
            record.difficulty[key].append(index)
        elif kind == "work_report" and role == "plan":
            record.promise[key].append(index)
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
