"""Issues travel as Arrow rows and come back as the same records."""

from dataclasses import replace
from datetime import date

import pytest

pa = pytest.importorskip("pyarrow", reason="extra arrow is not installed")

from renda_nlp.analysis import make_finder  # noqa: E402
from renda_nlp.config import Config  # noqa: E402
from renda_nlp.integrations.records import from_row, record_schema, to_row  # noqa: E402
from renda_nlp.records import Hotspot  # noqa: E402

FOR, AGAINST = "支持三栋加装电梯，方便老人", "反对三栋加装电梯，挡住采光"


@pytest.fixture(scope="module")
def issues(make_opinion, analyzer):
    from renda_nlp.table import OpinionTable

    texts = [FOR, FOR + "。", AGAINST, AGAINST + "。", "高坎村天天停水", "高坎村天天停水，没人管"]
    days = [date(2025, 3, 1)] * 4 + [None] * 2
    opinions = [
        make_opinion(text, n, date=day)
        for n, (text, day) in enumerate(zip(texts, days, strict=True))
    ]
    table = OpinionTable()
    table.append(analyzer(tuple(opinions)))
    return make_finder(Config()).find(table, date(2025, 6, 1), None)


def test_issues_come_back_as_they_were(issues):
    assert any(issue.sides for issue in issues)
    assert any(issue.first_date is None for issue in issues)
    issues = [*issues, replace(issues[0], settled=True, status="new")]
    rows = pa.Table.from_pylist([to_row(issue) for issue in issues], schema=record_schema(Hotspot))
    assert [from_row(Hotspot, row) for row in rows.to_pylist()] == issues


def test_columns_are_named_and_typed_for_people(issues):
    schema = record_schema(Hotspot)
    assert schema.field("first_date").type == pa.date32()
    assert schema.field("members").type == pa.list_(pa.string())
    assert schema.field("monthly").type == pa.list_(
        pa.struct([("_1", pa.string()), ("_2", pa.int64())])
    )
