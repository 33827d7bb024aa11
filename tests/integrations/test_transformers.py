import json
from dataclasses import replace

import numpy as np
import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from renda_nlp.analysis import Analyzer, make_classifier
from renda_nlp.cli import app
from renda_nlp.config import ClassifyConfig, Config
from renda_nlp.errors import ConfigError
from renda_nlp.table import OpinionTable

transformers = pytest.importorskip("transformers")

WATER = ["水管漏水没人修", "自来水停了三天", "水压太小洗不了澡", "水费收得不明不白"]
ROAD = ["路面坑洼摔了人", "村道没有硬化", "路灯不亮看不见路", "大车压坏了公路"]
TEXTS = [f"{text}，第{'一二三四'[n]}次反映" for text in WATER + ROAD for n in range(4)]
LABELS = ["水"] * 16 + ["路"] * 16


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    path = tmp_path_factory.mktemp("t") / "标注.xlsx"
    book = Workbook()
    book.active.append(["编号", "意见内容", "标签"])
    for number, row in enumerate(zip(TEXTS, LABELS, strict=True)):
        book.active.append([number, *row])
    book.save(path)
    return path


@pytest.fixture(scope="module")
def trained(tiny_bert, table, tmp_path_factory):
    folder = tmp_path_factory.mktemp("m") / "模型"
    result = CliRunner().invoke(
        app,
        ["train", str(table), "-o", str(folder), "--backend", "transformer", "--base",
         str(tiny_bert), "--epochs", "25", "--learning-rate", "0.005", "--json"],
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    return folder, json.loads(result.stdout)


@pytest.fixture(scope="module")
def classifier(trained):
    return make_classifier(ClassifyConfig(model=str(trained[0])))


@pytest.mark.slow
def test_the_loss_falls_and_32_rows_are_learnt_by_heart(trained, classifier):
    losses = trained[1]["losses"]
    assert trained[1]["n_rows"] == 32
    assert len(losses) == 25
    assert losses[-1] < 0.1 < 0.5 < losses[0]
    assert [scores.topic for scores in classifier.classify(TEXTS)] == LABELS


@pytest.mark.slow
def test_the_folder_is_safetensors_and_a_transformers_pipeline(trained, classifier):
    folder = trained[0]
    assert (folder / "model.safetensors").is_file()
    assert not [p.name for p in folder.iterdir() if p.suffix in (".bin", ".pt", ".pkl")]
    pipe = transformers.pipeline("text-classification", str(folder), device="cpu")
    theirs = pipe(TEXTS)
    ours = classifier.classify(TEXTS)
    assert [item["label"] for item in theirs] == [scores.topic for scores in ours]
    assert [item["score"] for item in theirs] == pytest.approx(
        [scores.confidence for scores in ours], abs=1e-4
    )


@pytest.mark.slow
def test_a_batch_of_texts_of_any_length_gives_what_each_gives_alone(classifier):
    texts = ["水", *TEXTS, "路" * 200, ""]
    together, _ = classifier.probabilities(texts, [0] * len(texts))
    alone = np.concatenate([classifier.probabilities([text], [0])[0] for text in texts])
    assert together == pytest.approx(alone, abs=1e-5)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_weights(tiny_bert, table, tmp_path):
    from renda_nlp.learning import FineTuning, Training, train

    settings = Training(
        backend="transformer", base=str(tiny_bert), fine_tuning=FineTuning(epochs=1)
    )
    for name in "ab":
        train(table, tmp_path / name, settings)
    one, two = ((tmp_path / name / "model.safetensors").read_bytes() for name in "ab")
    assert one == two


@pytest.mark.slow
def test_classify_evaluate_and_report_take_the_model(trained, table, tmp_path):
    runner, folder = CliRunner(), str(trained[0])
    lines = runner.invoke(app, ["classify", str(table), "--model", folder]).stdout.splitlines()
    assert [json.loads(line)["topic"] for line in lines] == LABELS
    assert {json.loads(line)["intent"] for line in lines} != {"other"}  # the shipped model knows
    judged = json.loads(runner.invoke(app, ["evaluate", folder, str(table), "--json"]).stdout)
    assert judged["accuracy"][0] == 1.0


@pytest.mark.slow
def test_a_base_that_is_no_model_is_named(table, tmp_path):
    (tmp_path / "空").mkdir()
    result = CliRunner().invoke(
        app,
        ["train", str(table), "-o", str(tmp_path / "m"), "--backend", "transformer", "--base",
         str(tmp_path / "空")],
    )  # fmt: skip
    assert result.exit_code == 2
    assert "空：不是可用的 Hugging Face 模型" in result.output
    assert not (tmp_path / "m").exists()


@pytest.mark.parametrize(("n", "n_held"), [(32, 0), (199, 0), (200, 20), (1000, 100)])
def test_rows_that_calibrate_do_not_train(n, n_held):
    from renda_nlp.classification.finetuning import _held_out

    seen, held = _held_out(n, seed=0)
    assert len(held) == n_held
    assert sorted(seen + held) == list(range(n))


def test_a_transformer_needs_a_base(table, tmp_path):
    call = ["train", str(table), "-o", str(tmp_path / "m"), "--backend", "transformer"]
    result = CliRunner().invoke(app, call)
    assert result.exit_code == 2
    assert "--base" in result.output


@pytest.mark.slow
def test_a_sentence_encoder_gives_the_vectors_of_the_hotspots(tiny_bert, make_opinion):
    from renda_nlp.encoding.transformer import TransformerEncoder

    encoder = TransformerEncoder(tiny_bert)
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (32, 32)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(32), abs=1e-5)
    assert encoder.encode(TEXTS[:1])[0] == pytest.approx(vectors[0], abs=1e-5)
    config = Config()
    config = replace(config, hotspots=replace(config.hotspots, encoder=str(tiny_bert)))
    opinions = tuple(make_opinion(text, n) for n, text in enumerate(TEXTS))
    table = OpinionTable()
    table.append(Analyzer(config)(opinions))
    assert table.vectors(range(32)) == pytest.approx(vectors, abs=1e-2)
    table.center_vectors()
    centred = table.vectors(range(32))
    assert np.abs((vectors @ vectors.T).mean()) > np.abs((centred @ centred.T).mean())


@pytest.mark.slow
def test_the_pooling_that_a_sentence_model_names_is_used(tiny_bert, tmp_path):
    from shutil import copytree

    from renda_nlp.encoding.transformer import TransformerEncoder

    folder = copytree(tiny_bert, tmp_path / "s")
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')
    one, two = (TransformerEncoder(path).encode(TEXTS[:2]) for path in (tiny_bert, folder))
    assert not np.allclose(one, two, atol=1e-3)


def test_a_missing_encoder_folder_is_named(tmp_path):
    from renda_nlp.encoding.transformer import TransformerEncoder

    with pytest.raises(ConfigError, match="没有这个句向量模型文件夹"):
        TransformerEncoder(tmp_path / "没有")
