"""The page-like panel of each issue, and the map and filters over all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from renda_nlp.records import (
    INTENTS,
    KINDS,
    Hotspot,
    PromiseGap,
    Reply,
    Report,
    ReturnedMatter,
)
from renda_nlp.reports.charts import month_chart
from renda_nlp.reports.counting import fill_months
from renda_nlp.reports.gathering import Gathering
from renda_nlp.reports.treemap import Field, issue_map
from renda_nlp.reports.wording import channel_name, topic_name

__all__ = ["IssuePanel", "make_filters", "make_map", "make_panels"]

_FULL_PANELS = 200
_MAX_PLACES = 8
_MAP_ISSUES, _MIN_MAP = 60, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuePanel:
    """An issue with what its panel needs."""

    issue: Hotspot
    full: bool  # charts and heat terms; further issues show summary and quotes only
    chart: Markup
    replies: tuple[Reply, ...]
    returned: tuple[ReturnedMatter, ...]
    gaps: tuple[PromiseGap, ...]
    places: tuple[tuple[str, int], ...]  # the commonest, with opinions
    kinds: tuple[str, ...]
    intents: tuple[str, ...]


def make_panels(report: Report, gathering: Gathering) -> tuple[IssuePanel, ...]:
    """Return the panels of the issues that the page has room for, by rank."""
    replies: dict[str, list[Reply]] = {}
    for reply in report.replies:
        replies.setdefault(reply.opinion_id, []).append(reply)
    out = []
    for number, issue in enumerate(report.issues[: gathering.n_issues]):
        full, name = number < _FULL_PANELS, issue.issue_id
        months = fill_months(dict(issue.monthly)) if full else ()
        title = f"{issue.title}：各月件数"
        chart = Markup(month_chart(months, title, height=130)) if months else Markup("")
        out.append(
            IssuePanel(
                issue=issue,
                full=full,
                chart=chart,
                replies=tuple(r for member in issue.members for r in replies.get(member, ())),
                returned=tuple(item for item in report.returned if item.issue_id == name),
                gaps=tuple(item for item in report.gaps if item.issue_id == name),
                places=tuple(gathering.issue_places[name].most_common(_MAX_PLACES)),
                kinds=tuple(sorted(KINDS[kind] for kind in gathering.issue_kinds[name])),
                intents=tuple(sorted(INTENTS[intent] for intent in gathering.issue_intents[name])),
            )
        )
    return tuple(out)


def make_map(report: Report) -> Markup:
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
    return Markup(issue_map(fields, "热点问题总览"))


def make_filters(panels: Sequence[IssuePanel]) -> dict[str, tuple[str, ...]]:
    """Return what each filter of the list of issues offers."""
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
