"""The local page: token, loopback, limits, names of uploads, corrections, the whole round in a browser."""

import asyncio
import json
import threading
from pathlib import PurePosixPath

import pytest

pytest.importorskip("starlette")
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from renda_nlp.corrections import read_corrections
from renda_nlp.serve import make_app
from renda_nlp.serve.uploads import LimitedBody, safe_name

TOKEN = "t0ken"
URL = "http://127.0.0.1"
REPORT = {
    "topics": [{"name": "安全饮水"}, {"name": "教育"}],
    "issues": [
        {"issue_id": "2025-001", "title": "高坎村停水", "summary": [{"text": "共2件。"}], "members": ["a-1", "b-1"]},
        {"issue_id": "2025-002", "title": "桥头路灯", "summary": [], "members": ["c-1"]},
    ],
    "candidates": [{"title": "关于饮水安全工作情况", "chosen": True, "reason": "群众热点"}],
}  # fmt: skip


def opinion(name, key, text):
    return {
        "id": name, "key": key, "text": text, "topic_name": "教育", "intent": "反映", "place": "", "issue_id": "", "undecided": False,
        "confidence": 0.5, "channel": "热线工单", "date": "2025-03-01", "file": "表.csv", "locator": "第2行",
    }  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "report.json").write_text(json.dumps(REPORT), "utf-8")
    rows = [opinion("a-1", "1" * 16, "停水了<b>"), opinion("b-1", "2" * 16, "又停水"), opinion("c-1", "3" * 16, "没路灯")]  # fmt: skip
    (tmp_path / "opinions.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    (tmp_path / "report.html").write_text("<!DOCTYPE html><title>报告</title>", "utf-8")
    return tmp_path


@pytest.fixture
def client(folder):
    with TestClient(make_app(folder, TOKEN), base_url=URL, follow_redirects=False) as made:
        yield made


@pytest.mark.parametrize("path", ["/", "/report.html", "/status", "/wrong/", "/t0ke/status"])
def test_nothing_answers_without_the_token(client, path):
    assert client.get(path).status_code == 404


def test_another_host_name_is_refused(client):
    assert client.get(f"/{TOKEN}/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    "name", [".renda-key", "report.json", "..%2f..%2fetc%2fpasswd", "opinions.jsonl"]
)
def test_only_the_outputs_for_readers_are_given(client, name):
    assert client.get(f"/{TOKEN}/{name}").status_code == 404


def test_pages_carry_a_strict_policy_and_send_the_token_nowhere(client):
    answer = client.get(f"/{TOKEN}/")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "https:" not in answer.text


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("C:\\资料\\表.xlsx", "C/资料/表.xlsx"),
        ("/a//b/./c.txt", "a/b/c.txt"),
        ("2025/登记表.xlsx", "2025/登记表.xlsx"),
        (".renda-output", "_renda-output"),
        ("a\x00b?.txt", "ab.txt"),
        ("..", None),
        ("", None),
    ],
)
def test_names_of_uploads_stay_below_the_folder(name, safe):
    assert safe_name(name) == (PurePosixPath(safe) if safe else None)


def test_files_and_folders_are_stored(client, folder):
    answer = client.post(
        f"/{TOKEN}/upload",
        files=[("files", ("一.txt", b"1")), ("files", ("二.txt", b"2"))],
        data={"paths": json.dumps(["2025/一.txt", "../二.txt"])},
    )
    assert answer.json() == {"stored": 2, "files": 2}
    assert (folder / "上传的材料" / "2025" / "一.txt").read_bytes() == b"1"
    assert (folder / "上传的材料" / "二.txt").exists()
    assert client.post(f"/{TOKEN}/clear").status_code == 303
    assert not (folder / "上传的材料").exists()


def test_too_large_a_body_is_refused_whatever_the_header_says():
    async def read(request):
        return PlainTextResponse(str(len(await request.body())))

    app = Starlette(routes=[Route("/", read, methods=["POST"])])
    app.add_middleware(LimitedBody, max_bytes=10)
    with TestClient(app) as client:
        assert client.post("/", content=b"0123456789").text == "10"
        assert client.post("/", content=b"01234567890").status_code == 413
        assert client.post("/", content=iter([b"012345", b"678901"])).status_code == 413


