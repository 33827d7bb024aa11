"""Masking over cases that were written without knowledge of the code."""

import json
import re
from pathlib import Path

import pytest

from renda_nlp.annotation import find_personal_data, mask, mask_text
from renda_nlp.annotation.personal_data import find_personal_data_of
from renda_nlp.ngrams import TextBatch

HERE = Path(__file__).parent
FILES = ("personal_data_cases.jsonl", "names_rows.jsonl")
RECALL, PRECISION, KEPT = 0.97, 0.93, 0.97


def cases(*files):
    texts = [(HERE / file).read_text(encoding="utf-8") for file in files]
    return [json.loads(line) for text in texts for line in text.splitlines()]


def spans_of(case):
    return find_personal_data(
        case["text"], kind=case.get("kind", "feedback"), private_names=case.get("names", ())
    )


def is_covered(secret, case):
    covered = (case["text"][span.start : span.end] for span in spans_of(case))
    return secret not in mask(case["text"], spans_of(case)) and any(secret in c for c in covered)


@pytest.mark.parametrize("file", FILES)
def test_secrets_are_found(file):
    pairs = [(secret, case) for case in cases(file) for secret in case["secrets"]]
    missed = [(secret, case["text"]) for secret, case in pairs if not is_covered(secret, case)]
    assert 1 - len(missed) / len(pairs) >= RECALL, missed


@pytest.mark.parametrize("file", FILES)
def test_what_is_masked_is_secret(file):
    masked = [
        (case["text"][span.start : span.end], case)
        for case in cases(file)
        for span in spans_of(case)
    ]
    wrong = [
        (covered, case["text"])
        for covered, case in masked
        if not any(secret in covered for secret in case["secrets"])
    ]
    assert 1 - len(wrong) / len(masked) >= PRECISION, wrong


@pytest.mark.parametrize("file", FILES)
def test_places_firms_and_officials_stay(file):
    pairs = [(word, case) for case in cases(file) for word in case["keep"]]
    lost = [
        (word, case["text"])
        for word, case in pairs
        if word not in mask(case["text"], spans_of(case))
    ]
    assert 1 - len(lost) / len(pairs) >= KEPT, lost


def test_no_phone_paper_or_card_is_missed():
    numbers = [
        (secret, case)
        for case in cases(*FILES)
        for secret in case["secrets"]
        if len(re.findall(r"\d", secret)) >= 11
    ]
    assert len(numbers) > 100
    assert not [(secret, case["text"]) for secret, case in numbers if not is_covered(secret, case)]


def test_masking_twice_changes_nothing():
    for case in cases(*FILES):
        once = mask(case["text"], spans_of(case))
        assert mask_text(once, kind=case.get("kind", "feedback")) == once


def test_spans_are_sorted_and_do_not_overlap():
    for case in cases(*FILES):
        ends = [0]
        for span in spans_of(case):
            assert ends[-1] <= span.start < span.end <= len(case["text"])
            ends.append(span.end)


PROSE = [
    ("来电人称其丈夫罗永福遭工程车撞死", "来电人称其丈夫[姓名]遭工程车撞死"),
    ("厂长岑万利手机19900000000", "厂长[姓名]手机[电话]"),
    ("邻居陶二娃砌墙挡住了路", "邻居[姓名]砌墙挡住了路"),
    ("教师钱某体罚学生", "教师钱某体罚学生"),
    ("尊敬的曾书记，请过问此事", "尊敬的曾书记，请过问此事"),
    ("1、云溪镇", "1、云溪镇"),
    ("云溪镇", "云溪镇"),
    ("电话１９９００００１２３４", "电话[电话]"),
]


@pytest.mark.parametrize(("text", "masked"), PROSE)
def test_hotline_prose(text, masked):
    assert mask_text(text) == masked


@pytest.mark.parametrize(
    "text", ["", "\n", "，。", "王", "我叫", "[姓名]、", "1" * 500, "王" * 500]
)
def test_odd_texts_are_no_trouble(text):
    assert mask_text(mask_text(text)) == mask_text(text)


