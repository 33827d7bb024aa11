"""Pictures of pages: order of lines, turned pages, confidence, and what is said without OCR."""

import dataclasses
import json
import shutil
import struct
import subprocess
import zlib
from importlib.util import find_spec

import numpy as np
import pytest

from renda_nlp.config import ReadConfig
from renda_nlp.errors import ReadError
from renda_nlp.readers import list_files, ocr, picture, read_file
from renda_nlp.readers.pagelines import Line, join_pages
from renda_nlp.records import Locator

HERE = ReadConfig(isolated=False)
TEXTS = [
    "关于高坎村三组饮水问题的来信",
    "高坎村三组自来水每天停水，水压不足，老人只能到沟里挑水，请供水站尽快查明原因并给全组一个明确的恢复时间。",
    "石沙路去年铺过一次，今年又全是坑，货车一过满天是灰，路边十几户人家不敢开窗，请交通站安排洒水和修补。",
    "二〇二五年三月八日",
]
needs_ocr = pytest.mark.skipif(find_spec("rapidocr") is None, reason="the ocr extra is absent")
needs_heic = pytest.mark.skipif(
    find_spec("rapidocr") is None or find_spec("pi_heif") is None,
    reason="the heic extra is absent",
)
needs_scanner = pytest.mark.skipif(
    shutil.which("chromium") is None or shutil.which("pdftoppm") is None,
    reason="Chromium or poppler is absent",
)


def _box(left, top, width=100.0, height=20.0):
    return (left, top, left + width, top + height)


def _texts(found):
    return [line.text for line in ocr._lines(found)]


def test_boxes_become_lines_from_top_to_bottom():
    found = [(_box(200, 102), "右", 0.9), (_box(10, 100), "左", 0.7), (_box(10, 10), "上", 1.0)]
    assert _texts(found) == ["上", "左 右"]
    assert ocr._lines(found)[1].confidence == pytest.approx(0.8)


def test_two_columns_are_read_one_after_the_other():
    found = [(_box(50, 0, 400), "大标题横跨两栏", 1.0)]
    for n in range(6):
        found += [
            (_box(0, 50 + 30 * n, 240), f"左{n}", 1.0),
            (_box(260, 52 + 30 * n, 240), f"右{n}", 1.0),
        ]
    found.append((_box(100, 300, 300), "脚注横跨两栏", 1.0))
    columns = [f"左{n}" for n in range(6)] + [f"右{n}" for n in range(6)]
    assert _texts(found) == ["大标题横跨两栏", *columns, "脚注横跨两栏"]


def test_a_table_is_read_row_by_row():
    found = []
    for n in range(8):
        width = 60 + 20 * (n % 3)
        found += [(_box(0, 30 * n, 40), f"{n}", 1.0), (_box(300, 30 * n, width), f"值{n}", 1.0)]
    assert _texts(found) == [f"{n} 值{n}" for n in range(8)]


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_turned_pages_are_set_upright(monkeypatch, quarters):
    """Imitate the engine: lines that stand are read turned left, badly when that is wrong."""
    page = np.zeros((40, 20, 3), np.uint8)
    page[:10, :10] = 255  # the top left corner tells how the page stands

    def recognise(seen):
        corners = [seen[0, 0, 0], seen[0, -1, 0], seen[-1, -1, 0], seen[-1, 0, 0]]
        turned = corners.index(255)  # quarters to the right
        if turned % 2 == 0:
            return [(_box(0, 0, 100, 10), "正着", 0.99 if turned == 0 else 0.5)]
        return [(_box(0, 0, 10, 100), "立着", 0.99 if turned == 1 else 0.5)]

    monkeypatch.setattr(ocr, "_recognise", recognise)
    assert ocr._upright(np.rot90(page, quarters))[0][1:] == ("正着", 0.99)


def test_a_poor_page_is_not_turned_for_nothing(monkeypatch):
    monkeypatch.setattr(ocr, "_recognise", lambda _: [(_box(0, 0), "模糊", 0.6)])
    assert ocr._upright(np.zeros((4, 4, 3), np.uint8))[0][1] == "模糊"


