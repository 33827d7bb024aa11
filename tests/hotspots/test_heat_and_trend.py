from datetime import date, timedelta

import pytest

from renda_nlp.config import HeatWeights
from renda_nlp.hotspots.heat import (
    HeatFacts,
    heat_index,
    heat_terms,
    rank_intervals,
    resampled_heat,
)
from renda_nlp.hotspots.trend import monthly_counts, seasonal_months, trend

AS_OF = date(2025, 12, 31)


def facts(**values):
    base = {
        "people": 5, "places": 1, "channels": 1, "endorsements": 0, "heads": 0,
        "ages_days": (10, 20), "months": 1, "severe_share": 0.0,
    }  # fmt: skip
    return HeatFacts(**{**base, **values})


def heat(**values):
    return heat_index(heat_terms(facts(**values), HeatWeights(), 120.0))


@pytest.mark.parametrize(
    "more",
    [
        {"people": 9}, {"places": 3}, {"channels": 3}, {"endorsements": 40}, {"heads": 300},
        {"months": 6}, {"severe_share": 0.2}, {"ages_days": (1, 2)},
    ],
)  # fmt: skip
def test_each_term_adds_heat(more):
    assert heat(**more) > heat()


def test_heat_is_the_sum_of_its_printed_terms():
    terms = heat_terms(facts(), HeatWeights(), 120.0)
    assert heat_index(terms) == pytest.approx(sum(t.contribution for t in terms), abs=0.05)
    assert all(0 <= t.value <= 1 for t in terms)


def test_heat_stays_between_0_and_100():
    top = facts(people=9999, places=99, channels=9, endorsements=9999, heads=99999,
                ages_days=(0,) * 30, months=99, severe_share=1.0)  # fmt: skip
    assert heat_index(heat_terms(top, HeatWeights(), 120.0)) == pytest.approx(100.0, abs=0.1)


def test_only_the_proportions_of_weights_matter():
    double = HeatWeights(**{n: 2 * getattr(HeatWeights(), n) for n in HeatWeights.__slots__})
    one, two = (heat_index(heat_terms(facts(), w, 120.0)) for w in (HeatWeights(), double))
    assert one == two


def test_rank_intervals_hold_the_clear_leader():
    many = facts(people=80, ages_days=(10,) * 80, months=9, channels=4)
    pairs = [facts(people=2, ages_days=(20, 30)), facts(people=2, ages_days=(25, 30))]
    first, *others = rank_intervals(
        [resampled_heat(f, HeatWeights(), 120.0, str(k)) for k, f in enumerate([many, *pairs])]
    )
    assert first == (1, 1)
    assert [high for _, high in others] == [3, 3]
    assert [low for low, _ in others] == [2, 2]


def test_a_fresh_pair_does_not_pass_an_old_large_issue():
    old = facts(people=50, ages_days=tuple(range(300, 400, 2)), months=4)
    assert heat_index(heat_terms(old, HeatWeights(), 120.0)) > heat(people=2, ages_days=(1, 2))


def days(*ages):
    return [AS_OF - timedelta(days=age) for age in ages]


@pytest.mark.parametrize(
    ("ages", "word"),
    [
        ((), "时间不详"),
        ((5, 40, 80), "新出现"),
        ((200, 300), "已平息"),
        ((95, 120), "回落"),
        ((10, 20, 300), "反复"),
        ((5, 10, 15, 20, 100), "升温"),
        ((10, 50, 100, 120), "平稳"),
    ],
)
def test_the_course_of_an_issue(ages, word):
    assert trend(days(*ages), AS_OF) == word


def test_months_are_counted_in_order():
    assert monthly_counts([date(2025, 3, 2), date(2024, 12, 1), date(2025, 3, 9)]) == (
        ("2024-12", 1),
        ("2025-03", 2),
    )


def mid_months(*said):
    return [date.fromisoformat(f"{day}-15") for day in said]


def test_an_issue_that_comes_back_in_the_same_months_is_seasonal():
    found = seasonal_months(
        mid_months("2023-06", "2023-07", "2024-06", "2024-07", "2025-06", "2025-01")
    )
    assert found == (6, 7)


@pytest.mark.parametrize(
    "said",
    [
        ("2024-06", "2025-06"),  # too few
        ("2025-06", "2025-06", "2025-06", "2025-07"),  # one year
        ("2024-06", "2025-06", "2025-01", "2025-02", "2025-03", "2025-04"),  # mostly other months
        tuple(f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13)),  # always
    ],
)
def test_what_comes_once_or_always_is_not_seasonal(said):
    assert seasonal_months(mid_months(*said)) == ()


def test_the_summary_names_the_season_and_rests_on_its_opinions(word_issue):
    texts = [f"河西村{word}漫水" for word in ("桥面", "过水桥", "便桥", "老桥", "石桥")]
    issue = word_issue(
        texts, AS_OF, mid_months("2023-07", "2024-07", "2025-07", "2025-08", "2025-02")
    )
    (said,) = [s for s in issue.summary if "每年" in s.text]
    assert said.text == "每年7月反映集中（2023、2024、2025年都有）。"
    assert len(said.opinion_ids) == 3
