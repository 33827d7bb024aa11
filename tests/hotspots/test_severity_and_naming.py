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


@pytest.mark.parametrize("text", ["这是个死胡同", "热死了没有空调", "路灯不亮", "公交车晚点"])
def test_harmless_words_are_not_severe(finder, text):
    assert finder.find(TextBatch([text])) == [()]


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
