import json

import numpy as np
import pytest
from typer.testing import CliRunner

from renda_nlp.analysis import make_classifier
from renda_nlp.classification import CueClassifier, load_own_topics
from renda_nlp.cli import app
from renda_nlp.config import ClassifyConfig
from renda_nlp.errors import ConfigError

MINE = """
[[topics]]
name = "停车"
cues = ["停车", "车位", "乱停"]
against = ["停车场选址"]

[[topics]]
name = "养老"
cues = ["养老院", "老年食堂", "高龄津贴"]

[[topics]]
name = "菜价"
cues = ["菜价", "菜市场"]
"""


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(MINE, "utf-8")
    return path


def test_a_list_of_topics_works_at_once(mine):
    classifier = make_classifier(ClassifyConfig(taxonomy=str(mine)))
    texts = [
        "小区车位太少，晚上乱停",
        "盼社区开个老年食堂",
        "请问菜价为什么涨这么多？",
        "今天天气不错",
    ]
    found = classifier.classify(texts)
    assert [scores.topic for scores in found] == ["停车", "养老", "菜价", "其他"]
    assert not any(scores.undecided for scores in found)
    assert found[2].intent == "question"  # the shipped model still tells the intent


def test_meaning_helps_where_no_cue_is_used(mine):
    text = "父母八十多了，敬老院的护工照顾不周"
    assert make_classifier(ClassifyConfig(taxonomy=str(mine))).classify([text])[0].topic == "养老"
    alone = CueClassifier(load_own_topics(mine))
    assert alone.topics[int(alone.probabilities([text], [0])[0][0].argmax())] == "其他"


def test_a_term_against_a_topic_takes_it_back(mine):
    alone = CueClassifier(load_own_topics(mine))
    for_it, against_it = alone.probabilities(["停车", "停车场选址"], [0, 0])[0][:, 0]
    assert for_it > 0.5 > against_it
    assert np.allclose(alone.probabilities(["停车", ""], [0, 0])[0].sum(axis=1), 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "请写"),
        ("[[topics]]\ncues = ['水']", "第1个主题没有 name"),
        ("[[topics]]\nname = '水'\ncue = ['水']", "不认识的设置 cue"),
        ("[[topics]]\nname = '水'\ncues = '水'", "应是词的列表"),
        ("[[topics]]\nname = '水'\n[[topics]]\nname = '水'", "写了两次"),
        ("topics = [", "不是正确的 TOML"),
    ],
)
def test_a_wrong_file_is_explained(tmp_path, text, message):
    path = tmp_path / "wrong.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=message):
        load_own_topics(path)


def test_the_command_explains_by_words(tmp_path, mine):
    table = tmp_path / "意见.csv"
    table.write_text("编号,内容\n1,健身房跑路，卡里的钱不退\n2,车位太少，晚上乱停\n", "utf-8")
    runner = CliRunner()
    shipped = runner.invoke(app, ["classify", str(table), "--explain"])
    rows = [json.loads(line) for line in shipped.stdout.splitlines()]
    assert rows[0]["topic"] == "market_regulation"
    assert rows[0]["reasons"][0].split()[0] in ("健身房", "跑路", "不退")
    own = runner.invoke(app, ["classify", str(table), "--taxonomy", str(mine), "--explain"])
    rows = [json.loads(line) for line in own.stdout.splitlines()]
    assert rows[1]["topic"] == "停车"
    assert {reason.split()[0] for reason in rows[1]["reasons"]} == {"车位", "乱", "停"}
    both = runner.invoke(app, ["classify", str(table), "--taxonomy", str(mine), "--model", "m"])
    assert both.exit_code == 2
