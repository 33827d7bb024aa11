import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from renda_nlp.analysis import default_model_folder, make_classifier
from renda_nlp.classification import load_model, save_model
from renda_nlp.classification.explaining import strongest_words
from renda_nlp.classification.intent import stated_intent
from renda_nlp.classification.lexicon import CueLexicon, CueScorer
from renda_nlp.classification.linear import load_classifier
from renda_nlp.classification.training import Example, fit_temperature, train_model
from renda_nlp.classification.zones import request_zones, title_head
from renda_nlp.config import ClassifyConfig
from renda_nlp.errors import ConfigError
from renda_nlp.ngrams import TextBatch
from renda_nlp.records import Token

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def classifier():
    return make_classifier(ClassifyConfig())


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("三组自来水每天停水，水压不足，请供水站解决", "drinking_water"),
        ("小区停车费一个月涨到六百，物业说不交就锁车", "property_management"),
        ("开发商不单卖房子，必须捆绑买车位", "housing"),
        ("楼下麻将馆通宵打牌，吵得睡不着", "environment"),
        ("有人在茶馆设赌抽头，派出所不管", "public_safety"),
        ("反对在小区旁边规划建设垃圾中转站", "urban_construction"),
        ("包工头拖欠我们三个月工资不给", "employment"),
        ("健身房跑路，预付卡的钱不退", "market_regulation"),
        ("村支书把低保名额给了自己亲戚，村务从不公开", "governance"),
        ("孩子今年上小学，户口不在学区怎么报名", "education"),
    ],
)
def test_plain_cases_and_hard_neighbours(classifier, text, topic):
    assert classifier.classify([text])[0].topic == topic


