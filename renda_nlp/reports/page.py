"""What the page shows beyond the report itself: charts, heat tables, matrices, filters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from renda_nlp.records import (
    INTENTS,
    KINDS,
    Candidate,
    Hotspot,
    Quote,
    Reply,
    Report,
    TopicCount,
)
from renda_nlp.reports.charts import Bar, bar_chart, month_chart
from renda_nlp.reports.gathering import Context, Gathering
from renda_nlp.reports.treemap import Field, issue_map
from renda_nlp.reports.wording import (
    LAW_CHANNELS,
    accounting,
    channel_name,
    findings,
    law_channel,
    topic_name,
)

__all__ = ["PageView", "cited_ids", "make_view"]

_MAX_PLACES = 10
_MAX_COMMITMENTS = 50
_FULL_PANELS = 200
_MAX_CHIPS = 20
_LEVELS = 5
_MAP_ISSUES, _MIN_MAP = 60, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuePanel:
    """An issue with what its panel needs."""

    issue: Hotspot
    full: bool  # charts and heat terms; further issues show summary and quotes only
    chart: Markup
    replies: tuple[Reply, ...]
    kinds: tuple[str, ...]
    intents: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatTable:
    """Counts of topic by place with a shade 0-5 each."""

    places: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[int, int], ...], int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """A candidate's opinions by statutory channel 1-6."""

    candidate: Candidate
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """Everything the templates read besides the report."""

    findings: tuple[str, ...]
    sums: tuple[str, str]
    panels: tuple[IssuePanel, ...]
    chosen: tuple[Candidate, ...]
    others: tuple[Candidate, ...]
    matrix: tuple[MatrixRow, ...]
    topics: tuple[TopicCount, ...]
    issue_map: Markup
    topic_chart: Markup
    channel_chart: Markup
    intent_chart: Markup
    month_chart: Markup
    months: tuple[tuple[str, int], ...]
    channel_counts: tuple[tuple[str, int], ...]
    n_undated: int
    heat_table: HeatTable
    commitments: tuple[tuple[str, tuple[object, ...]], ...]
    n_commitments: int
    set_aside: tuple[tuple[str, int], ...]
    contexts: Mapping[str, Context]
    opinions: dict[str, object]
    n_omitted: int
    n_characters: int
    weights: list[dict[str, object]]
    filters: dict[str, tuple[str, ...]]
    law_channels: Mapping[int, str]
    max_chips: int


def cited_ids(report: Report) -> set[str]:
    """Return the ids of every opinion that a quote names."""
    quotes: list[Quote] = list(report.severe)
    for issue in report.issues:
        quotes += issue.quotes
        for side in issue.sides:
            quotes += side.quotes
    for candidate in report.candidates:
        for criterion in candidate.criteria:
            quotes += criterion.quotes
        for evidence in candidate.channels:
            quotes += evidence.quotes
    quotes += [commitment.quote for commitment in report.commitments]
    return {quote.opinion_id for quote in quotes}


def _svg(text: str) -> Markup:
    return Markup(text)


