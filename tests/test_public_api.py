import re
from pathlib import Path

import pytest

import renda_nlp

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")


def test_the_public_names_are_sorted_and_true():
    assert renda_nlp.__all__ == sorted(
        renda_nlp.__all__, key=lambda n: (not n.isupper(), n[0].islower(), n)
    )
    for name in renda_nlp.__all__:
        assert getattr(renda_nlp, name).__class__ is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        renda_nlp.nothing  # noqa: B018


def test_the_readme_example_runs(capsys, monkeypatch):
    monkeypatch.chdir(Path(__file__).parent.parent)
    code = re.search(r"```python\n(.*?)```", README, re.S).group(1)
    exec(compile(code, "README.md", "exec"), {})
    first, second = capsys.readouterr().out.strip().splitlines()
    assert first.split()[0] == "drinking_water"
    assert int(second.split()[0]) > 0


def test_the_stages_work_one_by_one(tmp_path):
    (tmp_path / "意见箱.txt").write_text(
        "高坎村三组自来水每天停水，水压不足。\n高坎村四组自来水又停水了，水压太小。\n", "utf-8"
    )
    opinions, _, failures = renda_nlp.read_folder(tmp_path)
    assert not failures
    issues = renda_nlp.find_hotspots(opinions)
    assert [issue.n_opinions for issue in issues] == [2]
    candidates = renda_nlp.select_topics(opinions)
    assert candidates[0].issue_ids == ("2000-001",)
    assert not candidates[0].chosen
    text = "主席团会议"
    assert [text[t.start : t.end] for t in renda_nlp.segment(text)] == ["主席团会议"]
    assert "19900001234" not in renda_nlp.mask_text("电话19900001234")
