import pytest

from renda_nlp.hotspots import SeverityFinder
from renda_nlp.hotspots.naming import ClauseCutter, people_of, spread
from renda_nlp.hotspots.titles import make_title
from renda_nlp.ngrams import TextBatch


@pytest.fixture(scope="module")
def finder():
    return SeverityFinder()


@pytest.mark.parametrize(
    "text",
    ["昨天塌方压死一人", "学生集体食物中毒送医", "水源被污染，喝了拉肚子", "老屋墙体随时会倒塌"],
)
def test_severe_matters_are_found(finder, text):
    assert finder.find(TextBatch([text]))[0]


@pytest.mark.parametrize(
    "text",
    [
        "这是个死胡同",
        "热死了没有空调",
        "路灯不亮",
        "消防通道被占，一旦发生火灾后果不堪设想",
        "楼道堆满纸箱，存在火灾隐患",
        "如果哪天墙皮掉下来，把人砸伤谁负责",
        "试想，锅炉发生爆炸谁来负责",
        "整改及时，未造成人员死亡",
        "污水流进鱼塘，鱼虾死亡一片",
        "开发商跑了，一辈子的血汗钱没了",
        "请问狂犬疫苗能否报销，防止孩子被狗咬伤",
        "这样办事严重伤害了群众感情",
    ],
)
def test_what_has_not_happened_to_people_is_not_severe(finder, text):
    assert finder.find(TextBatch([text])) == [()]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("路口没有红绿灯，上个月可能会出事的地方已经撞死一人", "人员死亡"),
        ("去年一旦下雨就堵，今年三月发生过火灾，烧了两间房", "火灾与爆炸"),
        ("工地拖欠农民工工资半年", "拖欠工资"),
        ("后山随时可能塌，大家不敢睡", "建筑物倒塌与地面塌陷"),
        ("再不解决我们就集体上访", "群体性事件苗头"),
    ],
)
def test_what_happened_or_stands_at_the_door_is_severe(finder, text, name):
    assert name in finder.find(TextBatch([text]))[0]


def clauses(segmenter, texts, *, sentences=False):
    return [
        c
        for i, t in enumerate(texts)
        for c in ClauseCutter(segmenter).cut(i, t, sentences=sentences)
    ]


TEXTS = [
    "尊敬的领导您好，高坎村三组自来水天天停水，老人孩子没水喝",
    "来电人反映高坎村自来水经常停水，要求供水站解决",
    "高坎村又停水了",
]


def test_a_title_names_place_and_problem_without_ceremony(segmenter):
    title = make_title(
        clauses(segmenter, TEXTS), [], "高坎村", frozenset(["高坎村"]), frozenset(["停水"])
    )
    assert "高坎村" in title
    assert "停水" in title
    assert not title.startswith(("来电人", "反映", "尊敬"))
    assert len(title) <= 30


def test_the_shared_place_is_put_in_front_when_missing(segmenter):
    texts = ["自来水经常停水没人管", "自来水经常停水没人修"]
    title = make_title(clauses(segmenter, texts), [], "高坎村", frozenset(), frozenset(["停水"]))
    assert title.startswith("高坎村自来水")


def test_a_clause_that_names_the_problem_beats_one_that_names_the_speaker(segmenter):
    texts = ["家住高坎山顶，春节前连续九天断水", "家住高坎山顶，自来水又断水了"]
    title = make_title(clauses(segmenter, texts), [], "高坎村", frozenset(), frozenset(["断水"]))
    assert "断水" in title


def test_quotes_come_from_different_people_and_say_different_things(segmenter):
    texts = [TEXTS[1], TEXTS[1], "高坎村的水浑得像洗锅水，喝了拉肚子"]
    chosen = spread(clauses(segmenter, texts, sentences=True), 3)
    assert len({c.member for c in chosen}) == len(chosen) == 2
    assert len({c.text for c in chosen}) == 2


def test_the_people_concerned():
    assert people_of(["小区业主反映", "我是业主", "老人下不了楼"]) == "业主、老年人"
    assert people_of(["停水了"]) == ""
