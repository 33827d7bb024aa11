"""The class of an outcome: A solved, B being solved or planned, C for reference."""

import re

__all__ = ["find_outcome", "outcome_class"]

LETTERS = str.maketrans("ＡＢＣａｂｃabc", "ABCABCABC")
ALONE = re.compile(
    r"^\W*(?P<letter>[ABC])(?:\d|\s*[类级])?\s*(?:$|[）)】\]（(：:，,、—-]|已|正在|解决|采纳|留作)"
)
INSIDE = re.compile(
    r"(?<![A-Z])(?P<letter>[ABC])\s*[类级]|[（(【\[]\s*(?P<other>[ABC])\d?\s*[)）】\]]"
)
NOTE = re.compile(
    r"(?:办理结果|办理情况|结果|答复|办理|办结)(?:分类|类别|类型|标识)?\s*[：:（(]\s*(?P<value>.{1,20})"
)
MARK = re.compile(
    r"^\s*[（(【\[]\s*[ABC]\d?\s*类?\s*[)）】\]]\s*$|^\s*类别\s*[：:]\s*[ABC]\s*类?\s*$"
)


def outcome_class(text: str) -> str:
    """Return A, B or C where the words of a file say so, else the words themselves."""
    plain = text.translate(LETTERS)
    found = ALONE.match(plain) or INSIDE.search(plain)
    if found is None:
        return text.strip()
    groups = found.groupdict()
    return groups["letter"] or groups.get("other") or ""


def find_outcome(text: str) -> str:
    """Return the class that a line of a reply notes (办理结果：A, 【B】), or an empty string."""
    plain = text.translate(LETTERS)
    note = NOTE.search(plain)
    value = outcome_class(note["value"]) if note else ""
    if len(value) == 1:
        return value
    return outcome_class(plain) if MARK.match(plain) else ""
