import base64
import re
import zipfile
import zlib
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


def _texts(path):
    """Yield every text that a file holds, unpacked."""
    data = path.read_bytes()
    if path.suffix == ".parquet":
        import pyarrow.parquet as pq

        table = pq.read_table(path)
        yield repr(table.to_pylist()) + repr(table.schema.metadata)
    elif data.startswith(b"PK"):
        with zipfile.ZipFile(path) as package:
            for name in package.namelist():
                yield package.read(name).decode("utf-8", "replace")
    else:
        text = data.decode("utf-8", "replace")
        yield text
        for packed in re.findall(r"[A-Za-z0-9+/]{200,}={0,2}", text):
            for bits in (15, -15, 31):
                try:
                    yield zlib.decompress(base64.b64decode(packed), bits).decode("utf-8", "replace")
                except (zlib.error, ValueError):
                    continue


@pytest.fixture(scope="session")
def texts_of():
    """Return the function that yields every text of an output file, unpacked."""
    return _texts
