"""Tables of money, indicators and tasks."""

import pytest

from renda_nlp.records import Block, Document, Locator
from renda_nlp.splitting import FigureTables


def document(title="2025年部门预算", kind="other"):
    return Document(
        file=f"{title}.xlsx", format="xlsx", kind=kind, kind_confidence=1.0, title=title, date=None,
        n_bytes=1, fingerprint="0" * 16,
    )  # fmt: skip


def blocks(*rows, sheet="表1"):
    return [
        Block(
            text="\t".join(row),
            cells=tuple(row),
            locator=Locator(file="a.xlsx", sheet=sheet, row=n),
        )
        for n, row in enumerate(rows, 1)
    ]


def read(rows, **values):
    tables = FigureTables()
    seen = list(tables.watch(document(**values), rows))
    assert seen == rows
    return tables


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        (("项目名称", "预算数（万元）", "执行数（万元）", "执行率（%）"), ("饮水管网改造", "380", "120.5", "31.7"),
         {"item": "饮水管网改造", "amount": "380万元", "executed": "120.5万元", "rate": "31.7%", "kind": "预算"}),
        (("指标名称", "目标值", "完成数", "完成率"), ("通组路硬化", "9公里", "7.4公里", "82%"),
         {"item": "通组路硬化", "target": "9公里", "executed": "7.4公里", "rate": "82%", "kind": "指标"}),
        (("序号", "重点任务", "目标要求", "责任单位", "完成时限"), ("1", "石沙路改造", "改造5.6公里", "镇交管站", "11月底"),
         {"item": "石沙路改造", "department": "镇交管站", "deadline": "11月底", "kind": "任务"}),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_headings(header, row, expected):
    title = "2025年部门预算" if expected["kind"] == "预算" else "2025年清单"
    found = read(blocks(header, row), title=title).rows[0]
    assert {name: getattr(found, name) for name in expected} == expected


def test_the_unit_may_stand_above_the_table():
    rows = [Block(text="单位：万元", locator=Locator(file="a.docx", paragraph=1))]
    rows += blocks(("项目", "预算数"), ("路灯电费", "12"))
    assert read(rows).rows[0].amount == "12万元"


def test_sums_and_empty_rows_are_no_lines():
    rows = blocks(("项目", "预算数"), ("合计", "392"), ("路灯电费", ""), ("路灯维修", "3"))
    assert [row.item for row in read(rows).rows] == ["路灯维修"]


def test_registers_are_not_read_as_figures():
    rows = blocks(("事项", "金额", "责任单位"), ("低保没发下来", "500", "民政办"))
    assert read(rows, kind="feedback").rows == []


def test_a_new_sheet_needs_its_own_header():
    first = blocks(("项目", "预算数"), ("路灯电费", "12"))
    second = blocks(("说明文字", "别的"), ("甲乙丙丁", "5"), sheet="表2")
    tables = read([*first, *second])
    assert [row.item for row in tables.rows] == ["路灯电费"]
    assert tables.n_tables == 1
