"""Issues across reports: an earlier report.json lends its issue ids to the same matters of this run.

Two issues are one matter when they share opinions, or when their words are alike and neither place
nor subject contradicts. Staff correct the list of matches in ``renda.toml`` ([history] same, apart).
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log
from pathlib import Path
from typing import Any

from renda_nlp.config import HistoryConfig
from renda_nlp.errors import InputError
from renda_nlp.ngrams import normalise
from renda_nlp.records import Hotspot, IssueMatch
from renda_nlp.table import OpinionTable

__all__ = ["EarlierIssue", "continue_issues", "load_earlier"]

_SCHEMA_PREFIX = "renda_nlp/report/"
_SHARED = 0.3  # share of the smaller issue's opinions from which two issues are one
_SAME_PLACE = 0.25
_OTHER_PLACE = -0.5
_SAME_SUBTOPIC = 0.15
_OTHER_TOPIC = -0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierIssue:
    """What an earlier report says about one issue."""

    issue_id: str
    title: str
    place: str
    topic: str
    subtopic: str
    members: frozenset[str]
    words: str  # title, summary and quotes: what likeness is measured on


def load_earlier(path: Path) -> tuple[EarlierIssue, ...]:
    """Read the issues of an earlier report.json (a file, or the report folder that holds it).

    Raises:
        InputError: The file is missing or is no report of this program.
    """
    file = path / "report.json" if path.is_dir() else path
    try:
        data = json.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        raise InputError(f"{file}：没有找到往年报告，请指到上次运行写出的 report.json") from error
    except ValueError as error:
        raise InputError(f"{file}：不是 report.json，请指到上次运行写出的 report.json") from error
    if not isinstance(data, dict) or not str(data.get("schema", "")).startswith(_SCHEMA_PREFIX):
        raise InputError(f"{file}：不是 renda 写出的 report.json（缺少 schema）")
    try:
        return tuple(_earlier(issue) for issue in data["issues"])
    except (KeyError, TypeError) as error:
        raise InputError(f"{file}：report.json 的 issues 一节不完整（{error}）") from error


def _earlier(issue: dict[str, Any]) -> EarlierIssue:
    parts = [str(issue["title"])] * 2
    parts += [str(sentence["text"]) for sentence in issue["summary"][1:]]
    parts += [str(quote["text"]) for quote in issue["quotes"]]
    return EarlierIssue(
        issue_id=str(issue["issue_id"]),
        title=str(issue["title"]),
        place=str(issue["place"]),
        topic=str(issue["topic"]),
        subtopic=str(issue["subtopic"]),
        members=frozenset(str(member) for member in issue["members"]),
        words="".join(parts),
    )


def _words(issue: Hotspot) -> str:
    parts = [issue.title] * 2
    parts += [sentence.text for sentence in issue.summary[1:]]
    return "".join(parts + [quote.text for quote in issue.quotes])


def _bigrams(text: str) -> Counter[str]:
    plain = [char for char in normalise(text) if char.isalnum()]
    return Counter(a + b for a, b in pairwise(plain))


class _Likeness:
    """Cosine of character pairs, weighted by how few issues use them."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [_bigrams(text) for text in texts]
        used = Counter(pair for own in counts for pair in own)
        self._rows = []
        for own in counts:
            row = {pair: (1 + log(n)) * log(1 + len(texts) / used[pair]) for pair, n in own.items()}
            size = sum(value * value for value in row.values()) ** 0.5 or 1.0
            self._rows.append({pair: value / size for pair, value in row.items()})

    def __call__(self, first: int, second: int) -> float:
        a, b = self._rows[first], self._rows[second]
        return sum(a[pair] * b[pair] for pair in sorted(a.keys() & b.keys()))


def _places(one: str, other: str) -> float:
    a, b = normalise(one), normalise(other)
    if not a or not b:
        return 0.0
    return _SAME_PLACE if a in b or b in a else _OTHER_PLACE