def test_a_run_needs_material(client):
    answer = client.post(f"/{TOKEN}/run")
    assert answer.status_code == 409
    assert "还没有材料" in answer.json()["message"]


def form_of(client, **query):
    answer = client.get(f"/{TOKEN}/proof", params=query)
    assert answer.status_code == 200
    return answer.text


def test_text_of_an_opinion_stays_text(client):
    assert "停水了&lt;b&gt;" in form_of(client)


def test_corrections_are_kept_changed_and_taken_back(client, folder):
    sheet = folder / "校对.xlsx"

    def save(**entries):
        assert client.post(f"/{TOKEN}/proof", data=entries).status_code == 303

    save(**{"kind": "opinions", "name-0": "1" * 16, "topic-0": "安全饮水", "regroup-0": "2025-002"})
    found = {item.field: item for item in read_corrections([sheet])}
    assert found["topic"].new == "安全饮水"
    assert found["topic"].keys == ("1" * 16,)
    assert found["regroup"].target_keys == ("3" * 16,)
    save(**{"kind": "issues", "name-0": "2025-001", "title-0": "高坎村三组停水", "settled-0": "是"})
    save(**{"kind": "choices", "name-0": "关于饮水安全工作情况", "choice-0": "不选"})
    assert len(read_corrections([sheet])) == 5
    assert 'value="高坎村三组停水"' in form_of(client, kind="issues")
    save(**{"kind": "opinions", "name-0": "1" * 16, "topic-0": "", "regroup-0": "2025-002"})
    fields = {item.field for item in read_corrections([sheet])}
    assert fields == {"regroup", "title", "settled", "choice"}


def test_a_page_that_moved_on_does_not_correct_another_opinion(client, folder):
    client.post(f"/{TOKEN}/proof", data={"kind": "opinions", "name-0": "9" * 16, "topic-0": "教育"})
    assert not (folder / "校对.xlsx").exists()


@pytest.fixture
def address(tmp_path):
    """A server of its own over an empty report folder."""
    uvicorn = pytest.importorskip("uvicorn")
    app = make_app(tmp_path / "报告", TOKEN)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/{TOKEN}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def page(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.slow
def test_an_office_worker_goes_the_whole_way_in_a_browser(tmp_path, address, page):
    """Pick files, run, read, correct, run again: the correction is in the report."""
    source = tmp_path / "接待登记表.csv"
    rows = ["来访日期,姓名,反映内容", "2025-03-01,张三,高坎村三组自来水每天停水，水压不足，请供水站解决。",
            "2025-03-02,李四,高坎村三组天天停水，自来水压力太小，做饭都困难。", "2025-03-05,王五,桥头没有路灯，晚上看不见路，请安装。"]  # fmt: skip
    source.write_text("\n".join(rows), "utf-8")
    messages = []
    page.on("console", lambda message: messages.append(message.text))
    page.goto(f"{address}/")
    page.locator("#pick-files").set_input_files(source)
    page.get_by_text("已有材料1个文件").wait_for()
    page.locator("#run").click()
    page.get_by_role("link", name="阅读报告").wait_for(timeout=90_000)
    page.goto(f"{address}/proof?q=路灯")
    page.locator("select[name=topic-0]").select_option("道路交通")
    page.locator("#save").click()
    page.get_by_text("已保存1处").wait_for()
    page.locator("#run").click()
    page.get_by_role("link", name="阅读报告").wait_for(timeout=90_000)
    page.goto(f"{address}/report.html")
    assert page.locator("#corrections").is_visible()
    assert messages == []
    with page.expect_download() as download:
        page.evaluate("location.href = 'report.docx'")
    assert download.value.suggested_filename == "report.docx"
    lines = (tmp_path / "报告" / "opinions.jsonl").read_text("utf-8").splitlines()
    topics = {row["text"][:4]: row["topic_name"] for row in map(json.loads, lines)}
    assert topics["桥头没有"] == "道路交通"
