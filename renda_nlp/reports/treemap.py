"""The map of issues: one field an issue, as large as its people, by topic, dark where hot."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from renda_nlp.reports.charts import FONT, INK

__all__ = ["Field", "issue_map"]

_WIDTH, _HEIGHT = 1080.0, 420.0
_HEAD = 20.0  # strip with the name of a topic
_SIGN = 13.0  # width of a Chinese sign
_LINE = 17.0
_SHADES = ("#fbeae8", "#f3cbc6", "#e6a29b", "#c4574f", "#9e1b1b")
_DARK = 3  # from this shade on the writing is white
_MIN_WIDTH, _MIN_HEIGHT = 44.0, 22.0

Box = tuple[float, float, float, float]  # x, y, width, height


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One issue of the map."""

    link: str
    title: str
    group: str
    size: int
    heat: float


def _worst(row: Sequence[float], side: float) -> float:
    total = sum(row)
    return max(
        max(side * side * a / (total * total), total * total / (side * side * a)) for a in row
    )


def _squarify(areas: Sequence[float], box: Box) -> list[Box]:
    """Cut ``box`` into boxes of these areas (largest first), as square as they come.

    References:
        Bruls, Huizing, van Wijk (2000), Squarified Treemaps.
    """
    x, y, width, height = box
    out: list[Box] = []
    start = 0
    while start < len(areas):
        side = max(min(width, height), 1e-6)
        end = start + 1
        while end < len(areas) and _worst(areas[start : end + 1], side) <= _worst(
            areas[start:end], side
        ):
            end += 1
        depth = sum(areas[start:end]) / side
        at = 0.0
        for area in areas[start:end]:
            length = area / depth
            out.append(
                (x, y + at, depth, length) if width >= height else (x + at, y, length, depth)
            )
            at += length
        if width >= height:
            x, width = x + depth, width - depth
        else:
            y, height = y + depth, height - depth
        start = end
    return out


def _layout(sizes: Sequence[int], box: Box) -> list[Box]:
    scale = box[2] * box[3] / max(1, sum(sizes))
    return _squarify([max(size * scale, 1e-3) for size in sizes], box)


def _label(field: Field, box: Box, fill: str) -> str:
    """Return the title in as many lines as the field has room for."""
    x, y, width, height = box
    signs, lines = int((width - 8) / _SIGN), int((height - 6) / _LINE)
    if width < _MIN_WIDTH or height < _MIN_HEIGHT or lines < 1:
        return ""
    parts = [field.title[at : at + signs] for at in range(0, len(field.title), signs)]
    if len(parts) > lines:
        parts = [*parts[: lines - 1], parts[lines - 1][:-1] + "…"]
    return "".join(
        f'<text x="{x + 5:.1f}" y="{y + 16 + _LINE * number:.1f}" font-size="13" '
        f'fill="{fill}">{escape(part)}</text>'
        for number, part in enumerate(parts)
    )


def _draw(field: Field, box: Box, top: float) -> str:
    x, y, width, height = box
    shade = min(len(_SHADES) - 1, int(len(_SHADES) * field.heat / top)) if top else 0
    words = f"{field.title}（{field.size}人，热度{field.heat:.1f}）"
    return (
        f'<a href="#{escape(field.link)}" aria-label="{escape(words)}">'
        f"<title>{escape(words)}</title>"
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'fill="{_SHADES[shade]}" stroke="#fff" stroke-width="2"/>'
        f"{_label(field, box, '#fff' if shade >= _DARK else INK)}</a>"
    )


def issue_map(fields: Sequence[Field], title: str) -> str:
    """Return the map as SVG; each field links to its issue."""
    groups: dict[str, list[Field]] = {}
    for field in sorted(fields, key=lambda item: (-item.size, -item.heat, item.link)):
        groups.setdefault(field.group, []).append(field)
    order = sorted(groups.items(), key=lambda item: (-sum(f.size for f in item[1]), item[0]))
    top = max((field.heat for field in fields), default=0.0)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" '
        f'role="group" aria-label="{escape(title)}" font-family="{FONT}">'
    ]
    boxes = _layout([sum(f.size for f in items) for _, items in order], (0, 0, _WIDTH, _HEIGHT))
    for (name, items), (x, y, width, height) in zip(order, boxes, strict=True):
        head = _HEAD if height > 2 * _HEAD and width >= _MIN_WIDTH else 0.0
        if head:
            shown = name[: int((width - 8) / _SIGN)]
            parts.append(
                f'<text x="{x + 4:.1f}" y="{y + 15:.1f}" font-size="13" font-weight="bold" '
                f'fill="{INK}">{escape(shown)}</text>'
            )
        inner = _layout([f.size for f in items], (x, y + head, width - 3, height - head - 3))
        parts.extend(_draw(field, box, top) for field, box in zip(items, inner, strict=True))
    return "".join(parts) + "</svg>"
