"""Charts as SVG: one generator for the web page (inline) and Word (as a picture).

Only presentation attributes, no style attribute and no script: a strict content policy passes them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import as_file, files

__all__ = ["Bar", "bar_chart", "month_chart", "svg_to_png"]

INK, SOFT, ACCENT, PALE = "#1f2329", "#5b6470", "#9e1b1b", "#b9bec6"
FONT = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, SimHei, sans-serif"

_WIDTH = 520
_ROW = 27
_LABEL = 172
_FIGURE = 58
_PICTURE_FONT = "Noto Sans SC"  # of the package pylopdf_fonts_zh_cn, under the OFL


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: voices solid, official sentences pale below it."""

    label: str
    value: int
    official: int = 0


def _open(width: int, height: int, title: str) -> str:
    name = escape(title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{name}" font-family="{FONT}"><title>{name}</title>'
    )


def _text(
    x: float, y: float, words: str, *, size: int = 15, fill: str = INK, anchor: str = "start"
) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{fill}" '
        f'text-anchor="{anchor}">{escape(words)}</text>'
    )


def _rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:.1f}" height="{height:g}" fill="{fill}"/>'


def bar_chart(bars: Sequence[Bar], title: str) -> str:
    """Return horizontal bars with their figures; the pale bar is drawn where a row has one."""
    top = max((max(bar.value, bar.official) for bar in bars), default=0) or 1
    room = _WIDTH - _LABEL - _FIGURE
    with_official = any(bar.official for bar in bars)
    step = _ROW + (9 if with_official else 0)
    parts = [_open(_WIDTH, step * len(bars) + 6, title)]
    for number, bar in enumerate(bars):
        y = number * step + 4
        parts.append(_text(_LABEL - 10, y + 16, bar.label, anchor="end"))
        parts.append(_rect(_LABEL, y + 2, room * bar.value / top, 17, ACCENT))
        parts.append(_text(_LABEL + room * bar.value / top + 6, y + 16, str(bar.value)))
        if bar.official:
            parts.append(_rect(_LABEL, y + 20, room * bar.official / top, 8, PALE))
            x = _LABEL + room * bar.official / top + 6
            parts.append(_text(x, y + 29, str(bar.official), size=11, fill=SOFT))
    return "".join(parts) + "</svg>"


def month_chart(months: Sequence[tuple[str, int]], title: str, *, height: int = 150) -> str:
    """Return upright bars, one a month, with the figure above and the month below."""
    top = max((count for _, count in months), default=0) or 1
    base = height - 36
    step = _WIDTH / max(len(months), 6)
    every = max(1, -(-len(months) // 16))  # label every so many months: they must not touch
    parts = [_open(_WIDTH, height, title)]
    parts.append(f'<line x1="0" y1="{base}" x2="{_WIDTH}" y2="{base}" stroke="{PALE}"/>')
    year = ""
    for number, (month, count) in enumerate(months):
        x = number * step
        tall = (base - 20) * count / top
        middle = x + step / 2
        parts.append(_rect(x + step * 0.2, base - tall, step * 0.6, round(tall, 1), ACCENT))
        if number % every:
            continue
        if count:
            parts.append(_text(middle, base - tall - 5, str(count), size=13, anchor="middle"))
        parts.append(
            _text(middle, base + 15, f"{int(month[5:7])}月", size=12, fill=SOFT, anchor="middle")
        )
        if month[:4] != year:
            year = month[:4]
            parts.append(_text(middle, base + 31, year, size=12, fill=SOFT, anchor="middle"))
    return "".join(parts) + "</svg>"


def svg_to_png(svg: str, *, width: int = 1600) -> bytes:
    """Return the chart as a picture, drawn with the font that comes with the installation."""
    import resvg_py

    font = files("pylopdf_fonts_zh_cn").joinpath("NotoSansSC-Regular.otf")
    with as_file(font) as path:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=svg,
                width=width,
                background="white",
                skip_system_fonts=True,
                font_files=[str(path)],
                sans_serif_family=_PICTURE_FONT,
            )
        )
