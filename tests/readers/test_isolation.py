"""Reading in a process of its own: same results, and no file takes the run down."""

import dataclasses
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from renda_nlp.config import ReadConfig
from renda_nlp.errors import ReadError
from renda_nlp.readers import close_workers, isolation, read_file, read_folder, read_table

SAMPLE = Path(__file__).parents[2] / "corpora" / "sample"
WORKER = ReadConfig()
HERE = dataclasses.replace(WORKER, isolated=False)
needs_posix = pytest.mark.skipif(os.name != "posix", reason="no address-space limit here")


@pytest.fixture
def fresh():
    """Give no worker of an earlier test, and leave none with odd limits."""
    close_workers()
    yield
    close_workers()


def _contents(folder, config):
    failures = []
    found = [(s.document, tuple(s.blocks)) for s in read_folder(folder, config, failures)]
    return found, failures


def _table(path, n_rows=60_000):
    with path.open("w", encoding="utf-8") as file:
        file.write("编号,内容,时间\n")
        file.writelines(
            f"{n},高坎村三组自来水停水，第{n}次反映,2025-03-01\n" for n in range(n_rows)
        )
    return path


def _text(path, text="高坎村停水三天。\n"):
    path.write_text(text, "utf-8")
    return path


def test_worker_and_this_process_read_the_same():
    assert _contents(SAMPLE, WORKER) == _contents(SAMPLE, HERE)


def test_archives_odd_names_and_bad_files_are_the_same(tmp_path):
    with zipfile.ZipFile(tmp_path / "附件.zip", "w") as package:
        package.writestr("一/停水.txt", "停水三天。\n断电两天。\n")
        package.writestr("坏.docx", b"PK\x03\x04")
        package.writestr("二.csv", "编号,内容,时间\n1,路灯不亮,3月\n2,停水,4月\n")
    _text(tmp_path / "😀.txt")
    if os.name == "posix":
        _text(Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xc2\xb7\xb5\xc6.txt")))  # a GBK name
    _text(tmp_path / "断行.jsonl", '{"a": "停水"}\n{坏\n')
    found, failures = _contents(tmp_path, WORKER)
    assert (found, failures) == _contents(tmp_path, HERE)
    assert len(found) == 5 if os.name == "posix" else 4
    assert [failure.source for failure in failures] == ["断行.jsonl", "附件.zip!坏.docx"]


def test_many_files_share_one_process(tmp_path, fresh, monkeypatch):
    for number in range(50):
        _text(tmp_path / f"{number}.txt")
    started = []
    make = isolation._Worker.__init__
    monkeypatch.setattr(
        isolation._Worker, "__init__", lambda self: (started.append(self), make(self))[1]
    )
    assert len(_contents(tmp_path, WORKER)[0]) == 50
    assert len(started) == 1


def test_a_worker_that_dies_costs_the_rest_of_one_file(tmp_path, fresh):
    _table(tmp_path / "a.csv")
    _text(tmp_path / "b.txt")
    failures, n_rows, files = [], 0, []
    for source in read_folder(tmp_path, WORKER, failures):
        files.append(source.document.file)
        for _ in source.blocks:
            n_rows += 1
            if n_rows == 1:
                (worker,) = isolation._ALL
                os.kill(worker._process.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    assert files == ["a.csv", "b.txt"]
    assert 1 < n_rows < 60_000
    (failure,) = failures
    assert failure.source == "a.csv"
    assert "异常退出" in failure.reason


def test_a_file_that_takes_too_long_is_listed(tmp_path, fresh):
    hurried = dataclasses.replace(WORKER, max_silent_seconds=0)
    failures = []
    _text(tmp_path / "a.txt")
    assert list(read_folder(tmp_path, hurried, failures)) == []
    assert "超过时限（0秒）" in failures[0].reason
    assert "max_silent_seconds" in failures[0].remedy
    assert not isolation._ALL
    patient = dataclasses.replace(WORKER, max_file_seconds=0)
    list(read_folder(tmp_path, patient, failures))
    assert "max_file_seconds" in failures[1].remedy
    assert len(_contents(tmp_path, WORKER)[0]) == 1


@needs_posix
def test_memory_is_bounded(tmp_path, fresh):
    (tmp_path / "a.html").write_text("<p>停水三天。" * 8_000_000, "utf-8")
    _text(tmp_path / "b.txt")
    tight = dataclasses.replace(WORKER, max_memory_bytes=400_000_000)
    found, failures = _contents(tmp_path, tight)
    assert [document.file for document, _ in found][-1] == "b.txt"
    assert [failure.source for failure in failures] == ["a.html"]


def test_a_reading_left_early_keeps_nothing_running(tmp_path, fresh):
    path = _table(tmp_path / "a.csv")
    sources = read_file(path, "a.csv", WORKER)
    next(next(sources).blocks)
    sources.close()
    assert not isolation._ALL
    assert sum(1 for _ in read_table(path, "a.csv", WORKER).blocks) == 60_001


def test_temporary_files_go_with_the_worker(tmp_path, fresh):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as package:
        package.writestr("停水.csv", "编号,内容,时间\n" + "1,停水三天,3月\n" * 100_000)
    sources = read_file(tmp_path / "a.zip", "a.zip", WORKER)
    next(next(sources).blocks)
    (worker,) = isolation._ALL
    scratch = Path(worker._scratch)
    assert list(scratch.iterdir())
    sources.close()
    assert not scratch.exists()


def test_blocks_used_too_late_are_an_error_and_not_silently_none(tmp_path):
    _text(tmp_path / "a.txt")
    (source,) = read_folder(tmp_path, WORKER, [])
    with pytest.raises(RuntimeError, match="before asking for the next"):
        list(source.blocks)


def test_errors_reach_who_asked_for_them(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(b"PK\x03\x04")
    for config in (WORKER, HERE):
        with pytest.raises(ReadError, match=r"a\.docx：文件已损坏.*另存"):
            list(read_file(path, "a.docx", config))
        with pytest.raises(ReadError, match=r"a\.docx：文件已损坏.*另存"):
            read_table(path, "a.docx", config)


def test_a_script_without_main_guard_and_with_traps_beside_it_works(tmp_path):
    _text(tmp_path / "json.py", "raise SystemExit('imported from the folder of the material')")
    _text(tmp_path / "a.txt")
    script = (
        "from renda_nlp.config import ReadConfig; from renda_nlp.readers import read_folder;"
        "from pathlib import Path; found = [];"
        "print(sum(len(list(s.blocks)) for s in read_folder(Path('.'), ReadConfig(), found)), found)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "2 []\n", done.stderr
