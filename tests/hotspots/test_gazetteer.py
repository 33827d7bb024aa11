"""Other names of one place: a region in front, a slip of the pen, the stem alone."""

import pytest

from renda_nlp.config import HotspotConfig
from renda_nlp.hotspots.collection import count_here, learn_collection
from renda_nlp.hotspots.gazetteer import main_names


@pytest.mark.parametrize(
    ("names", "usual"),
    [
        ({"石渡镇白果村": 1, "白果村": 1}, {"石渡镇白果村": "白果村"}),
        ({"沙松雅广场": 1, "松雅广场": 4}, {"沙松雅广场": "松雅广场"}),
        ({"金帝豪廷花园": 1, "金帝豪庭花园": 5}, {"金帝豪廷花园": "金帝豪庭花园"}),
    ],
)
def test_rare_names_are_the_usual_one(names, usual):
    assert main_names(names) == usual


@pytest.mark.parametrize(
    "names",
    [
        {"上湾村": 1, "下湾村": 9},
        {"大石桥村": 1, "石桥村": 9},
        {"青石桥村": 1, "石桥村": 9},
        {"星城国际二期": 1, "星城国际三期": 9},
        {"沙松雅广场": 1, "松雅广场": 2},
        {"凤凰新城东区": 1, "凤凰新城西区": 9},
    ],
)
def test_other_places_keep_their_names(names):
    assert main_names(names) == {}


def test_a_stem_that_ordinary_texts_do_not_use_is_an_alias(make_table_of):
    table = make_table_of(["春芽小学门口没有红绿灯", "女儿读春芽，过马路像打仗", "春天门口开了花"])
    learn_collection(count_here(table), HotspotConfig())
    named = [{table.label(code) for code in places} for places in table.places]
    assert "春芽小学" in named[0]
    assert "春芽小学" in named[1]
    assert not named[2]


def test_a_school_gives_no_name_to_what_it_is_called_after(make_table_of):
    texts = [
        "望湖小学门口没有红绿灯",
        "望湖小学扩建",
        *(f"望湖{n}里的水发臭" for n in "东南西北中"),
    ]
    table = make_table_of(texts)
    learn_collection(count_here(table), HotspotConfig())
    named = [{table.label(code) for code in places} for places in table.places]
    assert "望湖小学" in named[0]
    assert all("望湖小学" not in own for own in named[2:])
