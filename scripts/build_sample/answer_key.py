"""The answer key: what is planted where, each opinion named by a piece of its text."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypedDict

from ledger import Ledger, PlantedOpinion

AS_OF = "2025-12-31"
PIECE_LENGTHS = (16, 14, 18, 20, 12, 22, 25, 10)  # characters, in order of preference
CLAUSE_END = re.compile(r"[，。！？；：、,!?\s]+")
UNSAFE = re.compile(r'["|\t*]|\d{6}')  # what a format may escape, or a reader may mask
LEAD = re.compile(
    r"^(\d+\. ?(（\d+月）)?|[一二三四五六七八九十]、|[^：，]{2,4}代表(（[^）]+）)?：|选民.：)"
)


class Piece(TypedDict):
    """An opinion: its file and a piece of text that stands there and nowhere else."""

    file: str
    contains: str


class PlannedHotspot(TypedDict):
    """A hotspot of content/hotspots.json; fields not named here are passed on."""

    id: str
    name: str
    role: str


class Plan(TypedDict):
    """Content of content/hotspots.json."""

    place: object
    hotspots: list[PlannedHotspot]
    must_choose: object
    must_not_choose: object


class PlantedHotspot(PlannedHotspot):
    """A hotspot of the answer key."""

    members: list[Piece]


class AnswerKey(TypedDict):
    """Content of sample.planted.json."""

    place: object
    as_of: str
    hotspots: list[PlantedHotspot]
    severe: list[Piece]
    must_choose: object
    must_not_choose: object
    kinds: dict[str, str]
    unreadable: list[str]
    rows: dict[str, int]
    opinions: dict[str, int]
    opinions_total: int


def make_answer_key(plan_path: Path, ledger: Ledger) -> AnswerKey:
    """Return the answer key of a finished build.

    Args:
        plan_path: content/hotspots.json.
        ledger: What the build wrote and planted.

    Raises:
        SystemExit: The plan and the tags name different hotspots, or an opinion cannot be told
            from the others by a piece of its text.
    """
    plan: Plan = json.loads(plan_path.read_text("utf-8"))
    unmatched = ledger.members.keys() ^ {hotspot["id"] for hotspot in plan["hotspots"]}
    if unmatched:
        raise SystemExit(f"only planned or only tagged: {', '.join(sorted(unmatched))}")
    key = AnswerKey(
        place=plan["place"],
        as_of=AS_OF,
        hotspots=[
            {**hotspot, "members": _find_pieces(ledger.members[hotspot["id"]], ledger)}
            for hotspot in plan["hotspots"]
        ],
        severe=_find_pieces(ledger.severe, ledger),
        must_choose=plan["must_choose"],
        must_not_choose=plan["must_not_choose"],
        kinds=dict(sorted(ledger.kinds.items())),
        unreadable=sorted(ledger.unreadable),
        rows=dict(sorted(ledger.n_rows.items())),
        opinions=dict(sorted(ledger.n_opinions.items())),
        opinions_total=sum(ledger.n_opinions.values()),
    )
    _check_pieces_differ(key)
    return key


def _find_pieces(opinions: Iterable[PlantedOpinion], ledger: Ledger) -> list[Piece]:
    """Return the distinctive piece of each opinion."""
    return [
        {"file": opinion.file, "contains": _find_distinctive(opinion, ledger)}
        for opinion in opinions
    ]


def _find_distinctive(opinion: PlantedOpinion, ledger: Ledger) -> str:
    """Return the first piece of an opinion that stands once in the whole folder."""
    for piece in _cut_pieces(opinion.text):
        if piece in ledger.texts[opinion.file] and ledger.count_occurrences(piece) == 1:
            return piece
    raise SystemExit(f"no distinctive piece: {opinion.file}: {opinion.text}")


def _cut_pieces(text: str) -> Iterator[str]:
    """Yield pieces that start a clause, without item numbers and speakers a reader may cut off."""
    for line in LEAD.sub("", text).split("\\n"):
        for start in [0, *(match.end() for match in CLAUSE_END.finditer(line))]:
            for length in PIECE_LENGTHS:
                piece = line[start : start + length]
                if len(piece) == length and piece == piece.strip() and not UNSAFE.search(piece):
                    yield piece


def _check_pieces_differ(key: AnswerKey) -> None:
    """Stop if two opinions of the key are named by the same piece."""
    groups = [*(hotspot["members"] for hotspot in key["hotspots"]), key["severe"]]
    pieces = [member["contains"] for group in groups for member in group]
    repeated = {piece for piece in pieces if pieces.count(piece) > 1}
    if repeated:
        raise SystemExit(f"pieces name two opinions: {', '.join(sorted(repeated))}")
