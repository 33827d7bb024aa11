"""Signs of links between promises and claims written for these tests."""

import numpy as np
import pytest

from renda_nlp.followup.alignment import Said, link_log_odds, link_signs
from renda_nlp.followup.terms import TermFinder
from renda_nlp.registry import SEGMENTERS

PROMISES = [
    Said("全面推开营业税改征增值税试点。", "营业税改征增值税试点"),
    Said("完成老鹰岩水库除险加固。", "老鹰岩水库除险加固"),
    Said("新建敬老院一所。", "敬老院"),
]
CLAIMS = [
    Said("扩大营改增试点，企业税负只减不增。", "营改增试点"),
    Said("老鹰岩水库除险加固主体工程完工。", "老鹰岩水库除险加固主体工程"),
    Said("农村养老服务得到改善，日间照料中心投用。", "农村养老服务"),
    Said("政府自身建设不断加强。", "政府自身建设"),
]


@pytest.fixture(scope="module")
def finder():
    return TermFinder(SEGMENTERS.create("rjieba", ()))


def test_each_promise_finds_its_claim_by_words_or_by_other_names_of_the_work(finder):
    odds = link_log_odds(PROMISES, CLAIMS, finder)
    assert odds.argmax(axis=1).tolist() == [0, 1, 2]
    assert (odds[:, 3] < odds.max(axis=1)).all()


def test_signs_follow_their_statements_when_nothing_else_changes(finder):
    signs = link_signs(PROMISES, CLAIMS, finder)
    turned = link_signs(PROMISES[::-1], CLAIMS[::-1], finder)
    assert signs.shape == (6, 3, 4)
    assert np.isfinite(signs).all()
    assert (signs >= 0).all()
    np.testing.assert_allclose(turned, signs[:, ::-1, ::-1], rtol=1e-9)


def test_a_claim_on_the_work_alone_is_surer_than_one_of_many(finder):
    alone = link_signs(PROMISES[2:], [*CLAIMS[2:]], finder)[2, 0, 0]
    many = link_signs(PROMISES[2:], [CLAIMS[2]] * 5, finder)[2, 0, 0]
    assert alone > many


def test_neighbours_of_a_link_are_more_likely_linked(finder):
    """The same statement beside the answer of its neighbour, and far from it."""
    other = [Said(f"第{n}件事情照常。", "事情") for n in "一二三四五六七八"]
    claim = Said("场镇面貌改善。", "场镇面貌")
    near = link_signs(PROMISES[1:], [CLAIMS[1], claim, *other, claim], finder)[5, 1]
    assert near[1] > near[-1]


def test_statements_without_terms_have_low_odds(finder):
    assert link_log_odds([Said("。", "")], [Said("的", "")], finder)[0, 0] < -5
