"""How each kind of document is cut."""

import datetime
from collections import Counter

import pytest

from renda_nlp.splitting import author_hash
from renda_nlp.splitting.outcomes import outcome_class


def test_report_sentences_have_section_and_role(split) -> None:
    opinions, aside = split(
        "work_report",
        [
            "各位代表：",
            "一、2024年工作回顾",
            "（一）水利建设。全年新建泵站3座，新增供水人口1200人。解决了高坎村三组长期缺水的问题。",
            "同时，我们也清醒地看到，农村饮水水质还不稳定，部分村组季节性缺水。",
            "二、2025年工作安排",
            "完成高坎片区管网改造工程，年底前实现全天候供水。",
            "镇人民政府",
            "2025年1月5日",
        ],
    )
    assert [opinion.role for opinion in opinions] == [
        "achievement",
        "achievement",
        "difficulty",
        "plan",
    ]
    assert opinions[0].section == "一、2024年工作回顾 / （一）水利建设"
    assert opinions[3].section == "二、2025年工作安排"
    assert {opinion.channel for opinion in opinions} == {"government"}
    assert [part.reason for part in aside] == ["问候语", "标题", "标题", "落款", "落款"]


def test_deliberation_speakers_and_matters(split) -> None:
    opinions, aside = split(
        "deliberation",
        [
            "主持人：现在开始审议，请大家发言。",
            "谭世海代表：变压器的事互相推诿，建议先批增容再招标。",
            "另外，村卫生室半年没有医生。",
            "贺世海（主席团成员）：一是东街路灯大面积不亮要抓紧维修；二是垃圾清运不及时影响场镇环境。",
        ],
    )
    assert [part.reason for part in aside] == ["主持词"]
    assert [opinion.speaker for opinion in opinions[:2]] == ["谭世海代表"] * 2
    assert opinions[0].text.startswith("变压器")
    assert [opinion.channel for opinion in opinions] == ["deliberation"] * 2 + ["member"] * 2
    assert opinions[2].parent_id == opinions[3].parent_id != ""


def test_suggestion_parts_in_text_and_form(split) -> None:
    text = [
        "关于修建路灯的建议",
        "领衔代表：向永贵",
        "附议代表：谭世海、简忠良",
        "案由：关于修建高坎村路灯的建议",
        "理由：晚上漆黑，老人摔伤。",
        "建议：1、装灯。",
        "2、管护经费列入预算。",
        "承办单位：镇建设办",
        "办理结果：A类",
    ]
    form = [
        (
            "案由",
            "关于修建高坎村路灯的建议",
            "关于修建高坎村路灯的建议",
            "关于修建高坎村路灯的建议",
        ),
        ("领衔代表", "向永贵", "附议代表", "谭世海、简忠良"),
        ("承办单位", "镇建设办", "办理结果", "A"),
        "理由",
        "晚上漆黑，老人摔伤。",
        "建议",
        "1、装灯。",
        "2、管护经费列入预算。",
    ]
    for items, title in ((text, "关于修建路灯的建议书"), (form, "代表建议 第3号")):
        (opinion,), _ = split("suggestion", items, title)
        assert opinion.text.endswith(
            "关于修建高坎村路灯的建议。晚上漆黑，老人摔伤。。1、装灯。。2、管护经费列入预算。"
        )
        assert opinion.speaker == "向永贵"
        assert opinion.endorsements == 2
        assert opinion.outcome == "A"
        assert ("承办单位", "镇建设办") in opinion.attributes


def test_register_rows(split) -> None:
    opinions, aside = split(
        "feedback",
        [
            ("登记表",) * 6,
            ("反映人", "反映人", "内容", "内容", "办理", "办理"),
            ("姓名", "联系电话", "时间", "反映问题", "答复意见", "办理结果"),
            ("王建国", "19900001111", "3月1日", "停水三天没人管", "已派人维修", "B"),
            ("匿名", "", "45717", "路灯不亮", "", ""),
            ("", "", "", "测试", "", ""),
            ("合计", "", "", "", "", ""),
        ],
    )
    assert [part.reason for part in aside] == ["标题", "表头", "表头", "测试数据", "合计行"]
    first, second = opinions
    assert first.text == "停水三天没人管"
    assert first.passages[0].locator.column == 4
    assert first.date == datetime.date(2025, 3, 1)
    assert (first.reply, first.outcome) == ("已派人维修", "B")
    assert first.author == author_hash("王建国", "19900001111", b"key")
    assert first.private_names == ("王建国",)
    assert (second.author, second.private_names) == ("", ())
    assert second.date == datetime.date(2025, 3, 1)


def test_title_detail_places_endorsements_attributes(split) -> None:
    (opinion,), _ = split(
        "feedback",
        [
            ("编号", "标题", "详情", "村组", "点赞数", "来源", "天气"),
            ("12.0", "停水", "\n\t三天没水了\n", "高坎村三组", "43", "12345热线", "晴"),
        ],
    )
    assert opinion.text == "停水。三天没水了"
    assert (opinion.row_id, opinion.place, opinion.endorsements) == ("12", "高坎村三组", 43)
    assert opinion.channel == "hotline"
    assert opinion.attributes == (("天气", "晴"),)


