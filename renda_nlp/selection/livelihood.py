"""Projects for the people 民生实事: candidates for the deputies' vote, and last year's tracked."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from renda_nlp.records import (
    Candidate,
    FigureRow,
    Hotspot,
    LivelihoodProject,
    Opinion,
    Quote,
    VotedProject,
)
from renda_nlp.selection.figures import quote_row
from renda_nlp.selection.official import OfficialRecord, quote_whole
from renda_nlp.table import OpinionTable
from renda_nlp.taxonomy import Taxonomy

__all__ = ["propose_projects", "track_voted"]

_MAX_PROJECTS = 10
_MIN_PEOPLE = 3
_MIN_SHARE = 0.34
_SHARED = 0.34  # of the project's pairs of characters, in a report's sentence about it
_DONE = re.compile(r"完成|建成|竣工|投用|投入使用|全部|交付|开通|通水|通车|验收")
_NOT_YET = re.compile(r"未|推迟|流标|没有|尚|正在|进度|剩余|仍有|部分")
_YEAR = re.compile(r"20\d\d")
_VOTED = re.compile(r"民生实事|票决")
_ITEM = re.compile(r"^[（(]?[一二三四五六七八九十\d]+[)）、.．]\s*")


def propose_projects(
    table: OpinionTable,
    issues: Sequence[Hotspot],
    candidates: Iterable[Candidate],
    taxonomy: Taxonomy,
    own: frozenset[str],
) -> tuple[LivelihoodProject, ...]:
    """Return what could be built or repaired for the people of one place, the hottest first.

    Args:
        table: The opinions.
        issues: The hotspots.
        candidates: Give the issues that the congress may take up.
        taxonomy: Names the projects.
        own: Authorities that are ours.
    """
    allowed = {i for c in candidates if c.authority in own for i in c.issue_ids}
    found: dict[str, list[Hotspot]] = {}
    for issue in sorted(issues, key=lambda i: (-i.heat, i.issue_id)):
        subtopic = taxonomy.subtopic(issue.subtopic)
        usable = issue.place and issue.issue_id in allowed and issue.n_people >= _MIN_PEOPLE
        if not usable or subtopic is None or issue.place in subtopic.place_kinds:
            continue
        if subtopic.project and _share(table, issue) >= _MIN_SHARE:
            found.setdefault(_joined(issue.place, subtopic.project), []).append(issue)
    out = []
    for number, (name, group) in enumerate(list(found.items())[:_MAX_PROJECTS], 1):
        people = sum(issue.n_people for issue in group)
        out.append(
            LivelihoodProject(
                number=number,
                name=name,
                topic=group[0].topic,
                place=group[0].place,
                n_people=people,
                issue_ids=tuple(issue.issue_id for issue in group),
                departments=group[0].departments,
                reason=f"{people}人反映“{group[0].title}”，最高热度{group[0].heat:.1f}。",
                quotes=group[0].quotes[:1],
            )
        )
    return tuple(out)


def _joined(place: str, project: str) -> str:
    """Return 青竹村 and 村卫生室建设 as 青竹村卫生室建设: words that both bear stand once."""
    common = next(
        (n for n in range(min(len(place), 4), 0, -1) if project.startswith(place[-n:])), 0
    )
    return place + project[common:]


def _share(table: OpinionTable, issue: Hotspot) -> float:
    """Return how much of an issue is about its subtopic."""
    rows = [table.index_of(member) for member in issue.members]
    same = table.column_at("subtopics", rows) == table.code(issue.subtopic)
    return float(same.mean())


def _pairs(text: str) -> set[str]:
    return {a + b for a, b in pairwise(re.sub(r"[^\u4e00-\u9fff]", "", text))}


def _reports_on(name: str, sentences: Sequence[Opinion]) -> Opinion | None:
    """Return the sentence of a report that shares most with a project's name."""
    wanted = _pairs(name)
    best: tuple[float, Opinion | None] = (_SHARED, None)
    for opinion in sentences:
        share = len(wanted & _pairs(opinion.text)) / max(1, len(wanted))
        if share >= best[0]:
            best = (share + 1e-9, opinion)
    return best[1]


def track_voted(
    rows: Sequence[FigureRow],
    table: OpinionTable,
    official: OfficialRecord,
    still_raised: Callable[[str], int],
) -> tuple[VotedProject, ...]:
    """Return the projects that deputies voted for, each with the latest report on it.

    ``still_raised`` counts the hotspots on a project by its name. The projects are the rows of
    tables and the items of papers that bear 民生实事 in their title.
    """
    done = [table.opinion(row.index) for row in official.rows("achievement")]
    hard = [table.opinion(row.index) for row in official.rows("difficulty")]
    voted: dict[str, tuple[int, str, Quote]] = {}
    for row in rows:
        if row.kind == "民生实事":
            year = _year_of(f"{row.table} {row.file}")
            voted.setdefault(row.item, (year, row.target or row.amount, quote_row(row)))
    tables = {row.file for row in rows}
    for sentence in official.rows("promise"):
        opinion = table.opinion(sentence.index)
        file = opinion.passages[0].locator.file
        if file not in tables and _VOTED.search(f"{opinion.section} {file}"):
            year = opinion.date.year if opinion.date else 0
            voted.setdefault(_name(opinion.text), (year, "", quote_whole(opinion)))
    out = [_track(name, found, (done, hard), still_raised(name)) for name, found in voted.items()]
    return tuple(sorted(out, key=lambda project: (-project.year, project.name)))


def _name(text: str) -> str:
    plain = _ITEM.sub("", text.strip())
    return re.split(r"[，。；：:]", plain)[0][:40]


def _year_of(text: str) -> int:
    found = _YEAR.search(text)
    return int(found.group()) if found else 0


def _track(
    name: str,
    found: tuple[int, str, Quote],
    reported: tuple[Sequence[Opinion], Sequence[Opinion]],
    n_issues: int,
) -> VotedProject:
    """Return one project with what reports of its year or later say: done, or still hard."""
    year, target, quote = found
    done, hard = (
        [
            opinion
            for opinion in opinions
            if opinion.opinion_id != quote.opinion_id
            and (opinion.date is None or opinion.date.year >= year)
        ]
        for opinions in reported
    )
    told, status = _reports_on(name, done), "未提及"
    if told is not None:
        unsure = _NOT_YET.search(told.text) or not _DONE.search(told.text)
        status = "部分完成" if unsure else "已报告完成"
    elif (told := _reports_on(name, hard)) is not None:
        status = "未完成"
    sentence = "工作报告没有提到进展" if told is None else f"按工作报告的说法：{status}"
    if n_issues:
        sentence += f"；本期仍有{n_issues}个热点问题与此有关"
    return VotedProject(
        year=year,
        name=name,
        target=target,
        status=status,
        n_issues=n_issues,
        sentence=f"{sentence}。",
        quotes=(quote, quote_whole(told)) if told is not None else (quote,),
    )
