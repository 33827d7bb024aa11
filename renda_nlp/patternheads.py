"""What a regular expression can begin with: sets of characters, read off its parse tree.

A set of characters is a number whose bit ``c`` stands for code point ``c``; the last bit stands for all code
points beyond the basic plane. The sets are never too small, so that nothing is missed where they are not met.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

__all__ = ["ANY", "N_CODES", "heads"]

N_CODES = 0x10000
ANY = (1 << N_CODES) - 1
_BEYOND = 1 << (N_CODES - 1)
_BLANK = 1 << ord(" ")
_MOST_BRANCHES = 4
_BEHIND = -1  # direction of a look-behind
_CATEGORIES = {
    ops.CATEGORY_DIGIT: (r"\d", False),
    ops.CATEGORY_NOT_DIGIT: (r"\d", True),
    ops.CATEGORY_SPACE: (r"\s", False),
    ops.CATEGORY_NOT_SPACE: (r"\s", True),
    ops.CATEGORY_WORD: (r"\w", False),
    ops.CATEGORY_NOT_WORD: (r"\w", True),
}
_GROUPS: dict[Any, Callable[[Any], Sequence[Any]]] = {  # to the sequences one of which they take
    ops.BRANCH: lambda value: value[1],
    ops.SUBPATTERN: lambda value: (value[-1],),
    ops.ATOMIC_GROUP: lambda value: (value,),
}
_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)

Heads = dict[int, tuple[int, ...]]
"""By length: the sets of the first characters, one each place; a length below the limit ends the pattern."""


def heads(pattern: re.Pattern[str], size: int) -> list[tuple[int, ...]]:
    """Return what each alternative of a pattern begins with; of many alternatives together.

    Returns:
        The sets of the character before a match and of its first ``size`` characters. ``ANY`` stands where nothing is
        known of the character before, and behind the end of a match; the start of a text counts as a blank.

    Raises:
        ValueError: The pattern ignores case, or matches the empty string.
    """
    tree = _parser.parse(pattern.pattern, pattern.flags)
    if pattern.flags & re.IGNORECASE or not tree.getwidth()[0]:
        raise ValueError(pattern.pattern)
    branched = len(tree) == 1 and tree[0][0] == ops.BRANCH
    branches = tree[0][1][1] if branched else (tree,)
    if len(branches) > _MOST_BRANCHES:
        branches = (tree,)
    return [(_before(branch), *_first(branch, size)) for branch in branches]


def _first(tree: Any, size: int) -> tuple[int, ...]:
    union = (0,) * size
    for found in _of_sequence(tree, size, ends=True).values():
        whole = (*found, *(ANY,) * (size - len(found)))
        union = tuple(a | b for a, b in zip(union, whole, strict=True))
    return union


def _before(tree: Any) -> int:
    if len(tree) and tree[0][0] in _GROUPS:
        return _union(_before(branch) for branch in _GROUPS[tree[0][0]](tree[0][1]))
    known = ANY
    for op, value in tree:
        if op not in (ops.ASSERT, ops.ASSERT_NOT):
            break
        if value[0] == _BEHIND and _is_one(value[1]):
            own = _of_sequence(value[1], 1, ends=False)[1][0]
            known &= own if op == ops.ASSERT else ANY & ~own | _BEYOND | _BLANK
    return known


def _is_one(tree: Any) -> bool:
    return tuple(tree.getwidth()) == (1, 1)


def _union(sets: Iterable[int]) -> int:
    union = 0
    for each in sets:
        union |= each
    return union


def _of_sequence(tree: Sequence[Any], size: int, *, ends: bool) -> Heads:
    """Return the heads of nodes one after the other; ``ends``: nothing follows them in the pattern."""
    found: Heads = {0: ()}
    for number, (op, value) in enumerate(tree):
        own = _of_node(op, value, size, ends=ends and number == len(tree) - 1)
        if own is None:
            continue
        following: Heads = {size: found[size]} if size in found else {}
        for length, first in found.items():
            if length < size:
                for second in own.values():
                    _add(following, (*first, *second)[:size])
        found = following
        if min(found) == size:
            break
    return found


def _add(found: Heads, sets: tuple[int, ...]) -> None:
    known = found.get(len(sets))
    found[len(sets)] = (
        sets if known is None else tuple(a | b for a, b in zip(known, sets, strict=True))
    )


def _of_node(op: Any, value: Any, size: int, *, ends: bool) -> Heads | None:
    """Return the heads of one node; None for one that takes no characters."""
    if op in (ops.ASSERT, ops.ASSERT_NOT, ops.AT):  # what is looked at last stands behind the match
        ahead = ends and op == ops.ASSERT and value[0] != _BEHIND
        return _of_sequence(value[1], size, ends=True) if ahead else None
    if op in _GROUPS:
        return _of_branches(_GROUPS[op](value), size, ends=ends)
    if op in _REPEATS:
        least, most, tree = value
        return _of_repeat(least, most, tree, size)
    if op in (ops.GROUPREF, ops.GROUPREF_EXISTS):  # of unknown length
        return {length: (ANY,) * length for length in range(size + 1)}
    return {1: (_of_one(op, value),)}


def _of_branches(branches: Sequence[Any], size: int, *, ends: bool) -> Heads:
    found: Heads = {}
    for branch in branches:
        for sets in _of_sequence(branch, size, ends=ends).values():
            _add(found, sets)
    return found


def _of_repeat(least: int, most: int, tree: Any, size: int) -> Heads:
    found: Heads = {}
    for times in range(least, min(most, least + size) + 1):
        for sets in _of_sequence([*tree] * min(times, size), size, ends=False).values():
            _add(found, sets)
    return found


def _of_one(op: Any, value: Any) -> int:
    """Return the set of a node that takes one character."""
    if op == ops.LITERAL:
        return 1 << min(int(value), N_CODES - 1)
    if op == ops.NOT_LITERAL:
        return ANY & ~(1 << int(value)) | _BEYOND
    if op == ops.IN:
        negated = value[0][0] == ops.NEGATE
        union = _union(_of_member(*member) for member in value[negated:])
        return ANY & ~union | _BEYOND if negated else union
    return ANY


def _of_member(op: Any, value: Any) -> int:
    if op == ops.RANGE:
        first, last = (min(int(code), N_CODES - 1) for code in value)
        return ((1 << (last - first + 1)) - 1) << first
    if op == ops.CATEGORY:
        expression, negated = _CATEGORIES[value]
        known = _category(expression)
        return ANY & ~known | _BEYOND if negated else known | _BEYOND
    return _of_one(op, value)


@cache
def _category(expression: str) -> int:
    plane = "".join(map(chr, range(N_CODES)))
    return _union(1 << ord(char) for char in re.findall(expression, plane))
