"""Personal data in the names of files: masked in the default edition, shown in the internal one."""

import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from renda_nlp.cli import app
from renda_nlp.filenames import FileNames
from renda_nlp.records import Document, Failure

SECRETS = [
    "13800138000", "张三", "王秀兰", "王小兰", "110101199003078515", "周翠花", "谭永福", "罗桂芳", "孙玉梅", "6222021234567890128",
]  # fmt: skip
WATER = "高坎村三组停水三天，老人挑水吃，请供水站尽快维修。"
ROAD = "石沙路塌陷半年没人修，货车过不去，请交管站尽快处理。"


def _letter(text):
    return f"尊敬的领导：\n{text}\n2025年3月5日\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Make a folder with a private person in nearly every name."""
    import docx

    base = tmp_path_factory.mktemp("names") / "资料"
    (base / "罗桂芳材料").mkdir(parents=True)
    letter = docx.Document()
    for line in _letter(WATER).splitlines():
        letter.add_paragraph(line)
    letter.save(str(base / "张三13800138000投诉.docx"))
    (base / "王秀兰来信.txt").write_text(_letter(WATER + "水管是去年换的。"), "utf-8")
    (base / "王小兰来信.txt").write_text(_letter(ROAD + "已有两人摔伤。"), "utf-8")
    (base / "身份证110101199003078515.jpg").write_bytes(b"\xff\xd8\xff no picture")
    (base / "谭永福申请.docx").write_bytes(b"PK\x03\x04 broken")
    (base / "罗桂芳材料" / "情况.txt").write_text(_letter(ROAD), "utf-8")
    (base / "微信6222021234567890128.txt").write_text(_letter(ROAD + "大家都说难走。"), "utf-8")
    with zipfile.ZipFile(base / "来信.zip", "w") as package:
        package.writestr("周翠花来信.txt", _letter(WATER + "请派水车。"))
        package.writestr("周翠花照片.docx", b"PK\x03\x04 broken")
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "孙玉梅"
    for row in (["日期", "意见内容"], ["2025-03-02", WATER], ["2025-03-03", ROAD + "晚上没有灯。"]):
        book.active.append(row)
    book.save(base / "登记表.xlsx")
    (base / "县长李伟在春耕会上的讲话.txt").write_text(
        "在春耕会上的讲话\n同志们：\n今年要完成高坎村供水管网改造。\n", "utf-8"
    )
    return base


def _run(arguments):
    result = CliRunner().invoke(app, [str(item) for item in arguments])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def outputs(folder, tmp_path_factory):
    """Make every output, both editions, and what the terminal shows."""
    out = tmp_path_factory.mktemp("outputs")
    screens = [_run(["report", folder, "-o", out / "报告", "--internal"])]
    for suffix in ("jsonl", "xlsx", "csv", "parquet"):
        screens.append(_run(["read", folder, "-o", out / f"意见.{suffix}"]))
        screens.append(_run(["read", folder, "--preview", "-o", out / f"判断.{suffix}"]))
    screens.append(_run(["read", folder]))
    screens.append(_run(["plan", out / "报告" / "report.json", "-o", out / "计划.docx"]))
    (out / "屏幕.txt").write_text("\n".join(screens), "utf-8")
    return out


@pytest.mark.slow
@pytest.mark.parametrize("secret", SECRETS)
def test_no_output_of_the_default_edition_names_the_person(outputs, secret, texts_of):
    files = [path for path in outputs.rglob("*") if path.is_file()]
    default = [path for path in files if "内部资料" not in path.parts]
    assert {path.suffix for path in default} >= {
        ".html", ".docx", ".xlsx", ".json", ".jsonl", ".parquet", ".csv", ".txt",
    }  # fmt: skip
    assert [path.name for path in default for text in texts_of(path) if secret in text] == []
    inside = [path for path in files if "内部资料" in path.parts]
    holders = {path.name for path in inside for text in texts_of(path) if secret in text}
    assert holders >= {"report.json", "report.html", "report.xlsx"}


@pytest.mark.slow
def test_officials_alike_names_and_the_source_stay_known(outputs, folder):
    import json

    report = json.loads((outputs / "报告" / "report.json").read_text("utf-8"))
    inside = json.loads((outputs / "报告" / "内部资料" / "report.json").read_text("utf-8"))
    named = {item["fingerprint"]: item["file"] for item in inside["documents"]}
    shown = {item["file"]: item["fingerprint"] for item in report["documents"]}
    assert "县长李伟在春耕会上的讲话.txt" in shown
    assert len(shown) == len(named)
    assert named[shown["[姓名]来信.txt"]] == "王小兰来信.txt"  # in the order of the paths
    assert named[shown["[姓名]来信（2）.txt"]] == "王秀兰来信.txt"
    assert [item["source"] for item in report["failures"]] == [
        FileNames.of([], [Failure(stage="read", source=item["source"], reason="")]).shown(
            item["source"]
        )
        for item in inside["failures"]
    ]
    lines = (outputs / "报告" / "opinions.jsonl").read_text("utf-8").splitlines()
    quoted = {json.loads(line)["file"] for line in lines}
    assert quoted <= set(shown)


def _document(file, kind):
    return Document(
        file=file, format="txt", kind=kind, kind_confidence=1.0, title=Path(file).stem, date=None,
        n_bytes=1, fingerprint="0" * 16,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("file", "kind", "shown"),
    [
        ("李建国13812345678.jpg", "feedback", "[姓名][电话].jpg"),
        ("20250301王秀兰来信.txt", "other", "20250301[姓名]来信.txt"),
        ("信访/来信.zip!谭永福/身份证.jpg", "other", "信访/来信.zip![姓名]/身份证.jpg"),
        ("关于张建军同志反映问题的答复.docx", "reply", "关于[姓名]同志反映问题的答复.docx"),
        ("王建国代表关于修路的建议.docx", "suggestion", "王建国代表关于修路的建议.docx"),
        ("李伟同志在全县会议上的讲话.docx", "other", "李伟同志在全县会议上的讲话.docx"),
        ("安置房问题.docx", "other", "安置房问题.docx"),
        ("田长制工作方案.docx", "party_plan", "田长制工作方案.docx"),
        ("高坎村5栋2单元301漏水.docx", "feedback", "高坎村5栋[房号]漏水.docx"),
    ],
)
def test_what_of_a_name_is_shown(file, kind, shown):
    assert FileNames.of([_document(file, kind)], []).shown(file) == shown


def test_the_numbers_of_alike_names_do_not_hang_on_the_order_met():
    documents = [
        _document(f"{name}来信.txt", "feedback") for name in ("谭永福", "王秀兰", "周翠花")
    ]
    first, second = FileNames.of(documents, []), FileNames.of(documents[::-1], [])
    shown = [first.shown(document.file) for document in documents]
    assert shown == [second.shown(document.file) for document in documents]
    assert len(set(shown)) == len(shown)


def test_a_folder_of_one_name_stays_apart_from_another():
    names = FileNames()
    assert names.shown("谭永福/1.jpg") == "[姓名]/1.jpg"
    assert names.shown("王秀兰/1.jpg") == "[姓名]（2）/1.jpg"
    assert names.shown("王秀兰/2.jpg") == "[姓名]（2）/2.jpg"
