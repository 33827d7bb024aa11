import pytest

from renda_nlp.evaluation import bcubed


def test_a_joined_and_a_split_item_count_for_each_of_their_group():
    # items 1 2 | 3 4 found as 1 2 3 | 4: precision (2/3 + 2/3 + 1/3 + 1) / 4, recall (1 + 1 + 1/2 + 1/2) / 4
    precision, recall, f1 = bcubed(["a", "a", "b", "b"], [1, 1, 1, 2])
    assert precision == pytest.approx(2 / 3)
    assert recall == pytest.approx(3 / 4)
    assert f1 == pytest.approx(12 / 17)


def test_the_truth_itself_is_perfect():
    assert bcubed([1, 1, 2], ["x", "x", "y"]) == (1.0, 1.0, 1.0)