def test_message_with_several_matters(split) -> None:
    opinions, _ = split(
        "feedback",
        [
            "1、东街路灯坏了三个月没有人来修；2、西街垃圾桶满了一个星期没人清运。",
            "我家的情况是这样：1、去年征地；2、后来没给钱，一直拖到现在，说好的补偿也没了，请领导管一管。",
        ],
    )
    assert len(opinions) == 3
    assert opinions[0].parent_id == opinions[1].parent_id != ""
    assert opinions[2].parent_id == ""


def test_letter_is_one_opinion(split) -> None:
    opinions, aside = split(
        "feedback",
        [
            "尊敬的镇长：",
            "我是高坎村三组的村民，家里停水三天了。",
            "老人小孩吃水都要去挑。",
            "此致",
            "敬礼！",
            "王建国",
            "2025年3月1日",
            "尊敬的书记：",
            "石沙路坑太多，请修一修。",
        ],
    )
    assert [len(opinion.passages) for opinion in opinions] == [2, 1]
    assert opinions[0].date == datetime.date(2025, 3, 1)
    assert opinions[0].private_names == ("王建国",)
    assert [part.reason for part in aside] == ["问候语", "落款", "落款", "落款", "落款", "问候语"]


def test_chat_formats(split) -> None:
    first, aside = split(
        "feedback",
        [
            "张三 2025/3/1 10:21",
            "三组停水了",
            "有人管没",
            "李四 2025/3/1 10:22",
            "收到",
            "王五 10:25",
            "[微笑][微笑]",
        ],
    )
    assert [opinion.text for opinion in first] == ["三组停水了。有人管没"]
    assert first[0].channel == "chat"
    reasons = Counter(part.reason for part in aside)
    assert reasons == {"消息抬头": 3, "附和": 1, "纯表情": 1}
    second, _ = split(
        "feedback",
        ["张三: 停水三天了", "李四: 我家也停了，请快修", "王五: 路灯也不亮", "赵六：好的"],
    )
    assert [opinion.text for opinion in second] == [
        "停水三天了",
        "我家也停了，请快修",
        "路灯也不亮",
    ]
    third, _ = split(
        "feedback",
        [
            "2025-03-02 08:00:01 张三(12345678)",
            "路灯坏了一个月",
            "2025-03-03 08:00:01 李四(2345678)",
            "垃圾没人收",
        ],
    )
    assert [opinion.date for opinion in third] == [
        datetime.date(2025, 3, 2),
        datetime.date(2025, 3, 3),
    ]


def test_reply_letter_is_one_unit(split) -> None:
    (opinion,), aside = split(
        "reply",
        [
            "关于第12号代表建议的答复",
            "办理结果：B",
            "张三代表：",
            "您提出的关于修路的建议收悉，现答复如下：",
            "一、已列入计划。",
            "二、年底前完工。",
            "镇人民政府",
            "2025年4月1日",
        ],
    )
    assert len(opinion.passages) == 3
    assert opinion.outcome == "B"
    assert len(aside) == 5


def test_a_wish_is_never_set_aside(split) -> None:
    wishes = ["希望修路", "能不能装个路灯", "好！建议推广", "请处理噪音", "关于修路的建议", "停水"]
    opinions, aside = split("feedback", list(wishes))
    assert [opinion.text for opinion in opinions] == wishes
    assert aside == []


def test_wechat_copied_with_names_alone(split) -> None:
    opinions, aside = split(
        "feedback",
        ["东街张姐:", "高坎村三组又停水了", "渡口小李:", "石沙路塌了一个坑", "东街张姐:", "[图片]", "水站电话没人接"],
    )  # fmt: skip
    assert [opinion.text for opinion in opinions] == [
        "高坎村三组又停水了",
        "石沙路塌了一个坑",
        "水站电话没人接",
    ]
    assert opinions[0].author == opinions[2].author != opinions[1].author
    assert Counter(part.reason for part in aside) == {"消息抬头": 3, "纯表情": 1}


def test_headings_with_a_colon_are_no_chat(split) -> None:
    opinions, _ = split(
        "feedback",
        ["饮水问题：", "高坎村三组又停水了，请修", "道路方面：", "石沙路塌了一个坑，请修", "饮水问题：", "水有异味，请检测"],
    )  # fmt: skip
    assert all(not opinion.author for opinion in opinions)


def test_qq_export_and_forwarded_chat(split) -> None:
    opinions, aside = split(
        "feedback",
        ["消息记录（此消息记录为文本格式，不支持重新导入）", "消息对象:便民服务群", "2025-03-01 10:12:33 【群主】张姐(123456789)",
         "高坎村三组又停水了", "2025-03-02 10:15:07 小李<lx@qq.com>", "石沙路塌了一个坑", "2025-03-02 10:16:00 系统消息(10000)",
         "老王加入本群。", "小李 昨天 21:15", "村口路灯坏了两个月"],
    )  # fmt: skip
    assert [opinion.private_names for opinion in opinions] == [("张姐",), ("小李",), ("小李",)]
    assert opinions[1].date == datetime.date(2025, 3, 2)
    reasons = Counter(part.reason for part in aside)
    assert reasons == {"导出说明": 2, "消息抬头": 4, "系统消息": 1}


