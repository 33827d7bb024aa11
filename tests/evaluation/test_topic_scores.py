import numpy as np
import pytest
from sklearn.metrics import f1_score

from renda_nlp.errors import ShapeError
from renda_nlp.evaluation import bootstrap_interval, calibration_error, macro_f1, topic_scores


def test_macro_f1_equals_scikit_learn():
    rng = np.random.default_rng(0)
    gold, predicted = (rng.choice(list("abcd"), 200).tolist() for _ in range(2))
    assert macro_f1(gold, predicted) == pytest.approx(f1_score(gold, predicted, average="macro"))


def test_accepted_and_secondary_topics_count():
    scores = topic_scores([["a", "b"], ["c"], ["d"]], [[], ["a"], []], ["b", "a", "d"], min_rows=1)
    assert scores["accuracy"] == pytest.approx(2 / 3)
    assert scores["hit"] == 1.0


def test_calibration_error_of_honest_and_boastful_confidence():
    assert calibration_error(np.full(100, 0.5), np.arange(100) % 2 == 0) == pytest.approx(
        0.0, abs=0.05
    )
    assert calibration_error(np.full(100, 0.9), np.zeros(100, bool)) == pytest.approx(0.9)


def test_the_interval_holds_the_score():
    right = np.arange(300) % 4 > 0
    low, high = bootstrap_interval(lambda rows: float(right[rows].mean()), 300)
    assert low < 0.75 < high
    assert high - low < 0.12


def test_rows_must_match():
    with pytest.raises(ShapeError, match="gold has 1 rows, predicted 2"):
        macro_f1(["a"], ["a", "b"])
