"""A real browser over the report of the sample folder."""

from pathlib import Path

import pytest

from renda_nlp import build_report

SAMPLE = Path(__file__).parents[2] / "corpora" / "sample"


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    return folder, build_report(SAMPLE, folder)


@pytest.fixture
def open_page(browser, sample_run):
    """Open the report; ``seen`` holds every request and console message."""
    opened = []

    def start(*, width=1280, height=900, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        opened.append(context)
        page = context.new_page()
        page.seen = {"requests": [], "console": [], "errors": []}
        page.on("request", lambda request: page.seen["requests"].append(request.url))
        page.on("console", lambda message: page.seen["console"].append(message.text))
        page.on("pageerror", lambda error: page.seen["errors"].append(str(error)))
        page.goto((sample_run[0] / "report.html").as_uri())
        return page

    yield start
    for context in opened:
        context.close()
