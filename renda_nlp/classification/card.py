"""The figures that a model's card states."""

from pathlib import Path

__all__ = ["card_scores"]

_FIRST_HEADING = "评测"
_CARD = "card.md"
_FIGURES = 3  # the first columns: what a reader of a report wants to know


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def card_scores(folder: Path) -> str:
    """Return the table of evaluations in a model's card as one sentence, empty when it has none."""
    card = folder / _CARD
    lines = card.read_text("utf-8").splitlines() if card.is_file() else []
    starts = [i for i, line in enumerate(lines) if line.startswith(f"| {_FIRST_HEADING}")]
    if not starts:
        return ""
    headings = _cells(lines[starts[0]])[1:]
    said = []
    for line in lines[starts[0] + 2 :]:
        if not line.startswith("|"):
            break
        name, *values = _cells(line)
        pairs = list(zip(headings, values, strict=False))[:_FIGURES]
        figures = "，".join(f"{h} {v}" for h, v in pairs if v and v not in "—-")
        said.append(f"{name}：{figures}")
    return "；".join(said) + "。" if said else ""
