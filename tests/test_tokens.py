"""Words as columns: what goes in comes out, text by text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renda_nlp.ngrams import normalise
from renda_nlp.records import Token
from renda_nlp.segmentation import segment_batch
from renda_nlp.segmentation.rjieba import RjiebaSegmenter
from renda_nlp.tokens import TokenBatch

ROWS = st.lists(
    st.lists(st.tuples(st.integers(1, 4), st.sampled_from(["n", "v", "x"])), max_size=5), max_size=6
)


def _tokens(row: list[tuple[int, str]]) -> list[Token]:
    made, start = [], 0
    for size, tag in row:
        made.append(Token(start, start + size, tag))
        start += size
    return made


@given(ROWS, ROWS)
def test_rows_come_back_and_can_be_replaced(first, second):
    rows = [_tokens(row) for row in first]
    batch = TokenBatch.of(rows)
    assert [batch.row(index) for index in range(len(batch))] == rows
    others = {index: _tokens(row) for index, row in enumerate(second) if index < len(rows) and row}
    changed = batch.replaced(others)
    wanted = [others.get(index, row) for index, row in enumerate(rows)]
    assert [changed.row(index) for index in range(len(changed))] == wanted


@given(ROWS)
def test_words_are_chosen_by_text(rows):
    tokens = [_tokens(row) for row in rows]
    chosen = TokenBatch.of(tokens)
    found = chosen.where(chosen.tagged(("v",)))
    assert found == [[n for n, token in enumerate(row) if token.tag == "v"] for row in tokens]


def test_words_of_a_text():
    batch = TokenBatch.of([_tokens([(2, "n"), (1, "v")])])
    (words,) = batch.of_texts(["道路修"])
    assert [(words.word(n), words.tag(n)) for n in (0, 1)] == [("道路", "n"), ("修", "v")]


@pytest.mark.parametrize("again", [False, True])
def test_a_batch_is_cut_like_its_texts(again):
    segmenter = RjiebaSegmenter([("灯杆亭", "nz")])
    texts = ["", "这事南南打过电话", "灯杆亭边 abc12路没水\n\n３栋", "不来不报这条", "𠮷野家 ^_^"]
    texts = [normalise(text) for text in texts]
    if again:  # words are remembered
        segment_batch(segmenter, texts)
    batch = segment_batch(segmenter, texts)
    assert [batch.row(n) for n in range(len(texts))] == [segmenter.segment(t) for t in texts]
