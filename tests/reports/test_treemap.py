"""The map of issues: areas follow the people, nothing leaves the frame."""

from xml.etree import ElementTree

import pytest

from renda_nlp.reports.treemap import Field, issue_map

SVG = "{http://www.w3.org/2000/svg}"
FIELDS = [
    Field(link=f"2025-{n:03d}", title=f"第{n}个<问题>", group=f"主题{n % 3}", size=n, heat=float(n))
    for n in range(1, 20)
]


def fields_of(svg: str) -> dict[str, tuple[float, float, float, float]]:
    root = ElementTree.fromstring(svg)
    out = {}
    for link in root.iter(f"{SVG}a"):
        rect = link.find(f"{SVG}rect")
        assert rect is not None
        values = [float(rect.get(name, "nan")) for name in ("x", "y", "width", "height")]
        out[link.get("href", "")] = (values[0], values[1], values[2], values[3])
    return out


def test_every_issue_has_a_field_inside_the_frame() -> None:
    found = fields_of(issue_map(FIELDS, "总览"))
    assert set(found) == {f"#{field.link}" for field in FIELDS}
    for x, y, width, height in found.values():
        assert x >= 0
        assert y >= 0
        assert x + width <= 1080.1
        assert y + height <= 420.1


def test_fields_of_one_group_are_in_proportion_to_their_people() -> None:
    found = fields_of(issue_map(FIELDS, "总览"))
    small, large = (found[f"#2025-{n:03d}"] for n in (6, 18))
    assert large[2] * large[3] == pytest.approx(3 * small[2] * small[3], rel=0.03)


def test_no_issues_give_an_empty_map() -> None:
    assert not fields_of(issue_map([], "总览"))
