import pickle
import subprocess
import sys

import pytest

import renda_nlp

spacy = pytest.importorskip("spacy")
from spacy.tokens import DocBin  # noqa: E402

from renda_nlp.integrations.spacy import SEGMENTER_CONFIG, SPANS_KEY  # noqa: E402

TEXTS = [
    "请市住建局督促高坎村2025年3月1日前修好水厂，涉及180户、投资120万元。",
    "根据《中华人民共和国水法》，Ａ小区 停水三天了\n\n 物业不管！",
    "楼下麻将馆通宵打牌，吵得睡不着，请派出所处理",
    "",
]


def make_pipeline():
    nlp = spacy.blank("zh", config=SEGMENTER_CONFIG)
    nlp.add_pipe("renda_entities")
    nlp.add_pipe("renda_topics")
    return nlp


@pytest.fixture(scope="module")
def nlp():
    return make_pipeline()


@pytest.mark.parametrize(
    "text", [*TEXTS, " 开头空格", "连续  空格\t制表", "結尾換行\n", "😀表情也算字"]
)
def test_the_tokens_are_our_words_and_the_text_stays(nlp, text):
    doc = nlp.make_doc(text)
    assert doc.text == text
    words = [text[token.start : token.end] for token in renda_nlp.segment(text, fine=True)]
    assert [t.text for t in doc if not t.is_space] == [word for word in words if word.strip()]


def test_the_domain_dictionary_and_jiebas_tags_are_in_the_tokens(nlp):
    tagged = {token.text: token.tag_ for token in nlp.make_doc("审议意见交由县人大常委会督办")}
    assert "审议意见" in tagged
    assert all(tagged.values())


@pytest.mark.parametrize("text", TEXTS)
def test_the_spans_are_those_of_the_library(nlp, text):
    doc = nlp(text)
    ours = [(s.start, s.end, s.label, s.value) for s in renda_nlp.annotate(text)]
    theirs = [(s.start_char, s.end_char, s.label_, s.kb_id_) for s in doc.spans[SPANS_KEY]]
    assert theirs == ours
    assert doc.text == text


def test_the_entities_are_the_longest_spans_without_overlap(nlp):
    doc = nlp(TEXTS[0])
    found = {(ent.text, ent.label_) for ent in doc.ents}
    assert {("高坎村", "PLACE"), ("2025年3月1日", "DATE"), ("120万元", "AMOUNT")} <= found
    assert all(a.end <= b.start for a, b in zip(doc.ents, doc.ents[1:], strict=False))
    for span in doc.spans[SPANS_KEY]:
        rivals = [e for e in doc.ents if e.start < span.end and span.start < e.end]
        assert any(len(e) >= len(span) for e in rivals)


def test_topics_and_decision_are_those_of_the_library(nlp):
    for doc, scores in zip(nlp.pipe(TEXTS), renda_nlp.classify(TEXTS), strict=True):
        assert doc._.opinion["topic"] == scores.topic
        assert doc._.opinion["undecided"] == scores.undecided
        assert doc._.opinion["intent"] == scores.intent
        assert sum(doc.cats.values()) == pytest.approx(1, abs=1e-4)
        if any(char.isalnum() for char in doc.text):
            assert max(doc.cats, key=doc.cats.get) == scores.topic


def test_a_title_counts_as_in_the_library(nlp):
    doc = nlp.make_doc("请修路。水厂停水三天，家里没有水喝")
    doc.user_data["title_end"] = 3
    from renda_nlp.analysis import make_classifier
    from renda_nlp.config import ClassifyConfig

    (scores,) = make_classifier(ClassifyConfig()).classify([doc.text], [3])
    assert nlp(doc)._.opinion["confidence"] == round(scores.confidence, 4)


def _facts(doc):
    spans = [(s.start_char, s.end_char, s.label_, s.kb_id_) for s in doc.spans[SPANS_KEY]]
    opinion = {**doc._.opinion, "secondary": list(doc._.opinion["secondary"])}  # DocBin: tuples
    cats = {name: round(p, 4) for name, p in doc.cats.items()}  # batches differ in the last digits
    return [t.text for t in doc], spans, [e.text for e in doc.ents], cats, opinion


def test_a_pipeline_comes_back_from_disk_without_pickle(nlp, tmp_path):
    nlp.to_disk(tmp_path / "p")
    assert not list(tmp_path.rglob("*.pkl"))
    again = spacy.load(tmp_path / "p")
    assert [_facts(d) for d in again.pipe(TEXTS)] == [_facts(d) for d in nlp.pipe(TEXTS)]


def test_own_words_go_with_the_pipeline(tmp_path):
    config = {"nlp": {"tokenizer": {**SEGMENTER_CONFIG["nlp"]["tokenizer"]}}}
    config["nlp"]["tokenizer"]["words"] = [["云溪幸福里", "nz"]]
    nlp = spacy.blank("zh", config=config)
    text = "云溪幸福里的灯坏了"
    plain = [t.text for t in spacy.blank("zh", config=SEGMENTER_CONFIG)(text)]
    assert "云溪幸福里" not in plain
    nlp.to_disk(tmp_path / "p")
    for made in (nlp, spacy.load(tmp_path / "p"), pickle.loads(pickle.dumps(nlp))):
        assert made(text)[0].text == "云溪幸福里"


@pytest.mark.slow
def test_an_own_model_goes_with_the_pipeline(tmp_path):
    from renda_nlp.classification import save_model
    from renda_nlp.classification.training import Example, train_model

    rows = [("苹果好吃", "果"), ("香蕉好吃", "果"), ("汽车跑得快", "车"), ("火车跑得远", "车")] * 5
    examples = [Example(text=f"{t}{i}", topic=label) for i, (t, label) in enumerate(rows)]
    save_model(train_model(examples, n_bits=12), tmp_path / "m")
    nlp = spacy.blank("zh")
    nlp.add_pipe("renda_topics", config={"model": str(tmp_path / "m")})
    nlp.to_disk(tmp_path / "p")
    (tmp_path / "m").rename(tmp_path / "gone")
    doc = spacy.load(tmp_path / "p")("汽车跑")
    assert doc._.opinion["topic"] == "车"
    assert set(doc.cats) == {"果", "车"}


def test_documents_are_stored_with_everything(nlp):
    docs = list(nlp.pipe(TEXTS))
    data = DocBin(docs=docs, store_user_data=True).to_bytes()
    again = DocBin().from_bytes(data).get_docs(nlp.vocab)
    assert [_facts(d) for d in again] == [_facts(d) for d in docs]


def test_the_pipes_work_with_another_tokenizer():
    nlp = spacy.blank("zh")  # one token a character
    nlp.add_pipe("renda_entities")
    found = {(e.text, e.label_) for e in nlp(TEXTS[0]).ents}
    assert ("高坎村", "PLACE") in found


@pytest.mark.slow
def test_several_processes_give_the_same(nlp):
    one = [_facts(doc) for doc in nlp.pipe(TEXTS * 5)]
    assert [_facts(doc) for doc in nlp.pipe(TEXTS * 5, n_process=2, batch_size=4)] == one


def test_importing_the_package_does_not_load_spacy():
    code = "import renda_nlp, sys; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
