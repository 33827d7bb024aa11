"""Encodings of Chinese text are found without help."""

import pytest

from renda_nlp.readers.encoding import decode_text, detect_encoding

TEXT = "高坎村三组自来水经常停水，请尽快解决。"
TRADITIONAL = "高坎村三組自來水經常停水，請盡快解決。"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_simplified_text_survives(encoding: str) -> None:
    assert decode_text(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("encoding", ["big5", "utf-8", "gb18030"])
def test_traditional_text_survives(encoding: str) -> None:
    assert decode_text(TRADITIONAL.encode(encoding)) == TRADITIONAL


def test_short_gbk_and_mostly_ascii() -> None:
    assert decode_text("停水三天了".encode("gbk")) == "停水三天了"
    assert decode_text("id,name\n1,张伟\n".encode("gbk")) == "id,name\n1,张伟\n"


def test_one_bad_byte_keeps_the_rest() -> None:
    data = TEXT.encode("gb18030") + b"\xff" + "再次停水".encode("gb18030")
    assert "再次停水" in decode_text(data)


def test_sample_cut_inside_a_character_is_utf8() -> None:
    assert detect_encoding(TEXT.encode()[:-1]) == "utf-8"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text",
    ["一个一个地说一下，二〇二五年一月一日", "停水了", "第1次、第2次、第3次，2025年3月1日14:30", "Water 2025 高坎村", "　　一、各位代表"],
)  # fmt: skip
def test_utf16_without_mark_by_its_characters(encoding: str, text: str) -> None:
    assert detect_encoding(text.encode(encoding)) == encoding
