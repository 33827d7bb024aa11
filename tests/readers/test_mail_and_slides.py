"""Outlook messages, 7z archives and old presentations."""

import io
import shutil
from contextlib import suppress
from importlib.util import find_spec

import compressed_rtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from renda_nlp.config import ReadConfig
from renda_nlp.errors import ReadError
from renda_nlp.readers import read_file, sniff_format
from renda_nlp.readers.outlookrtf import unpack_rtf

HERE = ReadConfig(isolated=False)
TABLE = "编号,内容\n1,停水\n2,断电\n".encode("gb18030")
needs_7z = pytest.mark.skipif(find_spec("py7zr") is None, reason="the 7z extra is absent")


def _read(path, config=HERE):
    failures = []
    texts = [
        (source.document.file, [block.text for block in source.blocks])
        for source in read_file(path, path.name, config, failures)
    ]
    return texts, failures


def test_outlook_message_with_attachments(tmp_path, ole_files):
    inner = ole_files.message_tree("转发", "路灯不亮两个月。", {"b.txt": "石沙路烂了。".encode()})
    path = tmp_path / "来信.msg"
    long = "高坎村停水三天。" * 400  # beyond the small streams
    ole_files.write_message(
        path, "关于停水", f"请修水管。\r\n{long}", {"台账/表.csv": TABLE, "旧信": inner}
    )
    assert sniff_format(path) == "msg"
    texts, failures = _read(path)
    assert failures == []
    assert texts == [
        ("来信.msg", ["关于停水", "请修水管。", long]),
        ("来信.msg!台账_表.csv", ["编号\t内容", "1\t停水", "2\t断电"]),
        ("来信.msg!转发.msg", ["转发", "路灯不亮两个月。"]),
        ("来信.msg!转发.msg!b.txt", ["石沙路烂了。"]),
    ]


def test_outlook_message_in_html_and_damaged(tmp_path, ole_files, failures_of):
    path = tmp_path / "a.msg"
    page = "<html><meta charset=gb2312><p>自来水有异味。</p></html>".encode("gb18030")
    ole_files.write_message(path, "主题", "", {}, page=page)
    assert _read(path) == ([("a.msg", ["主题", "自来水有异味。"])], [])
    path.write_bytes(path.read_bytes()[:900])
    (failure,) = failures_of(path)
    assert failure.remedy


RTF = (
    rb"{\rtf1\ansi\ansicpg936\fromtext \deff0{\fonttbl{\f0\fswiss\fcharset134 \'cb\'ce\'cc\'e5;}}"
    rb"\pard\plain\f0 \'b8\'df\'bf\'b2\'b4\'e5\u20572?\u27700?\par\par \u31532?2\u34892?\par"
    rb"\trowd\cellx100\cellx200\intbl \u32534?\u21495?\cell \u20869?\u23481?\cell\row\pard end\par}"
)
PAGE_IN_RTF = (
    rb"{\rtf1\ansi\ansicpg1252\fromhtml1 \fbidi \deff0{\fonttbl\r\n{\f0\fswiss Arial;}\r\n"
    rb"{\f4\fnil\fcharset134 \'cb\'ce\'cc\'e5;}}{\colortbl;}{\*\generator Microsoft Exchange Server;}"
    rb"{\*\formatConverter converted from html;}\viewkind5\viewscale100\r\n"
    rb"{\*\htmltag19 <html>}{\*\htmltag34 <head>}{\*\mhtmltag84 <p>no}{\*\htmltag50 <body>}"
    rb"\htmlrtf \lang2052 \htmlrtf0 {\*\htmltag64 <p>}\htmlrtf {\htmlrtf0\f4 \'b8\'df\'bf\'b2\'b4\'e5"
    rb"\f0 3 & \{4\}\u20572?\u27700?{\*\htmltag72 </p>}\htmlrtf\par}\htmlrtf0 \r\n"
    rb"{\*\htmltag64 <table><tr><td>}\f4\'b1\'e0\'ba\'c5{\*\htmltag64 </td><td>}\htmlrtf\tab\htmlrtf0 "
    rb"\'c4\'da\'c8\'dd{\*\htmltag64 </td></tr></table>}{\*\htmltag58 </body>}}"
).replace(rb"\r\n", b"\r\n")


@pytest.mark.parametrize(
    ("rtf", "expected"),
    [
        (RTF, ["主题", "高坎村停水", "第2行", "编号\t内容", "end"]),
        (PAGE_IN_RTF, ["主题", "高坎村3 & {4}停水", "编号\t内容"]),
    ],
)
@pytest.mark.parametrize("packed", [True, False])
def test_outlook_message_in_rtf_alone(tmp_path, ole_files, rtf, expected, packed):
    path = tmp_path / "a.msg"
    body = compressed_rtf.compress(rtf, compressed=packed)
    ole_files.write_message(path, "主题", "", {"表.csv": TABLE}, rtf=body)
    texts, failures = _read(path)
    assert failures == []
    assert texts[0] == ("a.msg", expected)
    assert [name for name, _ in texts] == ["a.msg", "a.msg!表.csv"]


