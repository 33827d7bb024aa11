"""Hostile and broken input: every file is read or listed, nothing outside is touched or fetched."""

import dataclasses
import io
import os
import shutil
import struct
import tempfile
import zipfile
from pathlib import Path

import pytest

from renda_nlp.config import ReadConfig
from renda_nlp.readers import list_files, read_file, read_folder

HERE = ReadConfig(isolated=False)
WORKER = dataclasses.replace(ReadConfig(), max_memory_bytes=1_500_000_000, max_silent_seconds=30)
SECRET = "机密四十二"
TEXTS = ["高坎村三组自来水每天停水。", "石沙路破损严重，请维修。", "路灯不亮已有两个月。"]
MIB = 1 << 20


def _zipped(members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return buffer.getvalue()


def _accounted(path, config=HERE):
    """Return (texts, failures) of a file that must be read or listed."""
    failures = []
    texts = [
        block.text
        for source in read_file(path, path.name, config, failures)
        for block in source.blocks
    ]
    assert texts or failures
    assert all(failure.reason and failure.remedy for failure in failures)
    return texts, failures


def _write(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


# archives


@pytest.mark.slow
def test_zip_bomb_in_layers_is_bounded(tmp_path):
    data = b"0" * (20 * MIB)
    for _ in range(2):
        data = _zipped({f"{number}.zip": data for number in range(5)})
    small = dataclasses.replace(WORKER, max_archive_bytes=30 * MIB)
    _, failures = _accounted(_write(tmp_path, "炸弹.zip", _zipped({"里.zip": data})), small)
    assert failures


def test_zip_that_unpacks_into_itself_ends_at_the_depth_limit(tmp_path):
    data = _zipped({"底.txt": TEXTS[0]})
    for _ in range(60):
        data = _zipped({"自己.zip": data})
    texts, failures = _accounted(_write(tmp_path, "自己.zip", data))
    assert texts == []
    assert "套了3层以上" in failures[0].reason


def test_zip_with_overlapping_members(tmp_path):
    raw = _zipped({"a.txt": TEXTS[0] * 1000})
    at = raw.index(b"PK\x01\x02")
    end = raw.index(b"PK\x05\x06")
    entry = raw[at:end]
    names = [entry.replace(b"a.txt", b"%05d" % number) for number in range(3000)]
    directory = b"".join(names)
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 3000, 3000, len(directory), at, 0)
    path = _write(tmp_path, "重叠.zip", raw[:at] + directory + tail)
    few = dataclasses.replace(WORKER, max_archive_bytes=MIB, max_archive_members=5000)
    _, failures = _accounted(path, few)
    assert len(failures) > 2000


@pytest.mark.parametrize(
    "name", ["../../../x.txt", "/x.txt", "C:\\x.txt", "..\\..\\x.txt", "a/../../x.txt"]
)
def test_members_stay_inside(tmp_path, name):
    inner = tmp_path / "一" / "二" / "三"
    inner.mkdir(parents=True)
    before = set(tmp_path.rglob("*"))
    path = _write(inner, "a.zip", _zipped({name: TEXTS[0]}))
    texts, failures = _accounted(path)
    assert (texts, failures) == ([TEXTS[0]], [])
    assert set(tmp_path.rglob("*")) - before == {path}
    assert not Path("/x.txt").exists()


def test_link_inside_an_archive_is_text_and_not_followed(tmp_path):
    secret = _write(tmp_path, "secret", SECRET)
    info = zipfile.ZipInfo("链接.txt")
    info.external_attr = 0o120777 << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr(info, str(secret))
    texts, _ = _accounted(_write(tmp_path, "a.zip", buffer.getvalue()))
    assert SECRET not in "".join(texts)


# XML


def _xml_package(mixed_files, tmp_path, suffix, part, inject):
    """Write a good file of a format, then put ``inject`` before the root of one part."""
    good = tmp_path / f"good.{suffix}"
    mixed_files.FORMATS[suffix](good, TEXTS)
    path = tmp_path / f"bad.{suffix}"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                text = data.decode("utf-8-sig")
                text = text[text.index("?>") + 2 :] if text.startswith("<?xml") else text
                data = inject(text)
            target.writestr(name, data)
    return path


PARTS = [
    ("docx", "word/document.xml"),
    ("docx", "word/styles.xml"),
    ("xlsx", "xl/sharedStrings.xml"),
    ("xlsx", "xl/workbook.xml"),
    ("pptx", "ppt/slides/s.xml"),
    ("pptx", "ppt/_rels/presentation.xml.rels"),
    ("odt", "content.xml"),
    ("ods", "content.xml"),
    ("ofd", "OFD.xml"),
    ("ofd", "Doc_0/P.xml"),
]


@pytest.mark.parametrize(("suffix", "part"), PARTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_external_entities_reveal_nothing(mixed_files, tmp_path, suffix, part, encoding):
    secret = _write(tmp_path, "secret.txt", SECRET)
    doctype = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}"><!ENTITY n SYSTEM "http://127.0.0.1/x">]>'

    def inject(text):
        text = (
            text.replace(TEXTS[0], "&e;&n;") if TEXTS[0] in text else text.replace("><", ">&e;<", 1)
        )
        head = f'<?xml version="1.0" encoding="{encoding}"?><!--{"x" * 9000}-->'
        return (head + doctype + text).encode(encoding)

    texts, _ = _accounted(_xml_package(mixed_files, tmp_path, suffix, part, inject))
    assert SECRET not in "".join(texts)


@pytest.mark.parametrize(("suffix", "part"), PARTS)
def test_entities_that_grow_stay_small(mixed_files, tmp_path, suffix, part):
    grow = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE x [<!ENTITY e0 "笑">{grow}]>'

    def inject(text):
        text = (
            text.replace(TEXTS[0], "&e11;")
            if TEXTS[0] in text
            else text.replace("><", ">&e11;<", 1)
        )
        return ('<?xml version="1.0"?>' + doctype + text).encode()

    texts, _ = _accounted(_xml_package(mixed_files, tmp_path, suffix, part, inject))
    assert sum(map(len, texts)) < 10_000


def test_entities_in_html_are_not_fetched(tmp_path):
    secret = _write(tmp_path, "secret.txt", SECRET)
    page = f'<!DOCTYPE html [<!ENTITY e SYSTEM "{secret.as_uri()}">]><html><p>&e;{TEXTS[0]}</p>'
    texts, _ = _accounted(_write(tmp_path, "a.html", page))
    assert TEXTS[0] in "".join(texts)
    assert SECRET not in "".join(texts)


# office files


def test_external_links_and_macros_of_word_are_left_alone(make_docx, paragraph, tmp_path):
    path = make_docx(paragraph(TEXTS[0]))
    relation = (
        '<Relationships><Relationship Id="r1" TargetMode="External" Type="x/attachedTemplate" '
        'Target="http://127.0.0.1/evil.dotm"/><Relationship Id="r2" TargetMode="External" '
        'Type="x/image" Target="file:///etc/passwd"/></Relationships>'
    )
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("word/_rels/document.xml.rels", relation)
        package.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0AutoOpen Shell")
    assert _accounted(path) == ([TEXTS[0]], [])  # the guard in conftest refuses connections


def _sheet(tmp_path, body, dimension="A1"):
    path = tmp_path / "a.xlsx"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    path.write_bytes(
        _zipped(
            {
                "[Content_Types].xml": "<Types/>",
                "_rels/.rels": f'<Relationships xmlns="{rels}"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
                "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>',
                "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{rels}"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
                "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><dimension ref="{dimension}"/><sheetData>{body}</sheetData></worksheet>',
            }
        )
    )  # fmt: skip
    return path


def test_workbook_that_claims_a_billion_cells(tmp_path):
    cell = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{TEXTS[0]}</t></is></c></row>'
    texts, _ = _accounted(_sheet(tmp_path, cell, "A1:XFD1048576"), WORKER)
    assert texts in ([TEXTS[0]], [])
    far = cell + '<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row>'
    _, failures = _accounted(_sheet(tmp_path, far), WORKER)
    assert "行列过大" in failures[0].reason


def test_ods_that_repeats_a_billion_cells(tmp_path, mixed_files):
    path = tmp_path / "a.ods"
    mixed_files.FORMATS["ods"](path, TEXTS)
    with zipfile.ZipFile(path) as package:
        content = package.read("content.xml").decode()
    content = content.replace(
        "<table:table-cell ", '<table:table-cell table:number-columns-repeated="16384" '
    ).replace("<table:table-row>", '<table:table-row table:number-rows-repeated="1000000">')
    path.write_bytes(_zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}))  # fmt: skip
    _, failures = _accounted(path, WORKER)
    assert failures


