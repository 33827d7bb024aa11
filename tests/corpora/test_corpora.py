import json
import re
from collections import Counter
from pathlib import Path

import pytest

from renda_nlp.records import INTENTS, KINDS
from renda_nlp.registry import SEGMENTERS
from renda_nlp.taxonomy import default_taxonomy

ROOT = Path(__file__).parent.parent.parent
SHARED = ROOT.parent / "shared" / "data"
RUN = 13
LAW_TITLE = re.compile(r"《[^《》]*》")  # the title of a law is a fact, nobody's sentence


@pytest.fixture(scope="module")
def rows():
    return [
        json.loads(line)
        for path in sorted((ROOT / "corpora" / "opinions").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]


def test_rows_are_labelled_by_the_contract(rows):
    taxonomy = default_taxonomy()
    subtopics = {sub.subtopic_id: sub.topic_id for sub in taxonomy.subtopics}
    for row in rows:
        assert row["topic"] in taxonomy.topic_ids
        assert set(row["secondary"]) <= set(taxonomy.topic_ids) - {row["topic"]}
        assert row["kind"] in KINDS
        assert row["intent"] in INTENTS or (row["writer"] == "starter" and not row["intent"])
        assert not row["subtopic"] or subtopics[row["subtopic"]] == row["topic"]
        assert row["text"].startswith(row["title"])


def test_there_are_enough_rows_of_every_topic(rows):
    counts = Counter(row["topic"] for row in rows)
    assert len(rows) >= 8000
    assert len({row["id"] for row in rows}) == len(rows)
    assert all(counts[topic] >= 250 for topic in default_taxonomy().topic_ids)


def test_feedback_is_as_long_and_as_titled_as_real_messages(rows):
    feedback = [row for row in rows if row["kind"] == "feedback"]
    assert sum(150 <= len(row["text"]) <= 600 for row in feedback) >= 0.4 * len(feedback)
    assert sum(bool(row["title"]) for row in feedback) >= 0.5 * len(feedback)


def test_official_sentences_are_not_those_of_the_reports(rows):
    source = SHARED / "government_work_reports.jsonl"
    if not source.is_file():
        pytest.skip("the public reports of shared/data are not here")
    bank = set()
    for line in source.read_text("utf-8").splitlines():
        text = re.sub(r"\s+", "", json.loads(line)["content"])
        bank.update(text[i : i + RUN] for i in range(len(text) - RUN + 1))
    for row in rows:
        if row["writer"] == "official":
            text = row["text"]
            assert not bank & {text[i : i + RUN] for i in range(len(text) - RUN + 1)}


def test_hardly_any_row_repeats_another(rows):
    segmenter = SEGMENTERS.create("rjieba", ())
    owners, sizes, shared = {}, [], Counter()
    for number, row in enumerate(rows):
        text = row["text"]
        words = [text[t.start : t.end] for t in segmenter.segment(text)]
        words = [word for word in words if word.strip()]
        grams = {tuple(words[i : i + 3]) for i in range(max(1, len(words) - 2))}
        sizes.append(len(grams))
        for gram in grams:
            known = owners.setdefault(gram, [])
            shared.update((other, number) for other in known[:50])
            known.append(number)
    pairs = sum(n / (sizes[a] + sizes[b] - n) > 0.5 for (a, b), n in shared.items())
    assert pairs < 0.005 * len(rows)


def test_no_words_come_from_the_petition_files(rows):
    names = ("petition_replies.xlsx", "petition_labelled_sample.xlsx")
    if not all((SHARED / name).is_file() for name in names):
        pytest.skip("the petition files of shared/data are not here")
    from python_calamine import CalamineWorkbook

    bank = set()
    for name in names:
        for row in CalamineWorkbook.from_path(SHARED / name).get_sheet_by_index(0).to_python():
            for cell in row:
                text = re.sub(r"\s+", "", str(cell))
                bank.update(text[i : i + RUN] for i in range(len(text) - RUN + 1))
    own = [row["text"] for row in rows]
    for path in sorted((ROOT / "renda_nlp" / "resources").rglob("*.*")):
        if path.suffix in (".toml", ".json", ".txt", ".tsv"):
            own += LAW_TITLE.sub(" ", path.read_text("utf-8")).splitlines()
    for text in own:
        plain = re.sub(r"\s+", "", text)
        assert not [
            plain[i : i + RUN] for i in range(len(plain) - RUN + 1) if plain[i : i + RUN] in bank
        ]


def test_the_taxonomy_keeps_the_fixed_ids_and_has_a_level_below():
    taxonomy = default_taxonomy()
    assert len(taxonomy.topic_ids) == 23
    assert taxonomy.topic_ids[0] == "poverty_alleviation"
    assert taxonomy.topic_ids[-1] == "other"
    assert len(taxonomy.subtopics) >= 110
    for sub in taxonomy.subtopics:
        assert sub.definition
        assert sub.cues
        assert sub.colloquial
        assert sub.departments
        assert sub.committee
        assert sub.methods
        assert sub.laws or sub.topic_id == "other"
        assert sub.work_title
        assert sub.authority in ("township", "station", "county", "none")


def test_every_class_of_the_petition_office_has_a_topic():
    source = ROOT / "renda_nlp" / "resources" / "taxonomy" / "petition_office_mapping.tsv"
    head, *lines = source.read_text("utf-8").splitlines()
    taxonomy = default_taxonomy()
    assert len({line.split("\t")[0] for line in lines}) == 15  # all of its first level
    assert len(lines) == 118  # and of its second
    for line in lines:
        row = dict(zip(head.split("\t"), line.split("\t"), strict=False))
        assert row["topic"] in taxonomy.topic_ids
        found = taxonomy.subtopic(row["subtopic"])
        assert found is not None
        assert found.topic_id == row["topic"]
