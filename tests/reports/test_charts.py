"""Charts: well-formed, escaped, drawable."""

from xml.etree import ElementTree

import pytest

from renda_nlp.reports.charts import Bar, bar_chart, month_chart, svg_to_png

BARS = [Bar(label="道路<交通>&", value=5, official=2), Bar(label="教育", value=0)]


@pytest.mark.parametrize(
    "svg",
    [
        bar_chart(BARS, '各"主题"'),
        bar_chart([], "空"),
        month_chart([("2025-01", 3), ("2025-02", 0)], "各月"),
        month_chart([], "空"),
        month_chart([(f"20{y}-{m:02d}", y * m) for y in range(10, 26) for m in range(1, 13)], "长"),
    ],
)
def test_charts_are_well_formed_and_named(svg: str) -> None:
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert root.get("aria-label")
    assert "style" not in svg


def test_bars_are_in_proportion() -> None:
    svg = bar_chart([Bar(label="甲", value=10), Bar(label="乙", value=5)], "图")
    root = ElementTree.fromstring(svg)
    widths = [float(rect.get("width", 0)) for rect in root.iter("{http://www.w3.org/2000/svg}rect")]
    assert widths[0] == pytest.approx(2 * widths[1], abs=0.1)


def test_picture_shows_chinese_without_any_font_of_the_machine() -> None:
    one, other = (
        svg_to_png(bar_chart([Bar(label=name, value=1)], "图"), width=300) for name in ("水", "路")
    )
    assert one.startswith(b"\x89PNG")
    assert one != other  # a missing sign would be the same box in both