def _similarity(issue: Hotspot, before: EarlierIssue, likeness: float) -> tuple[float, str]:
    """Return how surely two issues are one matter, 0-1, and why in Chinese."""
    shared = len(before.members.intersection(issue.members))
    if shared >= _SHARED * min(len(before.members), len(issue.members)):
        return 1.0, f"两期有{shared}件相同的意见"
    place = _places(issue.place, before.place)
    subject = _SAME_SUBTOPIC if issue.subtopic and issue.subtopic == before.subtopic else 0.0
    subject += 0.0 if issue.topic == before.topic else _OTHER_TOPIC
    reasons = [f"文字相近{likeness:.2f}"]
    reasons += ["地点相同"] if place > 0 else ["地点不同"] if place < 0 else []
    reasons += ["事项类别相同"] if subject > 0 else ["主题不同"] if subject < 0 else []
    return max(0.0, min(1.0, likeness + place + subject)), "，".join(reasons)


@dataclass(frozen=True, slots=True)
class _Link:
    similarity: float
    earlier: int
    issue: int
    reason: str


def _links(
    issues: Sequence[Hotspot], earlier: Sequence[EarlierIssue], config: HistoryConfig
) -> list[_Link]:
    """Return every pair that may be one matter, the surest first."""
    likeness = _Likeness([e.words for e in earlier] + [_words(issue) for issue in issues])
    same, apart = set(config.same), set(config.apart)
    links = []
    for a, before in enumerate(earlier):
        for b, issue in enumerate(issues):
            keys = {(before.issue_id, member) for member in issue.members}
            if keys & same:
                links.append(_Link(2.0, a, b, "人工指定为同一问题"))
            elif not keys & apart:
                value, reason = _similarity(issue, before, likeness(a, len(earlier) + b))
                if value >= config.min_similarity:
                    links.append(_Link(value, a, b, reason))
    return sorted(links, key=lambda link: (-link.similarity, link.earlier, link.issue))


def continue_issues(
    issues: Sequence[Hotspot],
    earlier: Sequence[EarlierIssue],
    table: OpinionTable,
    config: HistoryConfig,
) -> tuple[tuple[Hotspot, ...], tuple[IssueMatch, ...]]:
    """Return the issues with ids and status by an earlier report, and the list of matches.

    An issue that continues keeps the earlier id; new ones get numbers behind the highest that the
    earlier report used in their year. The table's issue ids change with them.
    """
    partner: dict[int, _Link] = {}
    taken: set[int] = set()
    for link in _links(issues, earlier, config):
        if link.issue not in partner and link.earlier not in taken:
            partner[link.issue] = link
            taken.add(link.earlier)
    last = _last_numbers(before.issue_id for before in earlier)
    continued: list[Hotspot] = []
    matches: list[IssueMatch] = []
    for number, issue in enumerate(issues):
        found = partner.get(number)
        before = earlier[found.earlier] if found else None
        if before is None:
            year = issue.issue_id.split("-")[0]
            last[year] = last.get(year, 0) + 1
            named = replace(issue, issue_id=f"{year}-{last[year]:03d}", status="new")
        else:
            named = replace(issue, issue_id=before.issue_id, status="continuing")
        continued.append(named)
        matches.append(_match(named, before, found))
        table.issue_ids.update((table.index_of(m), named.issue_id) for m in named.members)
    matches += [_closed(before) for at, before in enumerate(earlier) if at not in taken]
    return tuple(continued), tuple(matches)


def _last_numbers(issue_ids: Iterable[str]) -> dict[str, int]:
    last: dict[str, int] = {}
    for issue_id in issue_ids:
        year, _, number = issue_id.partition("-")
        if number.isdigit():
            last[year] = max(last.get(year, 0), int(number))
    return last


def _match(issue: Hotspot, before: EarlierIssue | None, link: _Link | None) -> IssueMatch:
    return IssueMatch(
        status=issue.status,
        earlier_id=before.issue_id if before else "",
        earlier_title=before.title if before else "",
        issue_id=issue.issue_id,
        title=issue.title,
        similarity=round(min(1.0, link.similarity), 3) if link else 0.0,
        reason=link.reason if link else "往年报告中没有同一事项",
        opinion_id=issue.members[0],
    )


def _closed(before: EarlierIssue) -> IssueMatch:
    return IssueMatch(
        status="closed",
        earlier_id=before.issue_id,
        earlier_title=before.title,
        issue_id="",
        title="",
        similarity=0.0,
        reason="本期材料中没有同一事项的热点，是否已解决请核实",
        opinion_id="",
    )