def _fill_months(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Return every month from the first to the last, also those without opinions."""
    if not counts:
        return ()
    year, month = (int(part) for part in min(counts).split("-"))
    last, out = max(counts), []
    while (name := f"{year:04d}-{month:02d}") <= last:
        out.append((name, counts.get(name, 0)))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)  # noqa: PLR2004
    return tuple(out)


def _panels(report: Report, gathering: Gathering) -> tuple[IssuePanel, ...]:
    replies = {reply.opinion_id: reply for reply in report.replies}
    out = []
    for number, issue in enumerate(report.issues):
        full = number < _FULL_PANELS
        months = _fill_months(dict(issue.monthly)) if full else ()
        out.append(
            IssuePanel(
                issue=issue,
                full=full,
                chart=_svg(month_chart(months, f"{issue.title}：各月件数", height=130))
                if months
                else Markup(""),
                replies=tuple(replies[name] for name in issue.members if name in replies),
                kinds=tuple(sorted(KINDS[kind] for kind in gathering.issue_kinds[issue.issue_id])),
                intents=tuple(
                    sorted(INTENTS[name] for name in gathering.issue_intents[issue.issue_id])
                ),
            )
        )
    return tuple(out)


def _issue_map(report: Report) -> Markup:
    """Return the map of the hottest issues; a handful of issues needs none."""
    shown = report.issues[:_MAP_ISSUES]
    if len(shown) < _MIN_MAP:
        return Markup("")
    fields = [
        Field(
            link=issue.issue_id,
            title=issue.title,
            group=topic_name(issue.topic),
            size=issue.n_people,
            heat=issue.heat,
        )
        for issue in shown
    ]
    return _svg(issue_map(fields, "热点问题总览"))


def _heat_table(report: Report, gathering: Gathering) -> HeatTable:
    places = [
        name
        for name, count in sorted(gathering.places.items(), key=lambda item: (-item[1], item[0]))
        if count > 1
    ][:_MAX_PLACES]
    cells = gathering.topic_places
    top = max((cells[t.topic, place] for t in report.topics for place in places), default=0) or 1
    rows = []
    for topic in report.topics:
        counts = [cells[topic.topic, place] for place in places]
        if any(counts):
            shades = tuple((count, -(-_LEVELS * count // top)) for count in counts)
            rows.append((topic.name, shades, sum(counts)))
    return HeatTable(places=tuple(places), rows=tuple(rows))


def _matrix(candidates: Sequence[Candidate]) -> tuple[MatrixRow, ...]:
    out = []
    for candidate in candidates:
        counts = dict.fromkeys(LAW_CHANNELS, 0)
        for evidence in candidate.channels:
            if law_channel(evidence.channel):
                counts[law_channel(evidence.channel)] += evidence.n_opinions
        out.append(MatrixRow(candidate=candidate, counts=tuple(counts.values())))
    return tuple(out)


def _commitments(report: Report) -> tuple[tuple[str, tuple[object, ...]], ...]:
    """Return the first promises, grouped by the report that makes them."""
    groups: dict[str, list[object]] = {}
    for item in report.commitments[:_MAX_COMMITMENTS]:
        groups.setdefault(item.quote.passage.locator.file, []).append(item)
    return tuple((file, tuple(items)) for file, items in groups.items())


def _weights(candidates: Sequence[Candidate]) -> list[dict[str, object]]:
    return [
        {
            "id": item.candidate_id,
            "title": item.title,
            "chosen": item.chosen,
            "reason": item.reason,
            "score": item.score,
            "criteria": [
                [part.name, part.label, part.value, part.weight] for part in item.criteria
            ],
        }
        for item in candidates
    ]


def _filters(panels: Sequence[IssuePanel]) -> dict[str, tuple[str, ...]]:
    issues = [panel.issue for panel in panels]
    return {
        "topic": tuple(dict.fromkeys(topic_name(issue.topic) for issue in issues)),
        "place": tuple(sorted({issue.place for issue in issues if issue.place})),
        "channel": tuple(
            sorted({channel_name(name) for issue in issues for name, _ in issue.channels})
        ),
        "month": tuple(sorted({month for issue in issues for month, n in issue.monthly if n})),
        "trend": tuple(sorted({issue.trend for issue in issues})),
        "kind": tuple(sorted({name for panel in panels for name in panel.kinds})),
        "intent": tuple(sorted({name for panel in panels for name in panel.intents})),
    }


def make_view(report: Report, gathering: Gathering) -> PageView:
    """Return what the templates read."""
    panels = _panels(report, gathering)
    chosen = tuple(item for item in report.candidates if item.chosen)
    topics = tuple(item for item in report.topics if item.n_opinions or item.n_official)
    months = _fill_months(gathering.months)
    channels = tuple(
        (channel_name(name), count)
        for name, count in sorted(gathering.channels.items(), key=lambda item: (-item[1], item[0]))
    )
    reasons: dict[str, int] = {}
    for item in report.set_aside:
        reasons[item.reason] = reasons.get(item.reason, 0) + 1
    return PageView(
        findings=tuple(findings(report)),
        sums=accounting(report),
        panels=panels,
        chosen=chosen,
        others=tuple(item for item in report.candidates if not item.chosen),
        matrix=_matrix(chosen),
        topics=topics,
        issue_map=_issue_map(report),
        topic_chart=_svg(
            bar_chart(
                [Bar(label=t.name, value=t.n_opinions, official=t.n_official) for t in topics],
                "各主题的意见件数",
            )
        ),
        channel_chart=_svg(
            bar_chart([Bar(label=name, value=n) for name, n in channels], "各渠道的意见件数")
        ),
        intent_chart=_svg(
            bar_chart(
                [
                    Bar(label=name, value=gathering.intents[key])
                    for key, name in INTENTS.items()
                    if gathering.intents[key]
                ],
                "各类意图的意见件数",
            )
        ),
        month_chart=_svg(month_chart(months, "各月收到的意见件数")) if months else Markup(""),
        months=months,
        channel_counts=channels,
        n_undated=gathering.n_undated,
        heat_table=_heat_table(report, gathering),
        commitments=_commitments(report),
        n_commitments=len(report.commitments),
        set_aside=tuple(sorted(reasons.items(), key=lambda item: (-item[1], item[0]))),
        contexts=gathering.contexts,
        opinions={"names": gathering.names, "rows": gathering.rows},
        n_omitted=gathering.n_omitted,
        n_characters=gathering.n_characters,
        weights=_weights(report.candidates),
        filters=_filters(panels),
        law_channels=LAW_CHANNELS,
        max_chips=_MAX_CHIPS,
    )
