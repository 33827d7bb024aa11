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


def test_records_written_as_lines_of_label_and_value(split) -> None:
    lines = [
        "12345热线转办日报",
        "2024年3月5日",
        "工单编号：20240305-01",
        "来电时间：2024年3月5日 9:20",
        "来电人：覃女士　联系电话：13800138041",
        "诉求内容：和平路夜市占道经营，多次投诉：无人管。",
        "消防车也进不来。",
        "承办单位：城管大队",
        "工单编号：20240305-02",
        "来电时间：2024年3月6日 10:05",
        "来电人：匿名",
        "诉求内容：盲道被占。",
        "承办单位：城管大队",
    ]
    opinions, aside = split("feedback", lines, "日报")
    assert [opinion.text for opinion in opinions] == [
        "和平路夜市占道经营，多次投诉：无人管。。消防车也进不来。",
        "盲道被占。",
    ]
    first, second = opinions
    assert first.date == datetime.date(2024, 3, 5)
    assert second.date == datetime.date(2024, 3, 6)
    assert first.private_names == ("覃女士",)
    assert ("承办单位", "城管大队") in first.attributes
    assert second.author == ""
    assert len(aside) == len(lines) - 3


def test_a_chat_is_no_form(split) -> None:
    lines = [
        "张姐：路灯又坏了，三天了。",
        "老周：问题不大吧",
        "张姐：晚上摔了人。",
        "小刘：我家门口也黑。",
    ]
    opinions, _ = split("feedback", lines, "聊天记录")
    assert opinions[0].private_names == ("张姐",)


def test_quoted_messages_are_not_counted_again(split) -> None:
    lines = [
        "小芳  8:12", "三单元电梯又停了，老人下不了楼",
        "老周  8:20", "「小芳：三单元电梯又停了，", "老人下不了楼」", "- - - - - - - -", "维保公司电话打不通，请查一下",
        "王师傅  8:40", "「我家」是栋危楼，请派人看看",
        "张姐  8:45", '[语音] 12"',
    ]  # fmt: skip
    opinions, aside = split("feedback", lines, "聊天记录")
    assert [opinion.text for opinion in opinions] == [
        "三单元电梯又停了，老人下不了楼",
        "维保公司电话打不通，请查一下",
        "「我家」是栋危楼，请派人看看",
    ]
    assert [part.reason for part in aside if part.reason != "消息抬头"] == [
        "引用的消息", "引用的消息", "分隔线或页码", "系统消息",
    ]  # fmt: skip


def test_heads_of_forwarded_mail_are_no_opinions(split) -> None:
    lines = [
        "发件人: 李四 <ls@example.com>", "发送时间: 2024年3月4日 9:00", "收件人: 张三", "主题: 关于罗家桥的投诉",
        "罗家桥桥面断了三个月，请尽快修。", "> 2024年3月1日，王五写道：", "手机 13800138055",
    ]  # fmt: skip
    opinions, _ = split("feedback", lines)
    assert [opinion.text for opinion in opinions] == ["罗家桥桥面断了三个月，请尽快修。"]


def test_short_items_of_a_report_are_said_and_no_headings(split) -> None:
    lines = [
        "一、存在的主要问题",
        "1.停车位不足。",
        "2.垃圾分类推进慢。",
        "二、工作安排",
        "1.新建停车场两处。",
    ]
    opinions, _ = split("work_report", lines)
    assert [opinion.text for opinion in opinions] == [lines[1], lines[2], lines[4]]
    assert opinions[0].section == "一、存在的主要问题"


def test_a_speaker_named_behind_his_office(split) -> None:
    (opinion,), _ = split("deliberation", ["代表周学军：河西片区自来水水压低。"], "审议发言")
    assert opinion.speaker == "代表周学军"
    assert opinion.text == "河西片区自来水水压低。"


def test_groups_of_columns_reach_over_blank_cells(split) -> None:
    """Readers of some formats do not fill merged cells; some staff do not merge them."""
    opinions, aside = split(
        "feedback",
        [
            ("柳坪乡选民意见登记表",),
            ("填报单位：柳坪乡人大", "", "", "", "日期：2024年4月1日"),
            ("序号", "反映人信息", "", "意见建议", "办理情况", ""),
            ("", "姓名", "联系电话", "", "责任单位", "办理结果"),
            ("1", "卢桂芬", "13800138011", "路窄，请增设错车道。", "交管站", "B"),
        ],
    )
    (opinion,) = opinions
    assert opinion.private_names == ("卢桂芬",)
    assert opinion.outcome == "B"
    assert ("承办单位", "交管站") in opinion.attributes
    assert [part.reason for part in aside] == ["标题", "落款", "表头", "表头"]


def test_a_list_of_visits(split) -> None:
    opinions, _ = split(
        "feedback",
        [
            ("序号", "走访村", "走访户主", "问题类别", "具体问题", "解决措施", "是否解决"),
            ("1", "新街村", "蓝永福", "道路", "入户路没有硬化。", "列入计划", "否"),
        ],
    )
    (opinion,) = opinions
    assert (opinion.text, opinion.place, opinion.reply) == (
        "入户路没有硬化。",
        "新街村",
        "列入计划",
    )
    assert opinion.private_names == ("蓝永福",)


def test_notes_between_messages_say_when(split) -> None:
    lines = [
        "留言时间：2024-05-08　留言人：匿名", "外地户口能否申请公租房？", "【回复】您好，可以申请。",
        "2024年5月9日　星期四　晴", "水口河下游漂满垃圾，没人打捞。", "官方回复：已安排。", "我回复：没用。",
    ]  # fmt: skip
    opinions, aside = split("feedback", lines)
    assert [(opinion.text, opinion.date.day) for opinion in opinions] == [
        ("外地户口能否申请公租房？", 8),
        ("水口河下游漂满垃圾，没人打捞。", 9),
        ("我回复：没用。", 9),
    ]
    assert [part.reason for part in aside] == [
        "登记信息",
        "代表或干部的回应",
        "日期行",
        "代表或干部的回应",
    ]
