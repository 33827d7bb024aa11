from dataclasses import replace
from datetime import date

import pytest

from renda_nlp.config import HotspotConfig, SelectConfig
from renda_nlp.executors.serial import SerialExecutor
from renda_nlp.hotspots import HotspotFinder
from renda_nlp.selection import TopicSelector
from renda_nlp.selection.choosing import choose as balance
from renda_nlp.taxonomy import default_taxonomy

WATER = [
    "高坎村三组自来水天天停水，水压太小，请供水站解决",
    "高坎村三组自来水又停水了，水压小得很",
    "高坎村三组自来水停水三天，老人没水喝",
]
METRO = [
    "请问宁栖城际铁路在柏渡镇设站什么时候定",
    "宁栖城际铁路柏渡镇站选址定了没有，希望设站",
    "强烈要求宁栖城际铁路在柏渡镇设站",
]
PARTY = "实施高坎村饮水安全巩固提升工程，解决自来水停水问题"


@pytest.fixture
def choose(make_opinion, make_table, segmenter):
    def run(texts, official=(), authors=None, **settings):
        opinions = [
            make_opinion(text, number, author=(authors or {}).get(number, f"{number:016x}"))
            for number, text in enumerate(texts)
        ]
        opinions += [
            make_opinion(text, 100 + number, kind=kind, channel="party", role=role)
            for number, (text, kind, role) in enumerate(official)
        ]
        table = make_table(opinions)
        finder = HotspotFinder(
            HotspotConfig(), default_taxonomy(), segmenter, "township", SerialExecutor()
        )
        issues = finder.find(table, date(2025, 12, 31), None)
        selector = TopicSelector(SelectConfig(**settings), default_taxonomy(), "柏渡镇", "township")
        return selector.select(table, issues, date(2025, 12, 31)).candidates

    return run


def test_a_matter_of_people_and_party_is_chosen_as_a_piece_of_work(choose):
    best = choose(WATER, [(PARTY, "party_plan", "plan")])[0]
    assert best.chosen
    assert best.rank == 1
    assert best.topic == "drinking_water"
    assert best.title.startswith("关于柏渡镇")
    party = next(c for c in best.criteria if c.name == "party")
    assert party.value >= 80
    assert party.quotes[0].text == PARTY


def test_the_intersection_beats_what_is_only_loud(choose):
    alone, joined = (
        choose(WATER, official)[0].score for official in ((), [(PARTY, "party_plan", "plan")])
    )
    assert joined > alone


def test_a_matter_of_the_county_is_listed_and_not_chosen(choose):
    found = choose(METRO)
    assert not any(c.chosen for c in found)
    assert "县级以上事权" in found[0].reason


def test_one_person_many_times_is_thin_evidence(choose):
    found = choose(WATER, authors=dict.fromkeys(range(3), "same"))
    assert not any(c.chosen for c in found)
    assert "证据不足" in found[0].reason


def test_the_number_of_topics_is_kept(choose):
    found = choose(WATER, [(PARTY, "party_plan", "plan")], max_topics=0)
    assert not any(c.chosen for c in found)
    assert "议题数已满" in found[0].reason


def test_weights_change_the_score(choose):
    from renda_nlp.config import SelectWeights

    party = [(PARTY, "party_plan", "plan")]
    low, high = (
        choose(WATER, party, weights=SelectWeights(party=w))[0].score for w in (0.0, 100.0)
    )
    assert high > low


@pytest.mark.parametrize(
    ("text", "above"),
    [
        ("岭安高速在我们镇没有出口，请求增设互通立交。", True),
        ("国道穿过场镇，大车太快，请装测速。", True),
        ("村里经济要高速发展，先把机耕道修通。", False),
        ("三组的机耕道烂了，请修。", False),
    ],
)
def test_works_of_higher_authority_are_known_by_their_words(text, above):
    from renda_nlp.selection.routing import _ABOVE_TOWN

    assert bool(_ABOVE_TOWN.search(text)) == above


def test_places_that_the_balance_leaves_empty_are_filled(choose):
    drafts = [
        replace(
            candidate,
            candidate_id=f"D{n:03d}",
            work=f"w{n}",
            score=90.0 - n,
            reason="",
            visits=(),
            chosen=False,
        )
        for n, candidate in enumerate([choose(WATER, [(PARTY, "party_plan", "plan")])[0]] * 5)
    ]
    for limit, ids in ((8, ["D000", "D001", "D002"]), (2, ["D000", "D001"])):
        config = SelectConfig(max_topics=limit)
        found = balance(drafts, config, default_taxonomy())
        assert [candidate.candidate_id for candidate in found.chosen] == ids
        assert {candidate.chosen for candidate in found.others} == {False}
        assert all("留作备选" in candidate.reason for candidate in found.others)