def test_confidence_is_kept_and_low_confidence_marked():
    pages = [(1, [Line("路灯不亮请维修", 0, 20, 0.95)]), (2, [Line("一、模糊", 0, 20, 0.62)])]
    sure, unsure = (block.locator for block in join_pages(pages, frozenset(), "a.png"))
    assert (sure.confidence, unsure.confidence) == (0.95, 0.62)
    assert sure.describe() == "第1页第1段（图片识别）"
    assert unsure.describe() == "第2页第1段（图片识别，把握低0.62，请核对）"
    assert Locator(file="a", page=1).describe() == "第1页"


def test_a_page_is_recognised_once(tmp_path, monkeypatch):
    calls = []
    monkeypatch.setattr(ocr, "_recognise", lambda _: calls.append(1) or [(_box(0, 0), "停水", 0.9)])
    draw = lambda: np.zeros((4, 4, 3), np.uint8)  # noqa: E731
    folder = tmp_path / ".renda-ocr"
    first = ocr.PageRecogniser(folder, "f1").lines(1, draw)
    assert ocr.PageRecogniser(folder, "f1").lines(1, draw) == first
    assert len(calls) == 1
    ocr.PageRecogniser(folder, "f1").lines(2, draw)
    ocr.PageRecogniser(folder, "f2").lines(1, draw)
    assert len(calls) == 3
    assert folder.stat().st_mode & 0o077 == 0
    assert list_files(tmp_path, HERE) == ()  # never taken for material