@pytest.mark.parametrize("kind", ["office", "zip"])
def test_password_is_named_as_the_reason(tmp_path, ole_files, kind):
    if kind == "office":
        path = tmp_path / "a.docx"
        ole_files.write_compound_file(path, {"EncryptedPackage": b"x" * 5000})
    else:
        raw = bytearray(_zipped({"word/document.xml": b"<x/>"}))
        for at in (raw.index(b"PK\x03\x04") + 6, raw.index(b"PK\x01\x02") + 8):
            raw[at] |= 1
        path = _write(tmp_path, "a.docx", bytes(raw))
    _, (failure,) = _accounted(path)
    assert "有密码" in failure.reason
    assert "去掉密码" in failure.remedy


# broken and odd files


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.97])
def test_truncated_files_of_every_format(mixed_files, tmp_path, share):
    for number, (suffix, write) in enumerate(mixed_files.FORMATS.items()):
        path = tmp_path / f"{number}.{suffix}"
        write(path, TEXTS * 30)
        data = path.read_bytes()
        path.write_bytes(data[: max(1, int(len(data) * share))])
    failures, read = [], set()
    for source in read_folder(tmp_path, WORKER, failures):
        list(source.blocks)
        read.add(source.document.file.split("!")[0])
    listed = {failure.source.split("!")[0] for failure in failures}
    assert read | listed == {path.name for path in tmp_path.iterdir()}
    assert not any("意外的内容" in failure.reason for failure in failures)