def test_attachments_of_a_damaged_body_are_read(tmp_path, ole_files):
    path = tmp_path / "a.msg"
    for body in (b"\1\2", compressed_rtf.compress(RTF).replace(b"LZFu", b"XXXX")):
        ole_files.write_message(path, "主题", "", {"表.csv": TABLE}, rtf=body)
        texts, (failure,) = _read(path)
        assert (failure.source, [name for name, _ in texts]) == ("a.msg", ["a.msg!表.csv"])
        assert "正文已损坏" in failure.reason


@given(st.binary(max_size=6000) | st.text("ab\\par {}", max_size=6000).map(str.encode))
def test_packed_rtf_equals_the_reference(data):
    packed = compressed_rtf.compress(data)
    assert unpack_rtf(packed) == compressed_rtf.decompress(packed)
    for cut in range(0, len(packed), max(1, len(packed) // 5)):
        with suppress(ReadError):
            unpack_rtf(packed[:cut])


def test_fonts_of_an_rtf_say_how_its_bytes_are_read(tmp_path):
    path = tmp_path / "a.rtf"
    path.write_bytes(
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fnil\fcharset134{\*\panose 02}"
        rb"SimSun;}{\f2\fnil\fcharset136 PMingLiU;}}\f1\'b8\'df\'bf\'b2{\f2\'a4\'a4}\'b4\'e5\f0\'e9\par}"
    )
    assert _read(path) == ([("a.rtf", ["高坎中村é"])], [])


def test_merged_cells_of_an_rtf_are_filled(tmp_path):
    path = tmp_path / "a.rtf"
    edges = rb"\trowd\%s\cellx100\cellx200\intbl "
    path.write_bytes(
        rb"{\rtf1\ansi " + edges % b"clvmgf" + rb"\u26449?\cell a\cell\row "
        + edges % b"clvmrg" + rb"\cell b\cell\row " + edges % b"clvertalt" + rb"\cell c\cell\row}"
    )  # fmt: skip
    assert _read(path) == ([("a.rtf", ["村\ta", "村\tb", "\tc"])], [])


def _sevenzip(path, members, **options):
    import py7zr

    with py7zr.SevenZipFile(path, "w", **options) as archive:
        for name, data in members.items():
            archive.writef(io.BytesIO(data), name)
    return path


@needs_7z
def test_7z_members_and_limits(tmp_path, failures_of):
    text = "高坎村停水三天。".encode()
    path = _sevenzip(
        tmp_path / "a.7z", {"二/表.csv": TABLE, "一.txt": text, "__MACOSX/x.txt": text}
    )
    texts, failures = _read(path)
    assert [name for name, _ in texts] == ["a.7z!一.txt", "a.7z!二/表.csv"]
    assert failures == []
    assert _read(path, ReadConfig()) == (texts, failures)
    _, (failure,) = _read(path, ReadConfig(isolated=False, max_archive_bytes=20))
    assert "上限" in failure.reason
    _, (failure,) = _read(path, ReadConfig(isolated=False, max_archive_members=1))
    assert "多于1个" in failure.reason
    path.write_bytes(path.read_bytes()[:-20])
    (failure,) = failures_of(path)
    assert "损坏" in failure.reason


@needs_7z
def test_7z_that_lies_about_its_size_stops_at_the_limit(tmp_path):
    from renda_nlp.readers.sevenzip import _Store

    member = _Store(tmp_path, 10).create("../../a.txt")
    member.write(b"12345")
    with pytest.raises(ReadError, match="上限"):
        member.write(b"1234567")
    assert [path.name for path in tmp_path.iterdir()] == ["0.txt"]


def test_7z_without_the_extra_names_it(tmp_path, failures_of, monkeypatch):
    path = tmp_path / "a.7z"
    path.write_bytes(b"7z\xbc\xaf'\x1c" + b"\0" * 40)
    monkeypatch.setitem(__import__("sys").modules, "py7zr", None)
    (failure,) = failures_of(path)
    assert "renda-nlp[7z]" in failure.reason + failure.remedy


def test_rar_is_listed_with_the_remedy(tmp_path, failures_of):
    path = tmp_path / "a.rar"
    path.write_bytes(b"Rar!\x1a\x07\x01\0")
    (failure,) = failures_of(path)
    assert "解压后再放入" in failure.remedy


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is absent")
def test_slides_of_a_real_program(tmp_path, mixed_files, read):
    (tmp_path / "a.fodp").write_text(mixed_files.SLIDES, "utf-8")
    expected = [(1, "饮水专题"), (1, "高坎村停水"), (1, "请供水站到会"), (2, "Water 2025")]
    for suffix in ("ppt", "pptx"):
        try:
            (path,) = mixed_files.convert([tmp_path / "a.fodp"], suffix, tmp_path)
        except OSError:
            pytest.skip("LibreOffice Impress is absent")
        if not path.exists():
            pytest.skip("LibreOffice Impress is absent")
        assert [(block.locator.page, block.text) for block in read(path)] == expected


def test_old_presentation_that_is_damaged(tmp_path, ole_files, failures_of):
    path = tmp_path / "a.ppt"
    streams = {
        "PowerPoint Document": b"\x0f\0\xe8\x03" + b"\xff" * 5000,
        "Current User": b"\1" * 30,
    }
    ole_files.write_compound_file(path, streams)
    (failure,) = failures_of(path)
    assert "损坏" in failure.reason
