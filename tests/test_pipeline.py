import json
import re
import shutil
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from renda_nlp.config import Config, OfficeConfig, RunConfig
from renda_nlp.evidence import source_stretches
from renda_nlp.framing import find_area, settle_office
from renda_nlp.pipeline import run
from renda_nlp.records import Document, find_quotes
from renda_nlp.reports.summary import period_covered
from renda_nlp.writing import OUTPUT_FILES, write_run

SAMPLE = Path(__file__).parent.parent / "corpora" / "sample"
PLANTED = json.loads((SAMPLE.parent / "sample.planted.json").read_text("utf-8"))
AS_OF = date(2025, 12, 31)


@pytest.fixture(scope="module")
def finished():
    return run(SAMPLE, Config(), as_of=AS_OF)


@pytest.fixture(scope="module")
def planted_rows(finished):
    table = finished.table
    texts = [table.opinion(i).text.replace("\n", "") for i in range(len(table))]
    return {
        spot["id"]: [
            next(i for i, text in enumerate(texts) if member["contains"] in text)
            for member in spot["members"]
        ]
        for spot in PLANTED["hotspots"]
    }


def test_both_sums_hold(finished):
    counts = finished.report.counts
    assert counts["files_in"] == counts["files_read"] + counts["files_left_out"]
    assert counts["rows_in"] == counts["rows_with_opinions"] + counts["rows_set_aside"]
    assert counts["opinions"] == counts["rows_with_opinions"] + counts["opinions_from_lists"]
    assert counts["opinions"] == counts["voices"] + counts["official_sentences"]
    assert counts["voices_in_period"] == counts["in_issues"] + counts["single"]


def test_every_file_is_read_or_listed(finished):
    files = {path.relative_to(SAMPLE).as_posix() for path in SAMPLE.rglob("*") if path.is_file()}
    read = {document.file for document in finished.report.documents}
    listed = {failure.source for failure in finished.report.failures}
    ignored = {file for file in files if Path(file).name.startswith("~$")}
    assert files == read | listed | ignored
    assert not read & listed
    assert listed == set(PLANTED["unreadable"]) - ignored


def test_document_kinds_are_right(finished):
    wrong = [
        document.file
        for document in finished.report.documents
        if PLANTED["kinds"][document.file] != document.kind
    ]
    assert len(wrong) <= 0.05 * len(finished.report.documents)


def test_every_register_row_becomes_an_opinion(finished):
    per_file = Counter(row.opinion.passages[0].locator.file for row in finished.table.rows())
    for file, n in PLANTED["rows"].items():
        aside = sum(item.locator.file == file for item in finished.report.set_aside)
        assert per_file[file] <= n + 2
        assert per_file[file] + aside >= n


def issue_of(report, table):
    index = {opinion_id: i for i, opinion_id in enumerate(table.ids)}
    return {index[m]: issue.issue_id for issue in report.issues for m in issue.members}


def test_planted_hotspots_are_found(finished, planted_rows):
    issues = issue_of(finished.report, finished.table)
    sizes = Counter(issues.values())
    found = []
    for spot, rows in planted_rows.items():
        best = Counter(issues[i] for i in rows if i in issues).most_common(1)
        if best and best[0][1] >= 2 and best[0][1] > 0.5 * sizes[best[0][0]]:
            found.append(spot)
    assert len(found) >= 0.9 * len(planted_rows), sorted(set(planted_rows) - set(found))


def test_look_alikes_stay_apart(finished, planted_rows):
    issues = issue_of(finished.report, finished.table)
    one, two = [s["id"] for s in PLANTED["hotspots"] if s["role"] == "lookalike"]
    assert not {issues.get(i) for i in planted_rows[one]} & {
        issues.get(i) for i in planted_rows[two]
    } - {None}


def test_decoys_are_not_chosen(finished, planted_rows):
    issues = issue_of(finished.report, finished.table)
    chosen = {i for c in finished.report.candidates if c.chosen for i in c.issue_ids}
    for spot in PLANTED["must_not_choose"]:
        majority = Counter(issues[i] for i in planted_rows[spot] if i in issues).most_common(1)
        assert not majority or majority[0][0] not in chosen  # no hotspot, nothing to choose


def test_planted_intersections_are_chosen(finished, planted_rows):
    issues = issue_of(finished.report, finished.table)
    chosen = {i for c in finished.report.candidates if c.chosen for i in c.issue_ids}
    missed = [
        spot
        for spot in PLANTED["must_choose"]
        if not {issues[i] for i in planted_rows[spot] if i in issues} & chosen
    ]
    assert not missed


