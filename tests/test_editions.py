"""Two editions of one run: masked, and the internal one in a folder of its own."""

from renda_nlp.config import Config
from renda_nlp.pipeline import run
from renda_nlp.writing import write_run


def test_the_internal_edition_shows_what_the_other_masks(tmp_path):
    rows = ["来访日期,姓名,反映内容", "2025-03-01,张三,白鹤村村主任王大山贪污修路款，电话13812345678。",
            "2025-03-02,李四,白鹤村村主任王大山贪污了修路的钱，请查处。"]  # fmt: skip
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "登记表.csv").write_text("\n".join(rows), "utf-8")
    made = run(tmp_path / "in", Config(), internal=True)
    paths = write_run(made, tmp_path / "out")
    masked = [path for path in paths if "内部资料" not in path.parts]
    inside = [path for path in paths if "内部资料" in path.parts]
    assert {path.name for path in masked} == {path.name for path in inside}
    for path in masked:
        if path.suffix in (".html", ".json", ".jsonl"):
            text = path.read_text("utf-8")
            assert "13812345678" not in text
            assert "王大山" not in text
            assert "请查处" not in text
    page = (tmp_path / "out" / "内部资料" / "report.html").read_text("utf-8")
    assert "内部资料　注意保密" in page
    assert "13812345678" in page
    assert "王大山" in page
    assert "请查处" in page
    spots = made.report.issues
    assert all(not spot.quotes for spot in spots)
    assert made.internal is not None
    assert all(spot.quotes for spot in made.internal.report.issues)
