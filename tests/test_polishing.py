import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from renda_nlp.analysis import make_finder
from renda_nlp.config import Config
from renda_nlp.polishing import is_grounded, polish_titles

TEXTS = [
    "高坎村三组自来水天天停水没人管，请找王大力 13800138000",
    "高坎村三组自来水又停水三天了，没人管",
]


@pytest.mark.parametrize(
    ("title", "good"),
    [
        ("高坎村三组自来水经常停水", True),
        ("白鹤村三组自来水经常停水", False),
        ("高坎村三组500户停水无人管", False),
        ("高坎村水利局不修自来水", False),
        ("停水", False),
        ("高坎村三组自来水停水，请联系王大力 13800138000", False),
    ],
)
def test_a_title_names_only_what_its_sources_name(segmenter, title, good):
    assert is_grounded(title, TEXTS, segmenter) is good


@pytest.fixture
def server():
    asked = []

    class Handler(BaseHTTPRequestHandler):
        answer = "高坎村三组自来水经常停水"

        def do_POST(self):
            asked.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            body = json.dumps({"choices": [{"message": {"content": Handler.answer}}]}).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    stub = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=stub.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{stub.server_port}/v1", Handler, asked
    stub.shutdown()
    stub.server_close()


@pytest.fixture
def issue(make_table, make_opinion):
    table = make_table([make_opinion(text, n) for n, text in enumerate(TEXTS)])
    (found,) = make_finder(Config()).find(table, make_opinion("", 9).date, None)
    return found, table


def test_a_grounded_title_is_taken_and_only_masked_text_is_sent(server, issue, segmenter):
    url, _, asked = server
    (polished,), failures = polish_titles([issue[0]], issue[1], url, segmenter)
    assert polished.title == "高坎村三组自来水经常停水"
    assert failures == ()
    assert "13800138000" not in asked[0]


def test_an_invented_place_is_refused_and_said(server, issue, segmenter):
    url, handler, _ = server
    handler.answer = "白鹤村五组自来水停水八百户"
    (kept,), (failure,) = polish_titles([issue[0]], issue[1], url, segmenter)
    assert kept.title == issue[0].title
    assert "原话没有" in failure.reason


def test_a_server_that_is_not_there_leaves_every_title(issue, segmenter):
    (kept,), (failure,) = polish_titles([issue[0]], issue[1], "http://127.0.0.1:9/v1", segmenter)
    assert kept == issue[0]
    assert "语言模型" in failure.reason
