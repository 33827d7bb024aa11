"""Floors of the measures, on the labels of corpora/followup; skipped where the shared data is absent."""

import importlib.util
from pathlib import Path

import pytest

from renda_nlp.analysis import fill_table, make_segmenter
from renda_nlp.config import Config, SegmentConfig
from renda_nlp.followup.linking import link_promises
from renda_nlp.followup.matching import StatementMatcher
from renda_nlp.followup.promises import read_promises
from renda_nlp.readers import read_file
from renda_nlp.records import SetAside
from renda_nlp.splitting import split_document
from renda_nlp.taxonomy import default_taxonomy

ROOT = Path(__file__).parent.parent.parent
DATA = ROOT.parent / "shared" / "data"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (DATA / "government_work_reports.jsonl").is_file(),
        reason="the work reports of shared/data are not here",
    ),
]


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location(
        "evaluate_followup", ROOT / "scripts" / "evaluate_followup.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def reports(script):
    return script.Reports(DATA / script.REPORTS)


def test_commitments_keep_their_floors(script, reports, capsys):
    script.evaluate_commitments(reports)
    whole = capsys.readouterr().out.splitlines()[-1].split("  ")
    values = {part.rsplit(" ", 1)[0]: float(part.rsplit(" ", 1)[1]) for part in whole[2:] if part}
    assert values["precision"] >= 0.9
    assert values["recall"] >= 0.85
    assert values["figures"] >= 0.95
    assert values["times"] >= 0.95


def test_links_keep_their_floor(script, reports, segmenter, capsys):
    script.evaluate_links(reports, StatementMatcher(segmenter))
    whole = capsys.readouterr().out.splitlines()[-1]
    assert float(whole.split("F1 ")[1].split(" ")[0]) >= 0.72


def test_the_chain_says_that_the_report_of_2020_is_not_there():
    path, config = DATA / "government_work_reports.jsonl", Config()
    opinions = []
    for source in read_file(path, path.name, config.read):
        day = source.document.date
        if day and 2018 <= day.year <= 2021:
            parts = split_document(source.document, source.blocks, config.split, b"")
            opinions += [part for part in parts if not isinstance(part, SetAside)]
    found = read_promises(fill_table(opinions, config, "serial"), default_taxonomy(), "county")
    assert [report.year for report in found] == [2018, 2019, 2021]  # resolutions are no reports
    matcher = StatementMatcher(make_segmenter(SegmentConfig()))
    links = link_promises(found, matcher)
    by_year = {
        report.year: [
            link
            for link in links
            if link.commitment_id in {c.commitment_id for c in report.commitments}
        ]
        for report in found
    }
    assert all("没有2020年的工作报告" in link.reason for link in by_year[2019])
    assert all("还没有下一年的报告" in link.reason for link in by_year[2021])
    assert {link.next_year for link in by_year[2018]} == {2019}
    assert sum(bool(link.claim_ids) for link in by_year[2018]) >= 100
