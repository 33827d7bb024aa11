"""Folders: every file is read, ignored or listed; archives are opened with limits."""

import dataclasses
import io
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from renda_nlp.config import ReadConfig
from renda_nlp.errors import InputError, ReadError
from renda_nlp.readers import list_files, read_file, read_folder
from renda_nlp.readers.text import TextReader
from renda_nlp.records import Block


def _folder(tmp_path: Path) -> Path:
    root = tmp_path / "资料"
    (root / "子").mkdir(parents=True)
    (root / "子" / "b.txt").write_text("高坎村停水。\n", "utf-8")
    (root / "a.txt").write_text("石沙路烂了。\n", "utf-8")
    (root / "~$a.docx").write_bytes(b"x")
    (root / "Thumbs.db").write_bytes(b"x")
    (root / "空.docx").write_bytes(b"")
    (root / "照片.jpg").write_bytes(b"\xff\xd8\xff\xe0xx")
    (root / "子" / "回环").symlink_to(root, target_is_directory=True)
    (root / "断链.txt").symlink_to(root / "没有.txt")
    return root


def test_every_file_is_accounted_for(tmp_path: Path) -> None:
    root = _folder(tmp_path)
    failures = []
    sources = list(read_folder(root, ReadConfig(), failures))
    assert [source.document.file for source in sources] == ["a.txt", "子/b.txt"]
    assert {failure.source for failure in failures} == {"空.docx", "照片.jpg", "断链.txt"}
    entries = list_files(root, ReadConfig())
    assert [entry.file for entry in entries] == sorted(entry.file for entry in entries)
    ignored = [entry.file for entry in entries if entry.ignored]
    assert ignored == ["Thumbs.db", "~$a.docx"]
    assert len(entries) == len(sources) + len(failures) + len(ignored)


def test_own_outputs_are_skipped(tmp_path: Path) -> None:
    (tmp_path / "报告").mkdir()
    (tmp_path / "报告" / ".renda-output").write_text("")
    (tmp_path / "报告" / "x.txt").write_text("停水", "utf-8")
    (tmp_path / "r.html").write_text('<html><meta name="generator" content="renda_nlp">', "utf-8")
    (tmp_path / "r.json").write_text(
        json.dumps({"schema": "renda_nlp/report/1", "created_from": {}})
    )
    (tmp_path / "o.jsonl").write_text('{"_renda": "opinions", "x": 1}\n{"a": 1}\n')
    with zipfile.ZipFile(tmp_path / "r.docx", "w") as package:
        package.writestr("docProps/core.xml", "<k>renda_nlp-output</k>")
        package.writestr("word/document.xml", "<x/>")
    failures = []
    assert list(read_folder(tmp_path, ReadConfig(), failures)) == []
    assert failures == []


def test_kind_override_and_missing_folder(tmp_path: Path) -> None:
    root = _folder(tmp_path)
    config = ReadConfig(kind_overrides=(("子/*", "study"),))
    kinds = [(s.document.kind, s.document.kind_confidence) for s in read_folder(root, config, [])]
    assert kinds[1] == ("study", 1.0)
    with pytest.raises(InputError, match="不是文件夹"):
        list_files(tmp_path / "没有", ReadConfig())


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return buffer.getvalue()


def test_nested_archives(tmp_path: Path) -> None:
    text = "高坎村停水三天。\n".encode()
    deep = _zip({"d.txt": text})
    for level in range(3):
        deep = _zip({f"{level}.zip": deep, f"{level}.txt": text})
    path = tmp_path / "o.zip"
    path.write_bytes(deep)
    failures = []
    files = [source.document.file for source in read_file(path, "o.zip", ReadConfig(), failures)]
    assert files == ["o.zip!2.txt", "o.zip!2.zip!1.txt", "o.zip!2.zip!1.zip!0.txt"]
    assert failures[0].source == "o.zip!2.zip!1.zip!0.zip"


def test_gbk_names_and_traversal(tmp_path: Path) -> None:
    raw = _zip({"abcd.txt": "停水。".encode()}).replace(b"abcd.txt", "停水".encode("gbk") + b".txt")
    path = tmp_path / "o.zip"
    path.write_bytes(raw)
    assert [s.document.file for s in read_file(path, "o.zip", ReadConfig())] == ["o.zip!停水.txt"]
    path.write_bytes(_zip({"../../x.txt": "停水。".encode()}))
    assert [s.document.file for s in read_file(path, "o.zip", ReadConfig())] == ["o.zip!x.txt"]
    assert not (tmp_path.parent / "x.txt").exists()


@pytest.mark.slow
def test_archive_limits(tmp_path: Path) -> None:
    path = tmp_path / "o.zip"
    path.write_bytes(_zip({"a.txt": b"0" * 3_000_000, "b.txt": "停水。".encode()}))
    config = dataclasses.replace(ReadConfig(), max_archive_bytes=1_000_000)
    failures = []
    assert [s.document.file for s in read_file(path, "o.zip", config, failures)] == ["o.zip!b.txt"]
    assert failures[0].source == "o.zip!a.txt"
    path.write_bytes(_zip({"word/document.xml": b"0" * 400_000_000}))
    with pytest.raises(ReadError, match="过大"):
        list(read_file(path, "o.zip", ReadConfig()))


def test_unexpected_error_of_a_reader_is_a_failure(tmp_path: Path, monkeypatch) -> None:
    def broken(*_: object) -> Iterator[Block]:
        yield from ()
        raise AttributeError("parser bug")

    monkeypatch.setattr(TextReader, "read", broken)
    path = tmp_path / "a.txt"
    path.write_text("停水", "utf-8")
    failures = []
    assert list(read_file(path, "a.txt", ReadConfig(isolated=False), failures)) == []
    assert "AttributeError" in failures[0].reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("停水", "utf-8")
    path.chmod(0)
    (entry,) = list_files(tmp_path, ReadConfig())
    assert "权限" in entry.problem
