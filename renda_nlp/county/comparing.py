"""What the towns of a county share, and how their plans stand against the county's."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from renda_nlp.county.running import TownReport
from renda_nlp.filenames import FileNames
from renda_nlp.records import Candidate, Opinion
from renda_nlp.selection import WorkFinder, plan_items
from renda_nlp.taxonomy import Taxonomy

__all__ = ["CountySheet", "PlanItem", "SharedWork", "compare_towns"]

_MIN_TOWNS = 2
_OURS = frozenset(("township", "station"))


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedWork:
    """A piece of work that people of several towns raise."""

    work: str
    title: str  # without a place
    towns: tuple[str, ...]
    n_people: int
    chosen_in: tuple[str, ...]  # towns whose report proposes it
    above_in: tuple[str, ...]  # towns whose report calls it the county's matter
    planned: str  # the item of the county's plan on it, else empty
    issues: tuple[str, ...]  # the leading issue of each town
    advice: str  # 联动建议


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItem:
    """One item of the county's plan, and what each town has on it."""

    title: str
    form: str
    source: str  # file and place
    work: str
    by_town: tuple[str, ...]  # in the order of the towns


@dataclass(frozen=True, slots=True, kw_only=True)
class CountySheet:
    """The comparison of the towns."""

    towns: tuple[str, ...]
    topics: tuple[tuple[str, tuple[int, ...]], ...]  # topic name, opinions per town
    shared: tuple[SharedWork, ...]
    plan: tuple[PlanItem, ...]
    outside_plan: tuple[tuple[str, str, str], ...]  # town, proposed topic, reason: not in the plan
    n_unplaced: int


def compare_towns(
    reports: Sequence[TownReport],
    county: Sequence[Opinion],
    taxonomy: Taxonomy,
    n_unplaced: int = 0,
) -> CountySheet:
    """Compare the reports of the towns.

    Args:
        reports: One per town.
        county: Sentences of the county's own papers.
        taxonomy: Names topics and works.
        n_unplaced: Opinions that no town could be found for.
    """
    finder = WorkFinder(taxonomy)
    items = [
        (opinion, title, form, finder.find(title)[0])
        for opinion, title, form in plan_items(o for o in county if o.kind == "congress_plan")
    ]
    planned = {work: title for _, title, _, work in reversed(items) if work}
    plan = tuple(
        PlanItem(
            title=title,
            form=form,
            source=_place(opinion),
            work=work,
            by_town=tuple(_standing(item, work) for item in reports),
        )
        for opinion, title, form, work in items
    )
    return CountySheet(
        towns=tuple(item.town for item in reports),
        topics=_topics(reports, taxonomy),
        shared=_shared(reports, taxonomy, planned),
        plan=plan,
        outside_plan=tuple(
            (item.town, candidate.title, candidate.reason)
            for item in reports
            for candidate in item.report.candidates
            if candidate.chosen and candidate.work not in planned
        ),
        n_unplaced=n_unplaced,
    )


def _place(opinion: Opinion) -> str:
    names = FileNames()
    names.shown(opinion.passages[0].locator.file, opinion.kind)
    locator = names.locator(opinion.passages[0].locator)
    return f"{locator.file} {locator.describe()}"


def _topics(
    reports: Sequence[TownReport], taxonomy: Taxonomy
) -> tuple[tuple[str, tuple[int, ...]], ...]:
    counts = [{t.topic: t.n_opinions for t in item.report.topics} for item in reports]
    seen = dict.fromkeys([*taxonomy.topic_ids, *(topic for own in counts for topic in own)])
    rows = [(taxonomy.name_of(topic), tuple(own.get(topic, 0) for own in counts)) for topic in seen]
    return tuple(sorted(rows, key=lambda row: -sum(row[1])))


def _standing(item: TownReport, work: str) -> str:
    """Return what a town has on a piece of work of the county's plan."""
    own = [c for c in item.report.candidates if work and c.work == work]
    if any(candidate.chosen for candidate in own):
        return "列为建议议题"
    earlier = {topic.candidate_id for topic in item.report.earlier if topic.candidate_id}
    if any(candidate.candidate_id in earlier for candidate in own):
        return "往年监督过"
    people = sum(candidate.n_people for candidate in own)
    return f"有{people}人反映，未列入" if people else "没有反映"


def _shared(
    reports: Sequence[TownReport], taxonomy: Taxonomy, planned: dict[str, str]
) -> tuple[SharedWork, ...]:
    found: dict[str, list[tuple[str, Candidate]]] = defaultdict(list)
    for item in reports:
        for candidate in item.report.candidates:
            if candidate.issue_ids and candidate.authority != "none":
                found[candidate.work].append((item.town, candidate))
    titles = {(i.town, issue.issue_id): issue.title for i in reports for issue in i.report.issues}
    works = {work.work_id: work for work in taxonomy.works}
    out = []
    for work, own in found.items():
        people: Counter[str] = Counter()
        for town, candidate in own:
            people[town] += candidate.n_people
        if len(people) < _MIN_TOWNS:
            continue
        chosen = tuple(dict.fromkeys(town for town, c in own if c.chosen))
        above = tuple(dict.fromkeys(town for town, c in own if c.authority not in _OURS))
        out.append(
            SharedWork(
                work=work,
                title=works[work].title.format(place=""),
                towns=tuple(people),
                n_people=sum(people.values()),
                chosen_in=chosen,
                above_in=above,
                planned=planned.get(work, ""),
                issues=tuple(
                    f"{town}：{titles[town, c.lead_id]}"
                    for town, c in own
                    if (town, c.lead_id) in titles
                ),
                advice=_advice(chosen, above, planned=work in planned),
            )
        )
    return tuple(sorted(out, key=lambda s: (-len(s.towns), -s.n_people, s.work)))


def _advice(chosen: Sequence[str], above: Sequence[str], *, planned: bool) -> str:
    """Return how county and towns could act together."""
    if planned and chosen:
        return f"县级计划已安排，{len(chosen)}个乡镇同时建议：县乡联动，乡镇先行视察，结果报县"
    if planned:
        return "县级计划已安排：请有反映的乡镇配合调查"
    if len(above) >= _MIN_TOWNS:
        return f"{len(above)}个乡镇认为属县级以上事权：建议县级列为议题"
    if len(chosen) >= _MIN_TOWNS:
        return f"{len(chosen)}个乡镇同时建议：可由县级牵头联动监督"
    return "多个乡镇有反映：留作县级备选"