def test_reply_names_who_handled_it_and_the_class(split) -> None:
    opinions, aside = split(
        "reply",
        ["关于第12号建议的答复", "办理结果：Ｂ类", "主办单位：镇供水站", "会办单位：镇财政所", "向永贵代表：",
         "您提出的建议收悉。高坎村管网改造已列入明年计划，预计六月完工。", "关于第13号建议的答复", "（A）", "谭世海代表：",
         "石沙路坑槽已全部修补完毕，并落实了管护人员。"],
    )  # fmt: skip
    assert [opinion.outcome for opinion in opinions] == ["B", "A"]
    assert [opinion.row_id for opinion in opinions] == ["12", "13"]
    assert opinions[0].attributes == (("承办单位", "镇供水站"), ("协办单位", "镇财政所"))
    assert opinions[1].attributes == ()
    assert Counter(part.reason for part in aside)["办理信息"] == 4


@pytest.mark.parametrize(
    ("text", "outcome"),
    [("A", "A"), ("Ｂ类", "B"), ("c", "C"), ("（A）已解决", "A"), ("B、列入计划", "B"), ("A1", "A"), ("解决类（A类）", "A"),
     ("已办结", "已办结"), ("A区停水", "A区停水"), ("APP反映", "APP反映"), ("", ""), ("办结，回访满意", "办结，回访满意")],
)  # fmt: skip
def test_outcome_classes(text: str, outcome: str) -> None:
    assert outcome_class(text) == outcome


def test_suggestion_names_who_leads_and_who_helps(split) -> None:
    opinions, _ = split(
        "suggestion",
        ["案由：关于修路的建议", "领衔代表：向永贵", "理由：路烂。", "建议：修。", "主办单位：交管站", "协办单位：财政所", "办理结果：A类"],
    )  # fmt: skip
    assert opinions[0].attributes == (("承办单位", "交管站"), ("协办单位", "财政所"))
    assert opinions[0].outcome == "A"


def test_points_of_a_report_stand_for_themselves(split) -> None:
    opinions, _ = split(
        "work_report",
        [
            "一、2024年工作回顾",
            "各位代表，我们也看到存在的困难和问题：一是东干渠渗漏尚未根治；二是金水湾小区办证缓慢；三是农村客运停班。",
            "二、2025年工作安排",
            "年内化解5个小区办证难问题；新建人民医院停车楼，新增车位500个；恢复客运班线6条。",
        ],
    )
    assert [opinion.text for opinion in opinions] == [
        "一是东干渠渗漏尚未根治；",
        "二是金水湾小区办证缓慢；",
        "三是农村客运停班。",
        "年内化解5个小区办证难问题；",
        "新建人民医院停车楼，新增车位500个；",
        "恢复客运班线6条。",
    ]
    assert [opinion.role for opinion in opinions] == ["difficulty"] * 3 + ["plan"] * 3


def test_a_summary_looks_back_on_the_year_that_its_title_names(split) -> None:
    items = ["一、2025年工作", "新增充电口800个。", "二、2026年安排", "（一）加装电梯20部。"]
    opinions, _ = split("work_report", items, "梧桐街道2025年工作总结和2026年安排")
    assert [opinion.role for opinion in opinions] == ["achievement", "plan"]
    opinions, _ = split("work_report", items, "政府工作报告")
    assert [opinion.role for opinion in opinions] == ["plan", "plan"]


def test_minutes_of_a_body_are_no_opinions_but_what_it_finds_is(split) -> None:
    opinions, aside = split(
        "deliberation",
        [
            "2025年4月25日，县人大常委会第二十四次会议听取和审议了县人民政府关于交通工作情况的报告。现将审议意见印送你们，请认真研究处理。",
            "一、会议认为，县人民政府高度重视交通工作，路网不断完善。",
            "二、会议认为，县人民政府高度重视交通工作，但养护投入不足。",
            "三、会议建议：",
            "（一）加大治超力度。",
            "请县人民政府于2025年9月底前书面报告办理情况。",
        ],
    )
    assert [part.reason for part in aside] == ["会议经过", "肯定成绩", "标题", "结语"]
    assert [opinion.text[:5] for opinion in opinions] == ["二、会议认", "（一）加大"]


def test_a_deputy_is_one_person_with_and_without_the_delegation(split) -> None:
    said = ["关于大修石白路的建议", "案由：关于大修石白路的建议", "理由：路面坑槽三百余处。"]
    authors = set()
    for name in ("王永昌", "王永昌（石桥镇代表团）", "王永昌代表"):
        opinions, _ = split("suggestion", [*said, f"领衔代表：{name}"])
        authors.add(opinions[0].author)
    ledger = [
        ("标题", "领衔代表", "代表团", "建议内容"),
        ("关于大修石白路的建议", "王永昌", "石桥镇代表团", "坑槽多，请大修"),
    ]
    authors |= {opinion.author for opinion in split("suggestion", ledger)[0]}
    assert len(authors) == 1