def test_empty_file(tmp_path):
    for suffix in ("txt", "docx", "pdf", "xlsx"):
        _, (failure,) = _accounted(_write(tmp_path, f"a.{suffix}", b""))
        assert "0 字节" in failure.reason


def test_size_limit_names_the_file(tmp_path):
    path = _write(tmp_path, "a.txt", TEXTS[0] * 100)
    _, (failure,) = _accounted(path, dataclasses.replace(HERE, max_file_bytes=1000))
    assert "上限" in failure.reason


def test_one_endless_line_comes_in_pieces(tmp_path):
    path = _write(tmp_path, "a.txt", "停水" * 1_300_000)
    texts, failures = _accounted(path, WORKER)
    assert [len(text) for text in texts] == [1_000_000, 1_000_000, 600_000]
    assert failures == []


def test_names_of_all_kinds(tmp_path):
    names = [
        "很" * 83 + "a.txt",  # 255 bytes with the suffix
        "😀🚰.txt",
        "换\n行\t和\x07铃.txt",
        "-rf ; $(reboot) `x`.txt",
        "a" * 251 + ".txt",
        "\u202eabc.txt",
    ]
    for name in names:
        _write(tmp_path, name, TEXTS[0])
    failures = []
    read = [source.document.file for source in read_folder(tmp_path, WORKER, failures)]
    assert len(read) == len(names)
    assert failures == []
    assert all(name.isprintable() for name in read)


def test_folders_that_link_to_one_another(tmp_path):
    (tmp_path / "甲").mkdir()
    _write(tmp_path / "甲", "a.txt", TEXTS[0])
    (tmp_path / "甲" / "乙").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "丙").symlink_to(tmp_path / "甲", target_is_directory=True)
    (tmp_path / "自己.txt").symlink_to(tmp_path / "自己.txt")
    entries = list_files(tmp_path, HERE)
    assert sorted(Path(entry.file).name for entry in entries) == ["a.txt", "自己.txt"]


