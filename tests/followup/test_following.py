"""What followed on the sample town: links, gaps, replies and returned matters, all from the source."""

import re
from collections import Counter
from pathlib import Path

import pytest

from renda_nlp.config import Config
from renda_nlp.evidence import find_quotes, source_stretches
from renda_nlp.pipeline import run

SAMPLE = Path(__file__).parent.parent.parent / "corpora" / "sample"


@pytest.fixture(scope="module")
def finished():
    return run(SAMPLE, Config())


@pytest.mark.slow
def test_the_promises_of_2024_are_followed_into_2025(finished):
    report = finished.report
    promises = {item.commitment_id: item for item in report.commitments if item.year == 2024}
    status = {link.commitment_id: link for link in report.links}
    assert len(promises) == 12
    by_object = {item.object: status[key].status for key, item in promises.items()}
    assert by_object["高坎片区饮水提升工程"] == "改口"
    assert by_object["红橙标准园"] == "已报告完成"
    assert by_object["垃圾收集点"] == "已报告完成"
    assert by_object["石沙路改造工程"] == "部分"
    assert set(status) == {item.commitment_id for item in report.commitments}


@pytest.mark.slow
def test_links_name_claims_and_difficulties_that_are_there(finished):
    report = finished.report
    known = {item.claim_id for item in report.claims}
    known |= {item.difficulty_id for item in report.difficulties}
    assert all(set(link.claim_ids) <= known for link in report.links)
    assert all(link.next_year for link in report.links if link.claim_ids)


@pytest.mark.slow
def test_gaps_quote_both_sides_and_voices_come_after_the_report(finished):
    kinds = Counter(gap.kind for gap in finished.report.gaps)
    assert kinds["报告有承诺、群众仍反映"] >= 5
    for gap in finished.report.gaps:
        assert gap.voices
        assert gap.official or gap.kind == "群众反映集中、报告未提"


@pytest.mark.slow
def test_replies_are_matched_by_number_and_warned_of(finished):
    report, table = finished.report, finished.table
    found = {
        table.opinion(table.index_of(reply.opinion_id)).row_id: reply
        for reply in report.replies
        if reply.matched_by == "同一编号"
    }
    assert set(found) >= {"1", "2", "3", "4", "6", "8"}
    flags = {number: {flag.label for flag in reply.flags} for number, reply in found.items()}
    assert "只表态无措施" in flags["1"]
    assert "答非所问" in flags["4"]
    assert "无时限" in flags["8"]
    assert flags["2"] == set()
    assert any("高坎" in matter.title for matter in report.returned)
    assert all(matter.again > matter.reply_date for matter in report.returned)


@pytest.mark.slow
def test_every_quote_of_this_part_stands_in_its_source(finished):
    report = finished.report
    parts = (report.commitments, report.claims, report.difficulties, report.gaps)
    quotes = [q for part in (*parts, report.replies, report.returned) for q in find_quotes(part)]
    texts = source_stretches({q.passage for q in quotes}, SAMPLE, Config().read)
    assert len(quotes) > 200
    for quote in quotes:
        source = texts[quote.passage]
        assert len(source) == quote.passage.end - quote.passage.start
        kept = [re.escape(part) for part in re.split(r"\[[^\]]{1,6}\]", quote.text)]
        assert re.fullmatch(".+".join(kept), source, re.DOTALL)  # masked words apart
    assert not [failure for failure in report.failures if failure.stage == "quote"]


@pytest.mark.slow
def test_the_reply_is_quoted_from_what_it_says_not_from_its_greeting(finished):
    assert finished.report.returned
    for item in finished.report.returned:
        words = item.reply[0].text
        assert not words.rstrip().endswith("如下：")
        assert not words.startswith(("您好", "尊敬"))


@pytest.mark.slow
def test_promises_are_quoted_without_the_numbers_of_their_list(finished):
    assert not [
        item.quote.text
        for item in finished.report.commitments
        if re.match(r"\d{1,2}[.、]", item.quote.text)
    ]
