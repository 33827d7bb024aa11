from pathlib import Path

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from renda_nlp.errors import ShapeError
from renda_nlp.evaluation import boundary_f1, kept_whole, read_marked, word_f1
from renda_nlp.registry import SEGMENTERS

CORPUS = Path(__file__).parent.parent.parent / "corpora" / "segmentation"


def spans_of(words):
    return read_marked(" ".join(words))[1]


def test_words_are_right_when_both_ends_are():
    gold = [spans_of(["审议意见", "要", "督办"])]
    found = [spans_of(["审议", "意见", "要", "督办"])]
    assert word_f1(found, gold) == pytest.approx((2 / 4, 2 / 3, 4 / 7))
    assert boundary_f1(found, gold) == pytest.approx((2 / 3, 1.0, 0.8))


@given(st.lists(st.text("水电路", min_size=1, max_size=3), min_size=1, max_size=8))
def test_a_segmentation_agrees_with_itself(words):
    text, spans = read_marked(" ".join(words))
    assert text == "".join(words)
    assert word_f1([spans], [spans])[2] == pytest.approx(1.0)


def test_a_term_is_whole_inside_one_word():
    spans = spans_of(["县教育局", "答复"])
    assert kept_whole(spans, 1, 4)
    assert not kept_whole(spans, 3, 5)


def test_unequal_numbers_of_sentences_are_refused():
    with pytest.raises(ShapeError):
        word_f1([], [])
    with pytest.raises(ShapeError):
        boundary_f1([[]], [[], []])


def test_the_marked_sentences_are_many_and_distinct():
    lines = (CORPUS / "sentences.txt").read_text("utf-8").splitlines()
    assert len(lines) == len(set(lines)) >= 300


@pytest.mark.slow
def test_our_dictionary_beats_plain_jieba_on_domain_sentences():
    lines = (CORPUS / "sentences.txt").read_text("utf-8").splitlines()
    texts, gold = zip(*(read_marked(line) for line in lines), strict=True)
    plain = jieba.Tokenizer()
    theirs = [[(a, b) for _, a, b in plain.tokenize(text)] for text in texts]
    for name in ("jieba", "rjieba"):
        segment = SEGMENTERS.create(name, ()).segment
        ours = [[(t.start, t.end) for t in segment(text)] for text in texts]
        assert word_f1(ours, gold)[2] >= word_f1(theirs, gold)[2] + 0.05
        assert boundary_f1(ours, gold)[2] > boundary_f1(theirs, gold)[2] + 0.02
