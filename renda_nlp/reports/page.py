"""What the page shows beyond the report itself: charts, tables, matrices, filters."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from renda_nlp.records import (
    INTENTS,
    Candidate,
    Commitment,
    CommitmentLink,
    IssueGroup,
    PromiseGap,
    Reply,
    Report,
    TopicCount,
    find_quotes,
)
from renda_nlp.reports.charts import Bar, bar_chart, month_chart
from renda_nlp.reports.counting import Column, CountTable, count_table, fill_months, top_places
from renda_nlp.reports.gathering import Context, Gathering
from renda_nlp.reports.panels import IssuePanel, make_filters, make_map, make_panels
from renda_nlp.reports.summary import (
    accounting,
    cautions,
    common_questions,
    findings,
    link_tally,
    out_of_period,
    period_covered,
    reply_quality,
)
from renda_nlp.reports.wording import LAW_CHANNELS, channel_name, law_channel
from renda_nlp.table import OpinionTable

__all__ = ["PageView", "cited_ids", "make_view"]

_MAX_COMMITMENTS = 50
_MAX_CHIPS = 20
_PLAIN_ISSUES = 300
_MAX_MONTHS = 18
_MAX_GROUPS = 30

Promise = tuple[Commitment, CommitmentLink | None]


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
    period: str
    cautions: tuple[str, ...]
    out_of_period: str
    titles: Mapping[str, str]  # of the issues
    number_of: Callable[[str], int]  # opinion id to its number in the list of opinions
    panels: tuple[IssuePanel, ...]
    n_plain: int  # panels that stand in the page as they are; further ones are deflated
    chosen: tuple[Candidate, ...]
    others: tuple[Candidate, ...]
    matrix: tuple[MatrixRow, ...]
    common_questions: tuple[str, ...]  # asked on every chosen topic
    figures_note: str  # when all chosen topics have the same
    topics: tuple[TopicCount, ...]
    issue_map: Markup
    issue_groups: tuple[IssueGroup, ...]  # of most people
    topic_chart: Markup
    channel_chart: Markup
    intent_chart: Markup
    month_chart: Markup
    channel_counts: tuple[tuple[str, int], ...]
    n_undated: int
    place_table: CountTable
    month_table: CountTable
    has_follow: bool
    gaps: tuple[tuple[str, tuple[PromiseGap, ...]], ...]
    flagged: tuple[Reply, ...]
    reply_note: str
    link_note: str
    commitments: tuple[tuple[str, tuple[Promise, ...]], ...]
    n_commitments: int
    set_aside: tuple[tuple[str, int], ...]
    contexts: Mapping[str, Context]
    names: Mapping[str, Sequence[str]]  # what the numbers in the rows of opinions stand for
    n_omitted: int
    n_characters: int
    weights: list[dict[str, object]]
    filters: dict[str, tuple[str, ...]]
    law_channels: Mapping[int, str]
    max_chips: int


def cited_ids(report: Report) -> set[str]:
    """Return the ids of every opinion that a quote names; rows of tables of money name none."""
    return {quote.opinion_id for quote in find_quotes(report)} - {""}


def _svg(text: str) -> Markup:
    return Markup(text)


def _matrix(candidates: Sequence[Candidate]) -> tuple[MatrixRow, ...]:
    """Return the counts that the candidate carries, else those of its channels."""
    out = []
    for candidate in candidates:
        counts = dict.fromkeys(LAW_CHANNELS, 0)
        for cell in candidate.matrix:
            counts[cell.number] = cell.n_opinions
        if not candidate.matrix:
            for evidence in candidate.channels:
                if law_channel(evidence.channel):
                    counts[law_channel(evidence.channel)] += evidence.n_opinions
        out.append(MatrixRow(candidate=candidate, counts=tuple(counts.values())))
    return tuple(out)


def _commitments(report: Report) -> tuple[tuple[str, tuple[Promise, ...]], ...]:
    """Return the first promises with what became of them, grouped by the report that makes them."""
    links = {link.commitment_id: link for link in report.links}
    groups: dict[str, list[Promise]] = {}
    for item in report.commitments[:_MAX_COMMITMENTS]:
        pair = (item, links.get(item.commitment_id) if item.commitment_id else None)
        groups.setdefault(item.quote.passage.locator.file, []).append(pair)
    return tuple((file, tuple(items)) for file, items in groups.items())


def _gaps(report: Report) -> tuple[tuple[str, tuple[PromiseGap, ...]], ...]:
    kinds: dict[str, list[PromiseGap]] = {}
    for gap in report.gaps:
        kinds.setdefault(gap.kind, []).append(gap)
    return tuple((kind, tuple(items)) for kind, items in kinds.items())


def _mean(item: Candidate) -> float:
    """Return the weighted mean of the criteria."""
    total = sum(part.weight for part in item.criteria)
    return sum(part.value * part.weight for part in item.criteria) / max(total, 1e-9)


def _weights(candidates: Sequence[Candidate]) -> list[dict[str, object]]:
    return [
        {
            "id": item.candidate_id,
            "title": item.title,
            "chosen": item.chosen,
            "reason": item.reason,
            "score": item.score,
            "bonus": round(item.score - _mean(item), 4),  # of its circles: no weight changes it
            "criteria": [
                [part.name, part.label, part.value, part.weight] for part in item.criteria
            ],
        }
        for item in candidates
    ]


def _same_note(chosen: Sequence[Candidate]) -> str:
    notes = {item.figures_note for item in chosen}
    return notes.pop() if len(notes) == 1 and len(chosen) > 1 else ""


def _month_columns(months: Sequence[tuple[str, int]]) -> list[Column]:
    shown = months[-_MAX_MONTHS:]
    out = []
    for number, (name, _) in enumerate(shown):
        month = f"{int(name[5:])}月"
        named = number == 0 or month == "1月"
        out.append(Column(name, f"{name[2:4]}年{month}" if named else month))
    return out


def make_view(report: Report, table: OpinionTable, gathering: Gathering) -> PageView:
    """Return what the templates read."""
    panels = make_panels(report, gathering)
    chosen = tuple(item for item in report.candidates if item.chosen)
    topics = tuple(item for item in report.topics if item.n_opinions or item.n_official)
    months = fill_months(gathering.months)
    titles = {issue.issue_id: issue.title for issue in report.issues}
    channels = tuple(
        (channel_name(name), count)
        for name, count in sorted(gathering.channels.items(), key=lambda item: (-item[1], item[0]))
    )
    reasons = Counter(item.reason for item in report.set_aside)
    intents = [
        Bar(label=name, value=gathering.intents[key])
        for key, name in INTENTS.items()
        if gathering.intents[key]
    ]
    note = reply_quality(report)
    return PageView(
        findings=tuple(findings(report)),
        period=period_covered(report),
        cautions=tuple(cautions(report)),
        sums=accounting(report),
        out_of_period=out_of_period(report),
        titles=titles,
        number_of=lambda name: table.index_of(name) + 1,
        panels=panels,
        n_plain=_PLAIN_ISSUES,
        chosen=chosen,
        others=tuple(item for item in report.candidates if not item.chosen),
        matrix=_matrix(chosen),
        common_questions=common_questions(chosen),
        figures_note=_same_note(chosen),
        topics=topics,
        issue_map=make_map(report),
        issue_groups=report.issue_groups[:_MAX_GROUPS],
        topic_chart=_svg(
            bar_chart(
                [Bar(label=t.name, value=t.n_opinions, official=t.n_official) for t in topics],
                "各主题的意见件数",
            )
        ),
        channel_chart=_svg(
            bar_chart([Bar(label=name, value=n) for name, n in channels], "各渠道的意见件数")
        ),
        intent_chart=_svg(bar_chart(intents, "各类意图的意见件数")),
        month_chart=_svg(month_chart(months, "各月收到的意见件数")) if months else Markup(""),
        channel_counts=channels,
        n_undated=gathering.n_undated,
        place_table=count_table(topics, top_places(gathering.places), gathering.topic_places),
        month_table=count_table(topics, _month_columns(months), gathering.topic_months),
        has_follow=bool(report.commitments or report.gaps or report.returned or note),
        gaps=_gaps(report),
        flagged=tuple(reply for reply in report.replies if reply.flags),
        reply_note=note,
        link_note=link_tally(report),
        commitments=_commitments(report),
        n_commitments=len(report.commitments),
        set_aside=tuple(sorted(reasons.items(), key=lambda item: (-item[1], item[0]))),
        contexts=gathering.contexts,
        names=gathering.names
        | {"title": [titles.get(name, "") for name in gathering.names["issue"]]},
        n_omitted=gathering.n_omitted,
        n_characters=gathering.n_characters,
        weights=_weights(report.candidates),
        filters=make_filters(panels),
        law_channels=LAW_CHANNELS,
        max_chips=_MAX_CHIPS,
    )
