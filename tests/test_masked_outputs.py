"""Nothing that leaves the office holds what the material says of private people, in any format."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from renda_nlp.cli import app

SECRETS = {
    "name column": "欧阳建树",
    "contact": "13812345670",
    "name in words": "谭永福",
    "phone in words": "15900001234",
    "id number": "110101199003078515",
    "bank card": "6222021234567890128",
    "plate": "川A12345",
    "mail": "tanyf@example.com",
    "chat id": "wxid_gaokan88",
    "room": "2单元501",
    "name in a reply": "夏侯敏慧",
    "phone in a reply": "13712345678",
    "name in a letter": "上官春梅",
    "phone in a greeting": "13612345679",
    "nickname in a chat": "独孤小妹",
    "author of a file": "司徒文秘",
}
KEPT = ["高坎村", "石沙路"]


def _material(folder):
    import docx

    folder.mkdir()
    rows = [
        "编号,来访人,电话,日期,意见内容,办理答复",
        f"1,{SECRETS['name column']},{SECRETS['contact']},2025-03-01,高坎村三组停水三天，请供水站尽快维修。我叫{SECRETS['name in words']}，"
        f"电话{SECRETS['phone in words']}，身份证{SECRETS['id number']}，卡号{SECRETS['bank card']}，车牌{SECRETS['plate']}，"
        f"邮箱{SECRETS['mail']}，微信{SECRETS['chat id']}，家住和平小区3栋{SECRETS['room']}。,"
        f"已联系{SECRETS['name in a reply']}女士（{SECRETS['phone in a reply']}），管道已修复。",
    ]
    rows += [
        f"{n},{SECRETS['name column']},{SECRETS['contact']},2025-03-{n:02d},高坎村三组又停水，{SECRETS['name column']}家老人挑水吃，请供水站维修。,"
        for n in range(2, 9)
    ]
    (folder / "选民接待登记表.csv").write_bytes("\n".join(rows).encode("gb18030"))
    letter = docx.Document()
    letter.core_properties.author = SECRETS["author of a file"]
    for text in (
        "尊敬的领导：",
        "石沙路塌陷半年没人修，货车过不去，请交管站尽快处理。",
        f"此致敬礼 {SECRETS['name in a letter']} {SECRETS['phone in a greeting']}",
        SECRETS["name in a letter"],
        "2025年3月5日",
    ):
        letter.add_paragraph(text)
    letter.save(str(folder / "群众来信.docx"))
    (folder / "微信群聊天.txt").write_text(
        f"{SECRETS['nickname in a chat']} 2025/3/1 10:12\n石沙路又塌了一个坑，请交管站来看看\n\n"
        f"东街张姐 2025/3/1 10:13\n@{SECRETS['nickname in a chat']} 我家门口也塌了，高坎村还停水\n\n"
        f"大刘 2025/3/1 10:15\n谢谢{SECRETS['nickname in a chat']}，收到\n",
        "utf-8",
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """Make the report and the outputs of the single steps."""
    base = tmp_path_factory.mktemp("masked")
    folder = _material(base / "资料")
    runner = CliRunner()
    calls = [["report", folder, "-o", base / "报告"]]
    for suffix in ("jsonl", "csv", "xlsx", "parquet"):
        calls.append(["read", folder, "-o", base / f"意见.{suffix}"])
        calls.append(["mask", folder / "选民接待登记表.csv", "-o", base / f"遮盖.{suffix}"])
    for call in calls:
        result = runner.invoke(app, [str(item) for item in call])
        assert result.exit_code == 0, result.output
        (base / f"屏幕{len(list(base.iterdir()))}.txt").write_text(result.output, "utf-8")
    return [path for path in base.rglob("*") if path.is_file() and folder not in path.parents]


def test_every_output_was_made(outputs):
    made = {path.suffix for path in outputs}
    assert made >= {".html", ".docx", ".xlsx", ".json", ".jsonl", ".csv", ".parquet", ".txt"}


@pytest.mark.parametrize("what", SECRETS)
def test_no_output_holds_the_secret(outputs, what, texts_of):
    holders = [path.name for path in outputs for text in texts_of(path) if SECRETS[what] in text]
    assert holders == []


@pytest.mark.parametrize("word", KEPT)
def test_places_stay_in_every_report(outputs, word, texts_of):
    report = [path for path in outputs if path.name.startswith("report.")]
    assert len(report) >= 4
    for path in report:
        assert any(word in text for text in texts_of(path)), path.name


def test_the_key_is_for_its_owner_alone(outputs):
    (key,) = [Path(path) for path in outputs if path.name == ".renda-key"]
    assert key.stat().st_mode & 0o077 == 0
