from pathlib import Path

import pytest

from renda_nlp.hotspots.swaps import is_swapped
from renda_nlp.ngrams import normalise

DATA = Path(__file__).parent / "data"


def pairs(name):
    lines = (DATA / f"pairs_{name}.tsv").read_text("utf-8").splitlines()
    return [tuple(normalise(text) for text in line.split("\t")) for line in lines]


def test_copied_texts_with_another_place_are_told_apart():
    apart = pairs("apart")
    assert len(apart) >= 60
    missed = [pair for pair in apart if not is_swapped(*pair)]
    assert len(missed) <= 0.05 * len(apart), missed


def test_one_matter_in_other_words_is_no_swap():
    same = pairs("same")
    assert len(same) >= 60
    assert not [pair for pair in same if is_swapped(*pair)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "我是3栋的业主，电梯坏了三天没人修，请物业尽快处理。",
            "我是5栋的业主，电梯坏了三天没人修，请物业尽快处理。",
        ),
        (
            "我叫张三，电梯坏了三天没人修，请物业尽快处理。",
            "我叫李四光，电梯坏了三天没人修，请物业尽快处理。",
        ),
        ("电梯坏了三天没人修，请物业尽快处理。", "电梯坏了三天没人修，请物业尽快处理。"),
        (
            "电梯坏了三天没人修，请物业处理。",
            "电梯坏了三天没人修，老人下不了楼，孩子上学迟到，请物业处理。",
        ),
        ("", "电梯坏了"),
    ],
)
def test_mass_petitions_are_no_swap(first, second):
    assert not is_swapped(first, second)
    assert not is_swapped(second, first)
