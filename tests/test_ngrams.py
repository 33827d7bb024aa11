import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from renda_nlp.ngrams import (
    TermIndex,
    TextBatch,
    count_ngrams,
    count_ngrams_in_zones,
    hash_words,
    normalise,
)


@given(st.text())
def test_normalising_keeps_every_position(text):
    assert len(normalise(text)) == len(text)


def test_normal_form_is_half_width_simplified_lower_case():
    assert normalise("臺灣ＡＢｃ１２　水壓") == "台湾abc12 水压"
    assert normalise("停水，断电！") == "停水，断电！"


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=6), st.data())
def test_a_stretch_hashes_alike_wherever_it_stands(texts, data):
    batch = TextBatch(texts)
    row = data.draw(st.integers(0, len(texts) - 1))
    start = data.draw(st.integers(0, len(texts[row]) - 1))
    end = data.draw(st.integers(start + 1, len(texts[row])))
    offset = int(batch.starts[row])
    here = batch.hashes(np.array([offset + start]), np.array([offset + end]), salt=3)
    assert here[0] == hash_words([texts[row][start:end]], salt=3)[0]


def test_different_stretches_and_salts_hash_apart():
    words = [f"{a}{b}" for a in "停水断电修路" for b in "村组镇区县市"]
    hashes = np.concatenate([hash_words(words, salt=salt) for salt in (1, 2)])
    assert len(np.unique(hashes)) == 2 * len(words)


def test_texts_come_back_normalised():
    batch = TextBatch(["ＡＢ", "", "水压"])
    assert batch.texts() == ["ab", "", "水压"]
    assert batch.text(2) == "水压"


@given(st.lists(st.text(alphabet="停水断电 \n路", max_size=9), max_size=5), st.data())
def test_ngrams_are_counted_as_by_hand(texts, data):
    batch = TextBatch(texts)
    n = len("".join(texts))
    zones = [
        np.array(data.draw(st.lists(st.booleans(), min_size=n, max_size=n)), bool) for _ in "ab"
    ]
    counts, inside = count_ngrams_in_zones(batch, (1, 2, 3), 64, zones, salt=1)
    assert counts.has_sorted_indices
    assert (counts != count_ngrams(batch, (1, 2, 3), 64, salt=1)).nnz == 0
    everywhere = np.ones(n, bool)
    for own, values in zip((everywhere, *zones), (counts.data, *inside), strict=True):
        found = csr_matrix((values, counts.indices, counts.indptr), counts.shape).toarray()
        for row, text in enumerate(texts):
            expected = np.zeros(64, np.float32)
            offset = int(batch.starts[row])
            for size in (1, 2, 3):
                for at in range(len(text) - size + 1):
                    piece = text[at : at + size]
                    if not set(piece) & set(" \n") and own[offset + at : offset + at + size].all():
                        expected[int(hash_words([piece], salt=1)[0] % np.uint64(64))] += 1
            assert found[row].tolist() == expected.tolist()


@given(
    st.lists(st.text("停水电路灯", min_size=1, max_size=4), unique=True, max_size=8),
    st.lists(st.text("停水电路灯", max_size=12), max_size=4),
)
def test_terms_are_found_wherever_they_stand(terms, texts):
    batch = TextBatch(texts)
    starts, ends, numbers, owners = TermIndex(terms).find(batch)
    found = [
        (owner, start - batch.starts[owner], end - start, terms[number])
        for start, end, number, owner in zip(starts, ends, numbers, owners, strict=True)
    ]
    assert sorted(found) == sorted(
        (owner, start, len(term), term)
        for owner, text in enumerate(texts)
        for term in terms
        for start in range(len(text))
        if text.startswith(term, start)
    )
