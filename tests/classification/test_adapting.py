import json

import numpy as np
import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from renda_nlp.analysis import default_model_folder, make_classifier
from renda_nlp.classification import load_classifier, load_model
from renda_nlp.classification.adapting import adapt_model, cross_validate
from renda_nlp.cli import app
from renda_nlp.config import ClassifyConfig
from renda_nlp.errors import InputError
from renda_nlp.records import CORRECTED_FIELDS, KEY_HEADING
from renda_nlp.taxonomy import default_taxonomy

# An office that counts everything about its new reservoir park as tourism.
TEXTS = [f"柳溪水库公园{what}" for what in (
    "没有厕所", "停车要收费", "垃圾没人收", "路灯不亮", "步道塌了一段", "蚊子太多", "门口堵车", "儿童滑梯坏了",
    "水边没有护栏", "晚上唱歌太吵",
)]  # fmt: skip


@pytest.fixture(scope="module")
def classifier():
    return load_classifier(default_model_folder())


def write_sheet(path, rows):
    book = Workbook()
    book.active.append([KEY_HEADING, "意见内容", "主题", CORRECTED_FIELDS["topic"]])
    for number, (text, topic) in enumerate(rows):
        book.active.append([f"{number:016x}", text, "其他", topic])
    book.save(path)
    return path


def test_without_labelled_texts_of_doubt_the_model_stays(classifier):
    weights = classifier.model.weights
    texts = ["三组自来水每天停水，水压不足，请供水站解决"]
    far = adapt_model(classifier, texts, ["drinking_water"], cost=1e-9)
    assert np.abs(far.weights - weights).max() < 1e-6


def test_the_change_answers_the_corrections_and_touches_topics_only(classifier):
    model = adapt_model(classifier, TEXTS, ["culture_tourism"] * 10, cost=1.0)
    n_topics = len(model.topics)
    voices, official = model.topic_starts()
    assert voices == 0
    kept = slice(n_topics, official)  # intents, and what tells official prose
    assert np.array_equal(model.weights[:, kept], classifier.model.weights[:, kept])
    assert np.array_equal(model.bias, classifier.model.bias)
    features = classifier.features(TEXTS, [0] * 10)
    column = model.topics.index("culture_tourism")
    margins = features @ model.weights[:, :n_topics] + model.bias[:n_topics]
    assert set(margins.argmax(axis=1)) == {column}


def test_a_text_never_teaches_the_model_that_judges_it(classifier):
    rng = np.random.default_rng(0)
    topics = rng.choice(classifier.topics, 10).tolist()  # labels without sense cannot be learnt
    _, after = cross_validate(classifier, TEXTS, topics, cost=1.0)
    assert sum(a == t for a, t in zip(after, topics, strict=True)) <= 3


def test_a_topic_that_the_model_lacks_is_named(classifier):
    with pytest.raises(InputError, match="没有这些主题：公园"):
        adapt_model(classifier, TEXTS[:1], ["公园"], cost=1.0)


@pytest.mark.slow
def test_renda_train_learns_from_corrections_and_says_what_it_gained(tmp_path):
    name = default_taxonomy().name_of("culture_tourism")
    sheet = write_sheet(tmp_path / "校对.xlsx", [(text, name) for text in TEXTS])
    call = ["train", "--corrections", str(sheet), "-o", str(tmp_path / "m")]
    made = json.loads(CliRunner().invoke(app, [*call, "--json"]).stdout)
    assert made["n_corrections"] == 10
    assert made["after"][0] > made["before"][0]
    assert made["after"][1] <= made["after"][0] <= made["after"][2]
    said = CliRunner().invoke(app, call).stdout
    assert "校对过的10条，学习前 F1" in said
    classifier = make_classifier(ClassifyConfig(model=str(tmp_path / "m")))
    found = [scores.topic for scores in classifier.classify(TEXTS)]
    assert found.count("culture_tourism") >= 8
    assert load_model(tmp_path / "m").temperature == load_model(default_model_folder()).temperature


@pytest.mark.slow
def test_corrections_join_the_rows_of_a_table(tmp_path):
    sheet = write_sheet(tmp_path / "校对.xlsx", [("果园的苹果烂了", "果"), ("公交汽车晚点", "车")])
    table = tmp_path / "标注.jsonl"
    rows = [("苹果好吃", "果"), ("香蕉好吃", "果"), ("汽车跑得快", "车"), ("火车跑得远", "车")] * 5
    with table.open("w", encoding="utf-8") as file:
        for number, (text, label) in enumerate(rows):
            row = {"id": number, "text": f"{text}，第{number}次", "label": label}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    call = ["train", str(table), "--corrections", str(sheet), "-o", str(tmp_path / "m"), "--json"]
    made = json.loads(CliRunner().invoke(app, call).stdout)
    assert (made["n_rows"], made["n_labels"], made["n_corrections"]) == (22, 2, 2)


@pytest.mark.parametrize("rows", [[], [("停水", "")]])
def test_a_sheet_without_corrected_topics_is_told(tmp_path, rows):
    sheet = write_sheet(tmp_path / "校对.xlsx", rows)
    result = CliRunner().invoke(
        app, ["train", "--corrections", str(sheet), "-o", str(tmp_path / "m")]
    )
    assert result.exit_code == 2
    assert "校对主题" in result.output


def test_nothing_to_learn_from_is_told(tmp_path):
    result = CliRunner().invoke(app, ["train", "-o", str(tmp_path / "m")])
    assert result.exit_code == 2
    assert "--corrections" in result.output