def test_few_topics_are_chosen_and_every_other_has_its_reason(finished):
    candidates = finished.report.candidates
    chosen = [c for c in candidates if c.chosen]
    assert 1 <= len(chosen) <= 8
    assert [c.rank for c in chosen] == list(range(1, len(chosen) + 1))
    assert all(c.reason for c in candidates)
    assert all(5 <= len(c.questions) <= 8 and c.methods and c.departments for c in chosen)
    assert all(c.title.startswith("关于柏渡镇") for c in chosen)


def test_every_quote_stands_at_its_place(finished):
    quotes = list(find_quotes(finished.report))
    found = source_stretches({quote.passage for quote in quotes}, SAMPLE, Config().read)
    assert len(quotes) > 100
    for quote in quotes:
        assert len(found[quote.passage]) == quote.passage.end - quote.passage.start > 0
    assert not [f for f in finished.report.failures if f.stage == "quote"]


def test_each_summary_sentence_names_its_opinions(finished):
    known = set(finished.table.ids)
    for issue in finished.report.issues:
        assert all(s.opinion_ids and set(s.opinion_ids) <= known for s in issue.summary)


SECRETS = re.compile(
    r"(?<![0-9a-f])1(?:99|3\d|5\d|8\d)\d{8}(?![0-9a-f])|(?<![0-9a-f])[1-8]\d{5}(?:19|20)\d{9}[\dX]"
)


def output_texts(folder):
    import zipfile

    for path in sorted(folder.iterdir()):
        if path.suffix in (".docx", ".xlsx"):
            with zipfile.ZipFile(path) as package:
                for name in package.namelist():
                    if name.endswith(".xml"):
                        yield path.name, package.read(name).decode("utf-8")
        elif path.suffix in (".html", ".json", ".jsonl"):
            yield path.name, path.read_text("utf-8")


def test_no_output_holds_a_phone_or_id_number(finished, tmp_path):
    paths = write_run(finished, tmp_path / "out")
    assert {path.name for path in paths} >= set(OUTPUT_FILES.values()) - {"opinions.parquet"}
    for name, text in output_texts(tmp_path / "out"):
        assert not SECRETS.findall(text), name


def test_two_runs_give_the_same_bytes_also_inside_the_folder(tmp_path):
    folder = tmp_path / "资料"
    shutil.copytree(SAMPLE / "05选民意见", folder / "05选民意见")
    shutil.copytree(SAMPLE / "01党委与上级", folder / "01党委与上级")
    config = Config(run=RunConfig(jobs=1))
    inside, outside = folder / "报告", tmp_path / "报告"
    for output in (inside, outside, inside):
        write_run(run(folder, config, as_of=AS_OF, output=output), output)
    for name in OUTPUT_FILES.values():
        assert (inside / name).read_bytes() == (outside / name).read_bytes(), name


def test_processes_give_the_same_report_as_one_process(tmp_path):
    folder = tmp_path / "资料"
    shutil.copytree(SAMPLE / "05选民意见", folder)
    one, two = (
        run(folder, Config(run=RunConfig(jobs=jobs, batch_size=100)), as_of=AS_OF)
        for jobs in (1, 2)
    )
    assert one.report == two.report
    assert list(one.table.rows()) == list(two.table.rows())


def test_an_empty_folder_gives_a_report_that_says_so(tmp_path):
    (tmp_path / "in").mkdir()
    finished = run(tmp_path / "in", Config())
    assert finished.report.counts["opinions"] == 0
    assert len(write_run(finished, tmp_path / "out")) >= 5


def test_rows_of_a_register_are_counted_one_by_one(tmp_path):
    listed = "1、高坎村三组自来水天天停水，没人来修。2、石沙路坑太多，摩托车摔了两次。"
    lines = ["序号,反映内容", f"1,{listed}", f"2,{listed}", "3,桥头路灯坏了半年没人管", "4,"]
    (tmp_path / "登记表.csv").write_text("\n".join(lines) + "\n", "utf-8")
    counts = run(tmp_path, Config()).report.counts
    assert counts["rows_in"] == len(lines)
    assert counts["rows_set_aside"] == 2
    assert counts["rows_with_opinions"] == 3
    assert counts["opinions"] == 5
    assert counts["opinions_from_lists"] == 2


