"""Columns and packed rows give back what went in."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from renda_nlp.columns import GrowingNames, GrowingRagged, Ragged, among_hashes, heaviest
from renda_nlp.packing import pack_row, unpack_row
from renda_nlp.records import TopicScores
from renda_nlp.table import OpinionTable

_ROWS = st.lists(st.lists(st.integers(0, 2**32 - 1), max_size=5), max_size=8)


@given(st.lists(_ROWS, max_size=4), st.data())
def test_rows_of_different_lengths_come_back_whole(batches, data):
    column = GrowingRagged(np.uint32)
    for rows in batches:
        column.append(Ragged.of(rows, np.uint32))
        len(column)  # reading between two appends changes nothing
    expected = [row for rows in batches for row in rows]
    assert [row.tolist() for row in column] == expected
    some = (
        data.draw(st.lists(st.sampled_from(range(len(expected))), max_size=6)) if expected else []
    )
    taken = column.take(some)
    assert taken.values.tolist() == [value for row in some for value in expected[row]]
    assert taken.lengths.tolist() == [len(expected[row]) for row in some]


@given(st.lists(st.text("ab1-", min_size=1, max_size=4), unique=True), st.integers(0, 9))
def test_names_are_found_again(names, cut):
    column = GrowingNames()
    column.extend(names[:cut])
    assert list(column) == names[:cut]
    column.extend(names[cut:])
    assert list(column) == names
    assert [column.find(name) for name in names] == [*range(len(names))]
    with pytest.raises(KeyError):
        column.find("c")
    order = column.ordered(np.arange(len(names)))
    assert [names[k] for k in order.tolist()] == sorted(names)


@given(st.text(), st.text(), st.booleans())
def test_a_packed_row_is_the_row(make_opinion, text, reply, masked):
    opinion = replace(
        make_opinion("原文", 3, title="标题", attributes=(("列", text),), private_names=(text,)),
        text=text,
        reply=reply,
        reply_date=date(2025, 1, 2),
    )
    scores = TopicScores(
        topic="housing", secondary=("economy",), confidence=0.25, undecided=True, intent="request"
    )
    shown = "遮盖" if masked else text
    data = pack_row(opinion, scores, shown, reply)
    expected = (replace(opinion, opinion_id="x-1"), scores, shown or text, reply)
    assert unpack_row(data, "x-1") == expected


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4), st.integers(0, 9)), max_size=40),
    st.integers(1, 4),
)
def test_the_heaviest_entries_of_each_owner_are_kept(entries, most):
    owner, weight, tie = np.array(entries, np.int64).reshape(-1, 3).T
    tie = tie * len(entries) + np.arange(len(entries))  # no two alike
    kept = heaviest(owner, (weight / 4).astype(np.float32), most, tie)
    for each in set(owner.tolist()):
        own = np.flatnonzero(owner == each)
        wanted = sorted(own.tolist(), key=lambda k: (-weight[k], tie[k]))[:most]
        assert sorted(wanted) == own[kept[own]].tolist()


@given(st.lists(st.integers(0, 2**32 - 1)), st.lists(st.integers(0, 2**32 - 1)))
def test_hashes_are_found_among_others(values, known):
    values, known = np.array([*values, *known], np.uint32), np.unique(np.array(known, np.uint32))
    found = among_hashes(values, known)
    assert found.tolist() == [k for k, value in enumerate(values) if value in known]


def test_a_settled_table_takes_more_rows(analyzer, make_opinion):
    batch = analyzer((make_opinion("路灯不亮", 1), make_opinion("路灯不亮", 1)))
    one, two = OpinionTable(), OpinionTable()
    for table in (one, two):
        table.append(batch)
    two.settle()
    for table in (one, two):
        table.append(batch)
    assert list(one.ids) == list(two.ids)
    assert len(set(two.ids)) == 4
    assert list(one.rows()) == list(two.rows())
