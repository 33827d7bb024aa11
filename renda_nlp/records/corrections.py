"""What staff corrected in a sheet 校对, and what became of it in a run."""

from dataclasses import dataclass
from hashlib import blake2b

__all__ = [
    "ALONE",
    "CORRECTED_FIELDS",
    "KEY_HEADING",
    "MAX_KEYS",
    "TARGET_HEADING",
    "Correction",
    "ModelCheck",
    "OpinionKey",
    "ReplayedCorrection",
    "opinion_key",
]

CORRECTED_FIELDS: dict[str, str] = {
    "topic": "校对主题",
    "intent": "校对意图",
    "place": "校对地点",
    "regroup": "校对热点",
    "not_opinion": "不是意见",
    "title": "校对名称",
    "merge": "并入",
    "settled": "已办结",
    "choice": "校对结论",
}
"""What can be corrected, id to the heading of its column: five on opinions, three on issues, one on
choices."""

KEY_HEADING, TARGET_HEADING = "校对标识", "目标标识"
"""Headings of the columns that name what is corrected, and the issue that it moves to."""

ALONE = "单列"
"""Written into 校对热点: the opinion belongs to no issue."""

MAX_KEYS = 300
"""Members by which a sheet names an issue: enough to find it again, and they fit a cell."""

OpinionKey = str
"""16 hex digits that name an opinion from run to run."""

_DAY_BYTES, _TEXT_BYTES = 2, 6


def opinion_key(masked_text: str, kind: str, day: str) -> OpinionKey:
    """Return the fingerprint by which a correction finds its opinion again in another run.

    Neither the place in the files nor the key of a run folder is part of it, so it survives moved
    files and new folders. It is made of the masked text: whoever holds a masked report cannot guess
    what was masked until the fingerprint fits. The first four digits depend on kind and day alone.

    Args:
        masked_text: The text without personal data.
        kind: A key of ``KINDS``.
        day: The date as 2025-03-01, empty when unknown.
    """
    head = blake2b(f"{kind}\x1f{day}".encode(), digest_size=_DAY_BYTES)
    body = blake2b(masked_text.encode("utf-8", "replace"), digest_size=_TEXT_BYTES)
    return head.hexdigest() + body.hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One change that staff wrote into a sheet."""

    field: str  # a key of CORRECTED_FIELDS
    keys: tuple[OpinionKey, ...]  # the opinion, or the members of the issue; empty for a choice
    label: str  # masked text of the opinion, title of the issue, title of the work
    old: str  # what the sheet printed
    new: str  # what staff wrote
    target_keys: tuple[OpinionKey, ...] = ()  # members of the issue to merge into or move to
    source: str = ""  # 校对.xlsx 工作表“意见明细”第5行

    @property
    def subject(self) -> tuple[str, tuple[OpinionKey, ...], str]:
        """What is corrected: two corrections of one subject must not differ."""
        return (self.field, self.keys, "" if self.keys else self.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayedCorrection:
    """A correction and its fate in this run."""

    correction: Correction
    outcome: str  # 已采用 / 已一致 / 未采用
    note: str = ""  # Chinese: why not, or what differs from the sheet

    @property
    def failed(self) -> bool:
        """Whether it had no effect and staff must look at it."""
        return self.outcome == "未采用"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCheck:
    """How the machine's topics agree with the topics that staff gave or confirmed."""

    n_opinions: int
    n_right: int
    f1: float  # micro-F1: one topic an opinion, so it is the share of right topics
    f1_low: float  # 95 % interval over resampled opinions
    f1_high: float