FLOORS = {  # of recall and precision
    "personal_data_blind.jsonl": (0.97, 0.95),
    "personal_data_blind2.jsonl": (0.95, 0.95),
    "personal_data_blind3.jsonl": (0.88, 0.92),  # never trained on
}


@pytest.mark.parametrize("file", FLOORS)
def test_cases_written_apart_keep_what_was_reached(file):
    """716, 621 and 855 cases written without knowledge of the code; the first two trained on since.

    On first sight recall was 0.660 on the first, 0.782 on the second and 0.835 on the third file; by cross-validation
    (``scripts/cross_validate_names.py``) it is lower than here. The floors are what was reached.
    """
    found = gold = right = masked = 0
    for case in cases(file):
        text, spans = case["text"], spans_of(case)
        covered = {at for span in spans for at in range(span.start, span.end)}
        secrets = [secret for secret, _ in case["spans"]]
        gold += len(secrets)
        for secret in secrets:
            start = text.index(secret)
            found += covered.issuperset(range(start, start + len(secret)))
        masked += len(spans)
        right += sum(
            any(
                secret in text[span.start : span.end] or text[span.start : span.end] in secret
                for secret in secrets
            )
            for span in spans
        )
    recall, precision = FLOORS[file]
    assert found / gold >= recall
    assert right / masked >= precision


def test_a_batch_without_texts_and_texts_without_characters():
    assert find_personal_data_of(TextBatch([]), [], []) == []
    texts = ["", "朵", "邻居敖日格乐"]
    found = find_personal_data_of(TextBatch(texts), ["feedback"] * 3, [()] * 3)
    assert [len(spans) for spans in found] == [0, 0, 1]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("我叫但启明，邻居敖日格乐的牛吃了庄稼", "我叫[姓名]，邻居[姓名]的牛吃了庄稼"),
        ("来电者John Smith反映", "来电者[姓名]反映"),
        ("我们楼301的龚阿姨腿脚不好", "我们楼[房号]的[姓名]腿脚不好"),
        ("边民证（BM53280017429）丢了", "边民证（[证件号]）丢了"),
        ("手机136O2847195", "手机[电话]"),
    ],
)
def test_callings_and_codes(text, masked):
    assert mask_text(text) == masked


def test_official_papers_name_office_holders_and_hide_villagers():
    text = "附议代表：何秀兰、蒋大林。信访户嵇友根的事要解决。"
    assert (
        mask_text(text, kind="suggestion") == "附议代表：何秀兰、蒋大林。信访户[姓名]的事要解决。"
    )


def test_names_that_bearers_of_office_keep():
    assert (
        mask_text("局长田军带队督办，王秀兰反映的积水已清。", kind="reply")
        == "局长田军带队督办，[姓名]反映的积水已清。"
    )
    assert "田军" in mask_text("局长田军作报告", kind="work_report")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("业主赫连清风说水压太低", "业主[姓名]说水压太低"),
        ("护照号E12345678，电话一三八零零一二三四五六", "护照号[证件号]，电话[电话]"),
        ("邮箱abc艾特163点com", "邮箱[邮箱]"),
        ("五号楼三单元四零二漏水", "五号楼[房号]漏水"),
        ("老乡仁青才让反映围栏破损", "老乡[姓名]反映围栏破损"),
        ("高速出口的路灯坏了，安全没有保障", "高速出口的路灯坏了，安全没有保障"),
        ("我家3栋2单元501漏水", "我家3栋[房号]漏水"),
        ("住高坎村二组6号", "住高坎村二组[房号]"),
        ("中山路88号镇政府门口积水", "中山路88号镇政府门口积水"),
        ("来电人黄女士称停水", "来电人[姓名]称停水"),
        ("尊敬的刘书记您好", "尊敬的刘书记您好"),
        ("刘书记说三天解决", "某工作人员说三天解决"),
        ("语文老师不够，公安局长接访", "语文老师不够，公安局长接访"),
        ("村里放电影《张思德》", "村里放电影《张思德》"),
    ],
)
def test_forms_of_address_and_doors(text, masked):
    assert mask_text(text) == masked
