"""The level above the issues: topic by area."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from renda_nlp.records import Hotspot, IssueGroup
from renda_nlp.table import OpinionTable

__all__ = ["GROUP_RULE", "group_issues"]

GROUP_RULE = "热点之上再按主题和地区归为一层：地区取各热点有别的最大一级（市、县区、乡镇街道、村社区），一半以上的意见提到才算，没有提到这一级的取下一级；人数不重复计。"

_LEVELS: tuple[tuple[str, ...], ...] = (
    ("市", "州"),
    ("县", "区", "旗"),
    ("镇", "乡", "街道"),
    ("村", "社区", "居委会"),
)
_PARENT = re.compile(r"^.+(?:市(?!场)|[州县区旗镇乡]|街道)(?=.{3,})")  # 石渡镇白果村: 白果村
_NO_REGION = tuple("小区 社区 园区 库区 景区 片区 校区 街区 城区 集镇".split())
_MIN_SHARE = 0.5  # of the members that name an area
_MIN_OTHERS = 0.1  # of the issues with an area that lie in others than the commonest


def _area(names: Counter[str], size: int, suffixes: tuple[str, ...]) -> str:
    """Return the area of one level that most members name, "" when too few do."""
    own: Counter[str] = Counter()
    for name, n in names.items():
        barred = name.endswith(_NO_REGION) and not ("社区" in suffixes and name.endswith("社区"))
        if name.endswith(suffixes) and not barred:
            own[_PARENT.sub("", name)] += n
    best = min(own, key=lambda name: (-own[name], name), default="")
    return best if own[best] >= _MIN_SHARE * size else ""


def _areas(table: OpinionTable, issues: Sequence[Hotspot]) -> list[str]:
    """Return the area of each issue at the widest level at which the issues differ.

    An issue that names no area of that level has that of the next narrower one. Where they differ
    at none, the narrowest that is named counts.
    """
    rows = [[table.index_of(member) for member in issue.members] for issue in issues]
    named = [
        Counter(
            table.label(code).upper() for i in own for code in {*table.places[i], *table.regions[i]}
        )
        for own in rows
    ]
    areas: list[str] = []
    narrowest = [""] * len(issues)
    for suffixes in _LEVELS:
        found = [_area(names, len(own), suffixes) for names, own in zip(named, rows, strict=True)]
        tally = Counter(area for area in found if area)
        if areas:
            areas = [wide or narrow for wide, narrow in zip(areas, found, strict=True)]
        elif tally.total() - max(tally.values(), default=0) > _MIN_OTHERS * len(issues):
            areas = found
        if any(found):
            narrowest = found
    return areas or narrowest


def group_issues(table: OpinionTable, issues: Sequence[Hotspot]) -> tuple[IssueGroup, ...]:
    """Return the issues by topic and area (``GROUP_RULE``), those with most people first."""
    cells: dict[tuple[str, str], list[Hotspot]] = {}
    for issue, area in zip(issues, _areas(table, issues), strict=True):
        cells.setdefault((issue.topic, area), []).append(issue)
    groups = []
    for (topic, area), own in cells.items():
        members = np.array([table.index_of(m) for issue in own for m in issue.members], np.int64)
        groups.append(
            IssueGroup(
                topic=topic,
                area=area,
                issue_ids=tuple(issue.issue_id for issue in own),
                n_opinions=len(members),
                n_people=len(np.unique(table.column_at("authors", members))),
            )
        )
    return tuple(sorted(groups, key=lambda g: (-g.n_people, -g.n_opinions, g.topic, g.area)))