def test_without_ocr_pictures_are_listed_with_the_remedy(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(ReadError, match=r"是图片.*renda-nlp\[ocr\]"):
        list(read_file(path, "a.png", dataclasses.replace(HERE, ocr=False)))


def _png(width, height):
    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")  # fmt: skip


@needs_ocr
@pytest.mark.parametrize(
    ("data", "words"),
    [(_png(60_000, 60_000), "过大"), (_png(12_000, 9_000), "过大"), (_png(500, 500), "损坏"), (b"\xff\xd8\xff\xe0xx", "损坏")],
    ids=["huge", "large", "cut", "head"],
)  # fmt: skip
def test_hostile_pictures_are_listed(tmp_path, failures_of, data, words):
    path = tmp_path / "a.png"
    path.write_bytes(data)
    (failure,) = failures_of(path)
    assert words in failure.reason
    assert failure.remedy


EXIF_ORIENTATION = 0x0112


@needs_ocr
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_read_as_the_camera_was_held(tmp_path, orientation):
    """Store a picture as a camera held so stores it; what is recognised is the upright one."""
    from PIL import Image

    undo = {
        2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_90",
        7: "TRANSVERSE", 8: "ROTATE_270",
    }  # fmt: skip
    upright = np.full((40, 60, 3), 255, np.uint8)
    upright[:10, :20] = (255, 0, 0)
    stored = Image.fromarray(upright)
    if orientation in undo:
        stored = stored.transpose(Image.Transpose[undo[orientation]])
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = orientation
    stored.save(tmp_path / "a.png", exif=exif)
    with Image.open(tmp_path / "a.png") as frame:
        seen = picture._pixels(frame)
    assert np.array_equal(seen, upright[:, :, ::-1])  # blue first


HEIC_HEAD = b"\0\0\0\x1cftypheic\0\0\0\0mif1heicmiaf"


def test_a_phone_photo_without_the_extra_is_listed_with_two_remedies(
    tmp_path, failures_of, monkeypatch
):
    path = tmp_path / "IMG_0001.HEIC"
    path.write_bytes(HEIC_HEAD + bytes(100))
    monkeypatch.setattr(ocr, "_models", dict)
    monkeypatch.setitem(__import__("sys").modules, "pi_heif", None)
    (failure,) = failures_of(path)
    assert "手机照片" in failure.reason
    assert "jpg" in failure.remedy
    assert "renda-nlp[heic]" in failure.remedy


@needs_heic
def test_a_damaged_phone_photo_is_listed(tmp_path, failures_of):
    path = tmp_path / "a.heic"
    path.write_bytes(HEIC_HEAD + bytes(100))
    (failure,) = failures_of(path)
    assert "损坏" in failure.reason


@pytest.mark.slow
@needs_scanner
@needs_heic
@pytest.mark.skipif(shutil.which("heif-enc") is None, reason="heif-enc is absent")
def test_a_phone_photo_is_read(scanned, tmp_path, error_rate):
    photo = tmp_path / "IMG_0001.HEIC"
    subprocess.run(["heif-enc", "-q", "80", scanned, "-o", photo], check=True, capture_output=True)
    assert error_rate(photo) <= 0.05


@pytest.fixture(scope="module")
def scanned(tmp_path_factory, mixed_files):
    """Print a page with Chromium, scan it at 150 dpi."""
    folder = tmp_path_factory.mktemp("scan")
    body = "".join(f"<p>{text}</p>" for text in TEXTS)
    style = '@page{size:A5;margin:18mm}body{font:15px/1.8 "Noto Serif CJK SC"}p{text-indent:2em;margin:0}'
    (folder / "a.html").write_text(f"<meta charset=utf-8><style>{style}</style>{body}", "utf-8")
    mixed_files.print_pdf(folder / "a.html", folder / "a.pdf")
    (page,) = mixed_files.scan(folder / "a.pdf", folder / "a")
    return page


@pytest.fixture
def error_rate(mixed_files):
    """Return the share of wrong characters of a scan that must be read whole."""

    def _rate(path, config=HERE):
        failures = []
        blocks = [b for s in read_file(path, path.name, config, failures) for b in s.blocks]
        assert failures == []
        got = "".join("".join(block.text for block in blocks).split())
        assert all(block.locator.confidence > 0.8 for block in blocks)
        return mixed_files.edit_distance(got, "".join(TEXTS)) / len("".join(TEXTS))

    return _rate


@pytest.mark.slow
@needs_ocr
@needs_scanner
def test_a_clean_scan_is_read_however_it_lies(scanned, tmp_path, error_rate):
    from PIL import Image

    page = Image.open(scanned).convert("RGB")
    page.save(tmp_path / "scan.pdf", resolution=150)
    assert error_rate(tmp_path / "scan.pdf", ReadConfig()) <= 0.05
    with pytest.raises(ReadError, match=r"是扫描件.*renda-nlp\[ocr\]"):
        list(read_file(tmp_path / "scan.pdf", "scan.pdf", dataclasses.replace(HERE, ocr=False)))
    frames = [page.rotate(angle, expand=True) for angle in (90, 180)]
    page.rotate(270, expand=True).save(tmp_path / "turned.png")
    assert error_rate(tmp_path / "turned.png") <= 0.05
    for number, frame in enumerate(frames):
        frame.save(tmp_path / f"{number}.jpg", quality=70)
        assert error_rate(tmp_path / f"{number}.jpg") <= 0.05


@pytest.mark.slow
@needs_ocr
@needs_scanner
def test_a_report_on_scans_quotes_them_and_keeps_the_pages(scanned, tmp_path):
    from typer.testing import CliRunner

    from renda_nlp.cli import app

    folder, output = tmp_path / "资料", tmp_path / "报告"
    folder.mkdir()
    shutil.copy(scanned, folder / "群众来信.png")
    result = CliRunner().invoke(app, ["report", str(folder), "-o", str(output)])
    assert result.exit_code == 0, result.output
    assert "共1个 = 读取1个" in result.output
    assert len(list((output / ".renda-ocr").glob("*.json"))) == 1
    rows = [
        json.loads(line) for line in (output / "opinions.jsonl").read_text("utf-8").splitlines()
    ]
    assert any("高坎村三组自来水" in row["text"] and "图片识别" in row["locator"] for row in rows)
