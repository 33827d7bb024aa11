"""Corrections of issues: merged, split, renamed, 已办结."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from renda_nlp.corrections.ledger import APPLIED, FAILED, GONE, SAME, Ledger, commonest
from renda_nlp.records import ALONE, MAX_KEYS, Correction, Hotspot

if TYPE_CHECKING:
    from renda_nlp.table import OpinionTable

__all__ = ["finish_issues", "regroup"]

Ints = NDArray[np.int64]
_NO_ISSUE = "这次没有形成同样的热点问题"
_ISSUE_ID = re.compile(r"\d{4}-\d+|\d{1,4}")


class _Grouping:
    """Which group each opinion is in, while staff move them.

    An issue is found again by the members that nobody moves, so the order of moves does not matter
    and a second replay changes nothing.
    """

    def __init__(self, ledger: Ledger, groups: Sequence[Ints]) -> None:
        self._ledger = ledger
        self.home = {int(index): number for number, group in enumerate(groups) for index in group}
        self._movers = {
            index for _, item in ledger.pending("regroup") for index in ledger.rows(item.keys)
        }
        self._fresh: dict[object, int] = {}
        self._first_free = len(groups)

    def group_of(self, keys: Sequence[str], preferred: int | None = None) -> int | None:
        """Return the group that most of these opinions stay in, None when none does."""
        staying = [index for index in self._ledger.rows(keys) if index not in self._movers]
        return commonest(staying, self.home, preferred)

    def fresh(self, name: object) -> int:
        """Return the group of this name, a new one at first."""
        return self._fresh.setdefault(name, self._first_free + len(self._fresh))

    def merge_all(self) -> None:
        """Merge until every issue is where staff want it: one merge may help another find its own."""
        changed = True
        while changed:
            changed = False
            for number, item in self._ledger.pending("merge"):
                changed |= self._merge(number, item)

    def _merge(self, number: int, item: Correction) -> bool:
        target = self.group_of(item.target_keys)
        own = self.group_of(item.keys, preferred=target)
        if not item.target_keys:
            self._ledger.settle(number, FAILED, f"校对表里没有热点“{item.new}”，请填编号")
        elif own is None or target is None:
            self._ledger.settle(number, FAILED, _NO_ISSUE)
        elif own != target:
            for index in [index for index, group in self.home.items() if group == own]:
                self.home[index] = target
            self._ledger.settle(number, APPLIED)
            return True
        elif not self._ledger.settled(number):
            self._ledger.settle(number, SAME)
        return False

    def move(self, number: int, item: Correction) -> None:
        rows = self._ledger.rows(item.keys)
        if not rows:
            self._ledger.settle(number, FAILED, GONE)
        elif item.new == ALONE:
            before = {self.home.pop(index, None) for index in rows}
            self._ledger.settle(number, SAME if before == {None} else APPLIED)
        elif not item.target_keys and _ISSUE_ID.fullmatch(item.new):
            self._ledger.settle(number, FAILED, f"找不到热点“{item.new}”，请核对编号")
        elif item.target_keys and not self._ledger.rows(item.target_keys):
            self._ledger.settle(number, FAILED, _NO_ISSUE)
        else:
            target = self.group_of(item.target_keys)
            if target is None:
                target = self.fresh(item.target_keys or item.new)
            before = {self.home.get(index) for index in rows}
            self.home.update(dict.fromkeys(rows, target))
            self._ledger.settle(number, SAME if before == {target} else APPLIED)


def regroup(ledger: Ledger, groups: Sequence[Ints]) -> list[Ints]:
    """Return the groups of opinions with issues merged and opinions moved as staff say."""
    grouping = _Grouping(ledger, groups)
    grouping.merge_all()
    for number, item in ledger.pending("regroup"):
        grouping.move(number, item)
    members: dict[int, list[int]] = defaultdict(list)
    for index, group in grouping.home.items():
        members[group].append(index)
    return [np.array(sorted(members[group]), np.int64) for group in sorted(members)]


def finish_issues(
    ledger: Ledger, table: "OpinionTable", issues: Sequence[Hotspot]
) -> tuple[Hotspot, ...]:
    """Return the issues with the titles of staff, and 已办结 where staff say so."""
    spots = {issue.issue_id: issue for issue in issues}
    for field in ("regroup", "title", "settled"):
        for number, item in ledger.pending(field):
            if field == "regroup" and (
                ledger.failed(number) or item.target_keys or item.new == ALONE
            ):
                continue
            name = commonest(ledger.rows(item.keys), table.issue_ids)
            if name is None:
                ledger.settle(number, FAILED, _NO_ISSUE)
                continue
            spot = spots[name]
            spots[name] = _changed(spot, field, item.new)
            if field != "regroup":
                ledger.settle(number, SAME if spots[name] == spot else APPLIED)
                rows = (table.row(table.index_of(member)) for member in spot.members[:MAX_KEYS])
                ledger.name_by(number, tuple(row.key for row in rows))
    return tuple(spots[issue.issue_id] for issue in issues)


def _changed(spot: Hotspot, field: str, new: str) -> Hotspot:
    return replace(spot, settled=True) if field == "settled" else replace(spot, title=new)
