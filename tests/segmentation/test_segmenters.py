import pytest
from hypothesis import given
from hypothesis import strategies as st

from renda_nlp.errors import ConfigError
from renda_nlp.records import Token
from renda_nlp.registry import SEGMENTERS
from renda_nlp.segmentation import TermSegmenter, compounds, domain_words, load_words
from renda_nlp.segmentation.newwords import find_new_words

TEXTS = [
    "请镇人大主席团把农村饮水安全列为监督议题，代表视察后形成审议意见。",
    "12345热线转来：云溪花园二期3栋电梯2025.3.1停运，业主要求动用维修资金！",
    "市住建局会同自规局研究，A7县k3路\t何时修好？\n谢谢",
]


@pytest.fixture(scope="module")
def engines():
    return [SEGMENTERS.create(name, ()) for name in ("rjieba", "jieba")]


@pytest.mark.parametrize("text", [*TEXTS, "", " ", "😀水"])
def test_tokens_cover_the_text_once(engines, text):
    for engine in engines:
        tokens = engine.segment(text)
        assert "".join(text[token.start : token.end] for token in tokens) == text


@given(st.text(max_size=60))
def test_any_text_is_covered(text):
    tokens = (
        SEGMENTERS.create("rjieba", ()).segment(text) if text == "" else _engine().segment(text)
    )
    assert "".join(text[token.start : token.end] for token in tokens) == text


_kept = []


def _engine():
    if not _kept:
        _kept.append(SEGMENTERS.create("rjieba", ()))
    return _kept[0]


def test_engines_agree_between_han_characters(engines):
    fast, reference = (
        {token.end for text in TEXTS for token in engine.segment(text)} for engine in engines
    )
    assert len(fast ^ reference) <= 0.1 * len(reference)


def test_domain_words_stay_whole():
    text = "主席团会议研究审议意见，代表建议由市监局承办"
    words = [text[t.start : t.end] for t in _engine().segment(text)]
    assert {"审议意见", "代表建议", "市监局"} <= set(words)


def test_the_dictionary_has_enough_words_without_repeats():
    words = [word for word, _ in domain_words()]
    assert len(words) == len(set(words)) >= 1500


def test_office_words_are_kept_whole(tmp_path):
    path = tmp_path / "本镇.txt"
    path.write_text("# 本镇地名\n滴水岩沟 ns\n", "utf-8")
    engine = SEGMENTERS.create("rjieba", load_words([path]))
    text = "去滴水岩沟的路"
    assert "滴水岩沟" in [text[t.start : t.end] for t in engine.segment(text)]


def test_a_wrong_dictionary_is_named(tmp_path):
    with pytest.raises(ConfigError, match=r"无\.txt"):
        load_words([tmp_path / "无.txt"])


def test_new_words_put_names_first():
    texts = [f"{a}滴水岩村{b}{c}" for a in "去到在从往" for b in "修断停办" for c in "路水电厂"]
    texts += [f"{a}蓝莓酒{b}" for a in "喝卖买酿存" for b in "好香甜贵少"]
    found = find_new_words(texts, min_count=5)
    names = [word.is_name for word in found]
    assert names == sorted(names, reverse=True)
    assert found[0].text == "滴水岩村"
    assert "蓝莓酒" in [word.text for word in found]


def test_words_of_the_general_dictionary_are_not_new():
    texts = [f"{a}{word}{b}" for a in "去到在从往" for b in "修断停办" for word in ("小学", "政府")]
    assert find_new_words(texts, min_count=5) == []


class _Cutter:
    """Cuts at blanks of a marked text: an engine whose words the test chooses."""

    def __init__(self, marked: str) -> None:
        self._words = marked.split(" ")

    def segment(self, text: str) -> list[Token]:
        starts = [sum(map(len, self._words[:n])) for n in range(len(self._words))]
        return [Token(a, a + len(w)) for a, w in zip(starts, self._words, strict=True)]


def _terms(marked: str) -> list[str]:
    text = marked.replace(" ", "")
    return [text[t.start : t.end] for t in TermSegmenter(_Cutter(marked)).segment(text)]


@pytest.mark.parametrize(
    ("marked", "terms"),
    [
        ("绿化 施工 影响 行人", ["绿化施工", "影响", "行人"]),
        ("居民 都 说 施工 太 吵", ["居民", "都", "说", "施工", "太", "吵"]),
        ("绿化 施工 方案", ["绿化施工", "方案"]),  # one head a term
        ("", [""]),
    ],
)
def test_productive_parts_join_into_one_term(marked, terms):
    assert _terms(marked) == terms


def test_compounds_stay_whole_only_where_terms_are_wanted():
    text = "小区旁边管网施工，领导请帮忙"
    whole = TermSegmenter(SEGMENTERS.create("rjieba", compounds()))
    assert "管网施工" in [text[t.start : t.end] for t in whole.segment(text)]
    assert "管网施工" not in [text[t.start : t.end] for t in _engine().segment(text)]


@given(st.text(alphabet="绿化施工夜间道路的了小区停车位，a ", max_size=40))
def test_terms_cover_the_text_once(text):
    tokens = TermSegmenter(_engine()).segment(text)
    assert "".join(text[token.start : token.end] for token in tokens) == text


def test_compounds_are_many_and_listed_once():
    words = [word for word, _ in compounds()]
    assert len(words) == len(set(words)) >= 30_000
    assert all(2 <= len(word) <= 20 for word in words)