def test_held_out_rows_of_the_own_corpus(classifier):
    lines = (ROOT / "corpora" / "opinions" / "test.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    found = classifier.classify([r["text"] for r in rows], [len(r["title"]) for r in rows])
    right = np.mean([s.topic == r["topic"] for s, r in zip(found, rows, strict=True)])
    assert right >= 0.75


def test_a_batch_gives_what_each_text_gives_alone(classifier):
    texts = ["路灯不亮", "工资三个月没发，老板跑了", "", "自来水发黄"]
    together = classifier.classify(texts)
    assert [classifier.classify([text])[0] for text in texts] == together


def test_nothing_to_judge_is_other_and_undecided(classifier):
    for text in ("", "   ", "。。。"):
        scores = classifier.classify([text])[0]
        assert scores.topic == "other"
        assert scores.undecided
        assert scores.confidence == 0.0
    assert classifier.classify([]) == []


def test_probabilities_sum_to_one(classifier):
    topics, intents = classifier.probabilities(["停水", "修路"], [0, 0])
    assert topics.sum(axis=1) == pytest.approx([1, 1], abs=1e-5)
    assert intents.sum(axis=1) == pytest.approx([1, 1], abs=1e-5)


@pytest.mark.parametrize(
    ("text", "title_end", "intent"),
    [
        ("咨询公积金提取。离职后怎么取", 7, "question"),
        ("建议增设公交站。每天走两里路", 7, "suggestion"),
        ("投诉物业乱收费。停车费翻倍", 7, "complaint"),
        ("请求尽快修路。坑太多", 6, "request"),
        ("什么时候通水？等了三年", 0, ""),
        ("请问什么时候通水？等了三年", 0, "question"),
        ("高坎村停水", 0, ""),
    ],
)
def test_the_opening_states_the_intent(text, title_end, intent):
    assert stated_intent(text, title_end) == intent


def test_request_zones_are_title_and_requests():
    text = "电梯坏了。我住3栋。去年就坏过。请物业尽快维修。谢谢。"
    zones = [text[a:b] for a, b in request_zones(text, 4)]
    assert zones == ["电梯坏了", "请物业尽快维修。"]
    assert request_zones("没有标记的一句话", 0) == [(0, 8)]


CUES = {"水": {"停水": 2.0, "水": 0.5}, "路": {"停水": -1.0, "修路": 3.0}}


def _scores_by_hand(text, zone, scale):
    """Count every cue at every place, as the docstring says it."""
    out = []
    for inside, weight in ((range(len(text)), 1.0), (zone, 0.5)):
        for label in CUES:
            total = 0.0
            for term, term_weight in CUES[label].items():
                places = [i for i in range(len(text)) if text.startswith(term, i)]
                n = sum(set(range(i, i + len(term))) <= set(inside) for i in places)
                total += term_weight * n**0.5
            out.append(np.sign(total) * np.log1p(abs(total)) * scale * weight)
    return out


@given(
    st.lists(
        st.text(alphabet="停水修路请", max_size=12).flatmap(
            lambda text: st.tuples(
                st.just(text), st.lists(st.booleans(), min_size=len(text), max_size=len(text))
            )
        ),
        max_size=4,
    )
)
def test_cues_count_in_the_text_and_in_its_zone(messages):
    lexicons = [(CueLexicon(CUES, list(CUES)), 0.5), (CueLexicon({}, ["空"]), 1.0)]
    scorer = CueScorer(lexicons, (1.0, 0.5))
    zone = np.array([mark for _, marks in messages for mark in marks], bool)
    found = scorer.transform(TextBatch([text for text, _ in messages]), [zone]).toarray()
    assert found.shape == (len(messages), scorer.n_columns) == (len(messages), 6)
    for row, (text, marks) in enumerate(messages):
        own = {i for i, mark in enumerate(marks) if mark}
        expected = [*_scores_by_hand(text, own, 0.5), 0.0, 0.0]
        assert found[row].tolist() == pytest.approx(expected, abs=1e-5)


def test_a_title_ends_on_what_it_is_about():
    def head(title):
        return [title[a:b] for a, b in title_head(title + "。正文", len(title))]

    assert head("关于小区周边道路夜间照明不足的问题") == ["周边道路夜间照明不足"]
    assert head("咨询公积金提取") == ["咨询公积金提取"]
    assert head("建议") == ["建议"]
    assert title_head("没有题目的一句话", 0) == []


def test_the_shares_of_the_characters_add_up_to_the_margin(classifier):
    linear = load_classifier(default_model_folder())
    model, extractor = linear.model, linear.extractor
    for text, end in (("投诉健身房跑路。卡里还有三千块，老板失联，请帮忙退费，退费！", 7),
                      ("加快推进农村饮水安全巩固提升工程。", 0)):  # fmt: skip
        topic = classifier.classify([text], [end])[0].topic
        margins = model.margins(extractor, [text], [end])
        columns = model.topic_columns(margins)[0]
        own = columns[model.topics.index(topic)]
        plain = margins[0] - model.bias
        shares = linear.shares(text, end, topic)
        expected = plain[own] - plain[columns].mean()
        assert shares.sum() == pytest.approx(expected, abs=1e-3)


def test_the_strongest_words_are_named():
    tokens = [Token(start=0, end=2, tag="v"), Token(start=2, end=3, tag="x"), Token(start=3, end=5, tag="v"),
              Token(start=5, end=6, tag="n")]  # fmt: skip
    shares = np.array([0.5, 0.5, 9.0, 0.25, 0.5, -1.0])
    assert strongest_words("退费，退费我", tokens, shares, 5) == [("退费", 1.75)]


def test_a_small_model_learns_and_comes_back_from_disk_byte_for_byte(tmp_path):
    rows = [
        ("苹果好吃又甜", "果"),
        ("香蕉好吃又软", "果"),
        ("汽车跑得快", "车"),
        ("火车跑得远", "车"),
    ] * 5
    examples = [Example(text=f"{text}{i}", topic=topic) for i, (text, topic) in enumerate(rows)]
    one, two = (train_model(examples, n_bits=12) for _ in range(2))
    save_model(one, tmp_path / "a")
    save_model(two, tmp_path / "b")
    for name in ("config.json", "weights.npz"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    classifier = make_classifier(ClassifyConfig(model=str(tmp_path / "a")))
    assert [s.topic for s in classifier.classify(["苹果又甜", "汽车跑"])] == ["果", "车"]


def test_a_folder_without_model_is_named(tmp_path):
    with pytest.raises(ConfigError, match="不是可用的模型文件夹"):
        load_model(tmp_path)


def test_the_temperature_makes_margins_honest():
    rng = np.random.default_rng(0)
    true = rng.normal(size=(4000, 3))
    shares = np.exp(true) / np.exp(true).sum(axis=1, keepdims=True)
    labels = np.array([rng.choice(3, p=p) for p in shares])
    assert fit_temperature(true * 2, labels) == pytest.approx(2.0, abs=0.15)


def test_the_shipped_model_is_small():
    files = list(default_model_folder().iterdir())
    assert sum(f.stat().st_size for f in files) < 25_000_000
    assert {f.suffix for f in files} == {".json", ".npz", ".md"}


def test_the_card_of_a_model_is_read_as_one_sentence(tmp_path):
    from renda_nlp.classification import card_scores

    assert card_scores(tmp_path) == ""
    card = "# 模型\n\n| 评测（某日） | 准确率 | F1 |\n|---|---|---|\n| 来信 200 条 | 0.7 [0.6, 0.8] | — |\n\n文字\n"
    (tmp_path / "card.md").write_text(card, "utf-8")
    assert card_scores(tmp_path) == "来信 200 条：准确率 0.7 [0.6, 0.8]。"
