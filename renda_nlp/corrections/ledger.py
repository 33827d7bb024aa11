"""The corrections of a run and what becomes of each: none ends without an outcome."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from renda_nlp.records import Correction, ReplayedCorrection

if TYPE_CHECKING:
    from renda_nlp.table import OpinionTable

__all__ = ["APPLIED", "FAILED", "GONE", "SAME", "Ledger", "commonest"]

Group = TypeVar("Group", int, str)

APPLIED, SAME, FAILED = "已采用", "已一致", "未采用"
GONE = "这次的材料中没有这条意见"


class Ledger:
    """Keeps corrections by field, finds their opinions, and records outcomes."""

    def __init__(self, corrections: Sequence[Correction]) -> None:
        self.all = tuple(corrections)
        self._outcomes: dict[int, ReplayedCorrection] = {}
        self._pending: dict[str, list[int]] = defaultdict(list)
        self._rows: dict[str, list[int]] = {}  # key to table indices, of the keys in question
        subjects: dict[object, list[int]] = defaultdict(list)
        for number, item in enumerate(self.all):
            subjects[item.subject].append(number)
        for numbers in subjects.values():
            self._admit(numbers)

    def _admit(self, numbers: Sequence[int]) -> None:
        """Queue one of equal corrections; corrections that contradict each other all fail."""
        said = {self.all[number].new for number in numbers}
        if len(said) == 1:
            self._pending[self.all[numbers[0]].field].append(numbers[0])
            for number in numbers[1:]:
                self.settle(number, SAME, "与另一处校对相同")
            return
        for number in numbers:
            others = "、".join(
                f"{self.all[other].source}写的是“{self.all[other].new}”"
                for other in numbers
                if other != number
            )
            self.settle(number, FAILED, f"前后不一致：{others}，请统一后再运行")

    def pending(self, field: str) -> Iterator[tuple[int, Correction]]:
        """Yield the corrections of one field that do not contradict others, with their number."""
        for number in self._pending[field]:
            yield number, self.all[number]

    def settle(self, number: int, outcome: str, note: str = "") -> None:
        """Record what became of a correction."""
        self._outcomes[number] = ReplayedCorrection(
            correction=self.all[number], outcome=outcome, note=note
        )

    def settled(self, number: int) -> bool:
        """Return whether a correction has an outcome."""
        return number in self._outcomes

    def failed(self, number: int) -> bool:
        """Return whether a correction is settled and had no effect."""
        done = self._outcomes.get(number)
        return done is not None and done.failed

    def name_by(self, number: int, keys: tuple[str, ...]) -> None:
        """Let a settled correction name its issue by these opinions from now on."""
        done = self._outcomes[number]
        self._outcomes[number] = replace(done, correction=replace(done.correction, keys=keys))

    def find_rows(self, table: "OpinionTable") -> None:
        """Look up the opinions of every correction in the table, in one pass."""
        wanted = {key for item in self.all for key in (*item.keys, *item.target_keys)}
        for index, row in enumerate(table.rows()):
            if row.key in wanted:
                self._rows.setdefault(row.key, []).append(index)

    def rows(self, keys: Sequence[str], among: Container[int] | None = None) -> list[int]:
        """Return the table indices of these opinions, those ``among`` some if given."""
        found = (index for key in keys for index in self._rows.get(key, ()))
        return [index for index in found if among is None or index in among]

    def outcomes(self) -> tuple[ReplayedCorrection, ...]:
        """Return every correction with what became of it, in the order of the sheets."""
        return tuple(
            self._outcomes.get(number)
            or ReplayedCorrection(correction=item, outcome=FAILED, note=GONE)
            for number, item in enumerate(self.all)
        )


def commonest(
    rows: Sequence[int], group_of: Mapping[int, Group], preferred: Group | None = None
) -> Group | None:
    """Return the group that most of these rows are in, None when none is in any.

    Among equals the ``preferred`` one, else the first.
    """
    votes = Counter(group_of[index] for index in rows if index in group_of)
    ranked = ((-n, group != preferred, group) for group, n in votes.items())
    return min(ranked)[2] if votes else None
