import numpy as np
import pytest

from renda_nlp.config import HotspotConfig
from renda_nlp.executors.serial import SerialExecutor
from renda_nlp.hotspots import HotspotFinder
from renda_nlp.records import Locator, Opinion, Passage
from renda_nlp.table import OpinionTable
from renda_nlp.taxonomy import default_taxonomy


@pytest.fixture(scope="module")
def make_table_of(analyzer):
    def make(texts, numbers=None, days=None):
        opinions = []
        for number, text, day in zip(
            numbers or range(len(texts)), texts, days or [None] * len(texts), strict=True
        ):
            place = Locator(file="登记表.xlsx", sheet="表1", row=number + 2, column=1)
            opinions.append(
                Opinion(
                    opinion_id=f"{number:016x}",
                    text=text,
                    passages=(Passage(locator=place, start=0, end=len(text)),),
                    kind="feedback",
                    channel="contact",
                    date=day,
                    author=f"{number:016x}",
                )
            )
        table = OpinionTable()
        table.append(analyzer(tuple(opinions)))
        return table

    return make


@pytest.fixture(scope="module")
def word_issue(make_table_of, segmenter):
    """Return a function that words all texts as one issue."""

    def word(texts, as_of, days=None):
        config = HotspotConfig()
        finder = HotspotFinder(config, default_taxonomy(), segmenter, "township", SerialExecutor())
        everything = np.arange(len(texts))
        table = make_table_of(texts, days=days)
        (issue,) = finder.find(table, as_of, None, regroup=lambda _: [everything])
        return issue

    return word