@pytest.mark.parametrize(
    ("rows", "area"),
    [
        (
            [("a.csv", "柏渡镇路灯不亮"), ("b.csv", "柏渡镇要修路"), ("b.csv", "下河镇停水")],
            "柏渡镇",
        ),
        ([("a.csv", "柏渡镇路灯不亮"), ("a.csv", "柏渡镇要修路"), ("a.csv", "学校太远")], "柏渡镇"),
        (
            [
                ("a.csv", f"{name}镇路灯不亮")
                for name in ("柏渡", "下河", "上湾", "石桥", "云溪", "青竹")
            ],
            "本镇",
        ),
        ([("a.csv", "路灯不亮")], "本镇"),
    ],
)
def test_the_area_is_named_only_when_the_material_agrees(make_opinion, make_table, rows, area):
    opinions = [make_opinion(text, number) for number, (_, text) in enumerate(rows)]
    placed = [
        replace(o, passages=(replace(o.passages[0], locator=replace(o.passages[0].locator, file=f)),))
        for o, (f, _) in zip(opinions, rows, strict=True)
    ]  # fmt: skip
    assert find_area(make_table(placed), OfficeConfig(level="township")) == area


@pytest.mark.parametrize(
    ("level", "titles", "area"),
    [
        ("township", ["大梁镇选民意见登记表", "来信登记"], "大梁镇"),
        ("subdistrict", ["中共云栖市滨江区梧桐街道工作委员会2025年工作要点", "梧桐街道办事处2025年工作总结"], "梧桐街道"),
        ("township", ["大梁镇选民意见登记表", "石桥镇2025年接待登记"], "本镇"),
        ("township", ["关于修路的建议"], "本镇"),
    ],
)  # fmt: skip
def test_titles_name_the_area_that_opinions_do_not(make_opinion, make_table, level, titles, area):
    table = make_table([make_opinion("路灯不亮", 1)])
    papers = [
        Document(
            file=f"{n}.docx", format="docx", kind="feedback", kind_confidence=1.0, title=title,
            date=None, n_bytes=1, fingerprint="",
        )
        for n, title in enumerate(titles)
    ]  # fmt: skip
    assert find_area(table, OfficeConfig(level=level), papers) == area


def _register(folder, dates):
    lines = [f"{day},东街第{i}根路灯坏了三个月没人来修" for i, day in enumerate(dates)]
    folder.mkdir()
    (folder / "登记表.csv").write_text("\n".join(["日期,意见", *lines]), "utf-8")
    return run(folder, Config()).report


@pytest.mark.parametrize(
    ("dates", "first", "last", "n_later"),
    [
        (["2025-03-01", "2025-12-31", "2025-05-02"], (2025, 1, 1), (2025, 12, 31), 0),
        (["2024-01-05", "2024-02-28", "2024-02-01"], (2023, 3, 1), (2024, 2, 28), 0),
        (["2025-03-01", "2025-06-01", "2052-05-02"], (2024, 6, 2), (2025, 6, 1), 1),
        (["2021-03-01", "2025-06-01"], (2024, 6, 2), (2025, 6, 1), 0),  # too few to call one a slip
    ],
)
def test_the_period_is_a_year_and_no_slip_moves_it(tmp_path, dates, first, last, n_later):
    report = _register(tmp_path / "材料", dates)
    assert report.period == (date(*first), date(*last))
    assert report.counts["voices_later"] == n_later


def test_material_without_dates_says_so(tmp_path):
    report = _register(tmp_path / "材料", ["", "", ""])
    assert "没有写日期" in period_covered(report)
    assert report.counts["voices_in_period"] == 3


def _paper(title):
    return Document(
        file="a.docx",
        format="docx",
        kind="work_report",
        kind_confidence=1.0,
        title=title,
        date=None,
        n_bytes=1,
        fingerprint="0" * 16,
    )


@pytest.mark.parametrize(
    ("name", "titles", "rows", "level"),
    [
        ("云溪街道人大工委", [], [], "subdistrict"),
        ("", ["柏渡镇人民政府工作报告（2024年）", "政府工作报告"], [], "township"),
        ("", ["栖川县人民政府工作报告"], [], "county"),
        (
            "",
            ["石渡镇人大主席团工作报告", "云溪镇人大报告", "关于柏木乡人大工作的报告"],
            [],
            "county",
        ),
        ("", [], ["K1区", "K2县", "A7县"] * 4, "county"),
        ("", [], ["石渡镇", "云溪镇", "柏木乡"] * 4, "county"),
        ("", [], ["石渡镇"] * 9 + ["云溪镇", "柏木乡", "大岭乡"] * 3, "county"),
        ("", [], ["石渡镇"] * 9 + ["云溪镇"] * 3, "township"),
        ("", [], [], "township"),
    ],
)
def test_the_level_is_told_by_name_papers_and_places(
    make_opinion, make_table, name, titles, rows, level
):
    table = make_table([make_opinion(f"{row}的路烂了", i) for i, row in enumerate(rows)])
    office = settle_office(OfficeConfig(name=name), table, [_paper(title) for title in titles])
    assert office.level == level
    fixed = OfficeConfig(name=name, level="subdistrict")
    assert settle_office(fixed, table) is fixed