def test_files_and_folders_without_permission_are_listed():
    root = Path(tempfile.mkdtemp())  # not below pytest's folder, which is its owner's alone
    try:
        root.chmod(0o755)
        _write(root, "a.txt", TEXTS[0]).chmod(0)
        (root / "锁").mkdir(mode=0)
        as_root = os.geteuid() == 0
        if as_root:
            os.seteuid(65534)
        try:
            entries = list_files(root, HERE)
        finally:
            if as_root:
                os.seteuid(0)
    finally:
        (root / "锁").chmod(0o700)
        shutil.rmtree(root)
    assert [(entry.file, "权限" in entry.problem) for entry in entries] == [
        ("a.txt", True),
        ("锁", True),
    ]


def test_file_deleted_while_the_run_goes_on(tmp_path):
    for name in ("a.txt", "b.txt", "c.txt"):
        _write(tmp_path, name, TEXTS[0])
    failures, read = [], []
    for source in read_folder(tmp_path, WORKER, failures):
        read.append(source.document.file)
        (tmp_path / "b.txt").unlink(missing_ok=True)
    assert read == ["a.txt", "c.txt"]
    assert [failure.source for failure in failures] == ["b.txt"]


@pytest.mark.slow
def test_many_files_in_one_folder(tmp_path):
    for number in range(1500):
        _write(tmp_path, f"{number}.txt", f"{number}{TEXTS[0]}")
    assert sum(1 for source in read_folder(tmp_path, WORKER, []) for _ in source.blocks) == 1500


def test_deep_nesting_does_not_break_the_run(tmp_path, make_docx):
    depth = 20_000
    _accounted(_write(tmp_path, "a.html", "<div>" * depth + TEXTS[0]), WORKER)
    _accounted(
        make_docx("<w:sdt><w:sdtContent>" * depth + "</w:sdtContent></w:sdt>" * depth), WORKER
    )
    _accounted(_write(tmp_path, "a.rtf", "{\\rtf1 " + "{" * depth + "x" + "}" * depth), WORKER)
    _accounted(_write(tmp_path, "a.jsonl", '{"a":' + "[" * depth + "]" * depth + "}\n"), WORKER)
    _accounted(_write(tmp_path, "a.json", "[" * depth + "]" * depth), WORKER)


def _parts_with_a_torn_member(name):
    """Return a package whose member ``name`` does not unpack."""
    raw = bytearray(_zipped({name: os.urandom(64).hex() * 200, "word/document.xml": "<x/>"}))
    at = raw.index(name.encode()) + len(name) + 40
    raw[at : at + 60] = b"\xff" * 60
    return bytes(raw)


@pytest.mark.parametrize("name", ["docProps/core.xml", "mimetype", "word/document.xml"])
def test_torn_parts_of_packages_are_listed(tmp_path, name):
    for suffix in ("docx", "xlsx", "zip"):
        _accounted(_write(tmp_path, f"a.{suffix}", _parts_with_a_torn_member(name)))


def test_empty_containers_and_nameless_members_are_listed(tmp_path):
    _, (failure,) = _accounted(_write(tmp_path, "a.zip", _zipped({})))
    assert "没有可读的文件" in failure.reason
    raw = _zipped({"abcd.txt": TEXTS[0]}).replace(b"abcd.txt", b"\0bcd.txt")
    _accounted(_write(tmp_path, "b.zip", raw))


class PanicException(BaseException):
    """What parsers written in Rust raise: no Exception."""

    __module__ = "pyo3_runtime"


def test_a_parser_that_panics_is_listed(tmp_path, monkeypatch):
    def panic(*_):
        yield from ()
        raise PanicException("range end index 64 out of range")

    monkeypatch.setattr("renda_nlp.readers.text.TextReader.read", panic)
    _, (failure,) = _accounted(_write(tmp_path, "a.txt", TEXTS[0]))
    assert "无法解析" in failure.reason
