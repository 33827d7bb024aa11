from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from renda_nlp.analysis import Analyzer, make_segmenter
from renda_nlp.config import Config, SegmentConfig
from renda_nlp.records import Locator, Opinion, Passage
from renda_nlp.table import OpinionTable

settings.register_profile("shared machine", deadline=None)
settings.load_profile("shared machine")

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Return the one browser of the run: two drivers do not live in one process."""
    playwright = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        pytest.skip("no /usr/bin/chromium on this machine")
    with playwright.sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture(scope="session")
def segmenter():
    return make_segmenter(SegmentConfig())


@pytest.fixture(scope="session")
def analyzer():
    return Analyzer(Config())


@pytest.fixture(scope="session")
def make_opinion():
    def make(text, number=0, *, title="", kind="feedback", channel="contact", **values):
        parts = [part for part in (title, text) if part]
        passages = tuple(
            Passage(
                locator=Locator(file="登记表.xlsx", sheet="表1", row=number + 2, column=column),
                start=0,
                end=len(part),
            )
            for column, part in enumerate(parts, 1)
        )
        values = {"date": date(2025, 6, 1), "author": f"{number:016x}", **values}
        return Opinion(
            opinion_id=f"{number:016x}",
            text="。".join(parts),
            passages=passages,
            kind=kind,
            channel=channel,
            **values,
        )

    return make


@pytest.fixture
def make_table(analyzer):
    def make(opinions):
        table = OpinionTable()
        table.append(analyzer(tuple(opinions)))
        return table

    return make
