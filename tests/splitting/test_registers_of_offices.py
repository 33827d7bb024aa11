"""Registers as offices keep them: totals between the rows, 同上, two tables side by side, surveys."""

import datetime

import pytest

from renda_nlp.splitting.dates import parse_date
from renda_nlp.splitting.fields import field_of, make_synonyms


def test_totals_between_the_rows_are_no_opinions(split) -> None:
    opinions, aside = split(
        "feedback",
        [
            ("序号", "日期", "意见建议", "备注"),
            ("一、交通类",) * 4,
            ("1", "2024-03-01", "石沙路塌了没人修。", ""),
            ("小计", "", "1件", ""),
            ("2", "2024-03-02", "合计停水三天，请查。", ""),
            ("合　计", "", "2", "100%"),
        ],
    )
    assert [opinion.text for opinion in opinions] == ["石沙路塌了没人修。", "合计停水三天，请查。"]
    assert [part.reason for part in aside] == ["表头", "标题", "合计行", "合计行"]


def test_the_row_above_is_meant_by_ditto(split) -> None:
    opinions, _ = split(
        "feedback",
        [
            ("姓名", "日期", "村", "意见建议"),
            ("马德全", "2024-03-01", "石垭村", "蓄水池漏水，请修。"),
            ("同上", "〃", "同上", "水费没有收据，请公开。"),
            ("", "", "", "路灯不亮。"),
            ("同前", "同上", "双河村", "桥栏断了。"),
        ],
    )
    first, second, third, fourth = opinions
    assert (second.author, second.date, second.place) == (first.author, first.date, "石垭村")
    assert second.private_names == ("马德全",)
    assert (third.author, third.place) == ("", "")
    assert (fourth.author, fourth.place) == (first.author, "双河村")


def test_tables_side_by_side_give_an_opinion_each(split) -> None:
    opinions, aside = split(
        "feedback",
        [
            ("东片", "", "", "", "西片", "", ""),
            ("序号", "村组", "意见建议", "", "序号", "村组", "意见建议"),
            ("1", "东坡村", "路灯坏了七盏。", "", "1", "西沟村", "没有减速带。"),
            ("2", "东坡村", "灌渠淤堵。"),
        ],
    )
    said = [(one.row_id, one.place, one.text, one.passages[0].locator.column) for one in opinions]
    assert said == [
        ("1", "东坡村", "路灯坏了七盏。", 3),
        ("1", "西沟村", "没有减速带。", 7),
        ("2", "东坡村", "灌渠淤堵。", 3),
    ]
    assert len(aside) == 2


def test_columns_that_only_share_a_group_are_one_table(split) -> None:
    opinions, _ = split(
        "feedback",
        [
            ("意见", "意见", "时间"),
            ("标题", "内容", "时间"),
            ("停水", "停了三天", "2024-03-01"),
        ],
    )
    assert [opinion.text for opinion in opinions] == ["停水。停了三天"]


def test_answers_of_a_survey(split) -> None:
    opinions, aside = split(
        "feedback",
        [
            ("序号", "提交答卷时间", "来源详情", "来自IP", "1、您的姓名：", "2、您所在的村（社区）：",
             "3、围绕今年的民生实事项目和群众急难愁盼问题，您对镇政府的工作有什么意见建议？", "4、您最关心的问题（多选）", "5、您的联系电话："),
            ("1", "2024/3/5 9:30:12", "N/A", "10.0.0.1", "晏永芳", "红光社区", "红光路要修一个公厕。", "交通┋环境", "13800138031"),
            ("2", "2024/3/5 9:40:12", "N/A", "10.0.0.2", "(空)", "", "没有", "环境", "(空)"),
        ],
    )  # fmt: skip
    (opinion,) = opinions
    assert (opinion.text, opinion.place) == ("红光路要修一个公厕。", "红光社区")
    assert opinion.date == datetime.date(2024, 3, 5)
    assert opinion.private_names == ("晏永芳",)
    assert ("4、您最关心的问题（多选）", "交通┋环境") in opinion.attributes
    assert [part.reason for part in aside] == ["表头", "空内容"]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("1、您的姓名：", "name"),
        ("Q3：您有哪些困难需要反映", "text"),
        ("2、您所在的社区", "address"),
        ("您的手机号码", "phone"),
        ("4、您对以下工作是否满意", ""),
        ("5、意见内容", "text"),
        ("来源详情", ""),
        ("留言详情", "detail"),
    ],
)
def test_what_a_question_asks_for(header, field) -> None:
    assert field_of(header, make_synonyms()) == field


@pytest.mark.parametrize("name", ["不愿透露", "无名", "匿名", "未留姓名", "不便透露"])
def test_who_gives_no_name_is_unknown(split, name) -> None:
    opinions, _ = split(
        "feedback", [("姓名", "日期", "意见建议"), (name, "2024-03-01", "路灯不亮，请修。")]
    )
    assert (opinions[0].author, opinions[0].private_names) == ("", ())


@pytest.mark.parametrize("text", ["测试工单", "测试测试，请勿处理", "测试数据1"])
def test_rows_that_only_test_the_form(split, text) -> None:
    assert split("feedback", [("标题", "日期", "意见内容"), (text, "", text)])[0] == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24年3月", (2024, 3, 1)),
        ("24.3.5", (2024, 3, 5)),
        ("’24.03.05", (2024, 3, 5)),
        ("24/12/31", (2024, 12, 31)),
        ("2024、3、5", (2024, 3, 5)),
        ("2024.3.5", (2024, 3, 5)),
        ("45356", (2024, 3, 5)),
        ("2024年3月上旬", (2024, 3, 1)),
        ("3.5", None),
        ("24.13.5", None),
    ],
)
def test_dates_of_a_column(text, day) -> None:
    expected = datetime.date(*day) if day else None
    assert parse_date(text, is_date_column=True) == expected


def test_short_years_are_read_in_columns_of_dates_alone() -> None:
    assert parse_date("每天24.3.5元") is None
