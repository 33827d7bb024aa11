"""Files with a password: each format says so in Chinese, with what to do."""

import shutil
import struct
import subprocess
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

SAVE = Path(__file__).with_name("protect_with_libreoffice.py")
SYSTEM_PYTHON = Path("/usr/bin/python3")
FLAGS_AT, ENCRYPTED = 0x0A, 0x0100


def _says_so(failures):
    (failure,) = failures
    assert "有密码" in failure.reason
    assert failure.remedy == "请去掉密码后再放入"


def _has_uno():
    if shutil.which("soffice") is None or not SYSTEM_PYTHON.exists():
        return False
    return subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], capture_output=True).returncode == 0


@pytest.mark.slow
def test_what_libreoffice_saves_with_a_password(tmp_path, failures_of):
    if not _has_uno():
        pytest.skip("LibreOffice with its Python bridge is absent")
    subprocess.run([SYSTEM_PYTHON, SAVE, tmp_path], check=True, timeout=120)
    for suffix in ("doc", "xls", "odt", "ods"):
        _says_so(failures_of(tmp_path / f"a.{suffix}"))


def test_flag_of_a_word_document(tmp_path, ole_files, failures_of):
    path = tmp_path / "a.doc"
    head = bytearray(5000)
    struct.pack_into("<H", head, 0, 0xA5EC)
    struct.pack_into("<H", head, FLAGS_AT, ENCRYPTED)
    ole_files.write_compound_file(path, {"WordDocument": bytes(head), "0Table": b"\0" * 5000})
    _says_so(failures_of(path))


def _record(kind, data):
    return struct.pack("<HH", kind, len(data)) + data


def test_filepass_record_of_a_workbook(tmp_path, ole_files, failures_of):
    path = tmp_path / "a.xls"
    start = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0x2000, 1996, 0, 0))
    password = _record(0x2F, struct.pack("<HHH", 1, 1, 1) + b"\x5a" * 48)
    noise = _record(0x42, b"\x91\xb4") + b"\xa7" * 5000
    ole_files.write_compound_file(path, {"Workbook": start + password + noise})
    _says_so(failures_of(path))


def test_session_record_of_a_presentation(tmp_path, ole_files, failures_of):
    """A user edit that points at a CryptSession10Container is four bytes longer."""
    path = tmp_path / "a.ppt"
    edit = struct.pack("<HHI", 0, 0x0FF5, 32) + struct.pack("<8I", 0, 0, 0, 0, 1, 1, 1, 1)
    user = struct.pack("<HHIIII", 0, 0x0FF6, 20, 20, 0xF3D1C4DF, 0) + b"\0" * 12
    ole_files.write_compound_file(
        path, {"PowerPoint Document": edit + b"\0" * 5000, "Current User": user}
    )
    _says_so(failures_of(path))


def _zip(path):
    """Write an archive; return its bytes."""
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("来信.txt", "高坎村停水三天。")
    return bytearray(path.read_bytes())


def _packed_by(path, raw, method):
    """Write the archive with another number of the way that its member is packed."""
    for at in (raw.index(b"PK\x03\x04") + 8, raw.index(b"PK\x01\x02") + 10):
        raw[at] = method
    path.write_bytes(raw)


def test_members_of_a_zip(tmp_path, failures_of):
    path = tmp_path / "a.zip"
    raw = _zip(path)
    for at in (raw.index(b"PK\x03\x04") + 6, raw.index(b"PK\x01\x02") + 8):
        raw[at] |= 1
    path.write_bytes(raw)
    _says_so(failures_of(path))
    _packed_by(path, raw, 99)  # AES, as WinRAR and 7-Zip pack
    _says_so(failures_of(path))


def test_packing_that_is_not_known(tmp_path, failures_of):
    path = tmp_path / "a.zip"
    raw = _zip(path)
    _packed_by(path, raw, 9)  # Deflate64, as the Windows Explorer packs large folders
    (failure,) = failures_of(path)
    assert (failure.reason, failure.remedy) == ("压缩方式不支持", "请解压后再放入")


@pytest.mark.skipif(find_spec("py7zr") is None, reason="the 7z extra is absent")
@pytest.mark.parametrize("names_too", [True, False])
def test_7z_archive(tmp_path, failures_of, names_too):
    import py7zr

    path = tmp_path / "a.7z"
    with py7zr.SevenZipFile(path, "w", password="x", header_encryption=names_too) as archive:
        archive.writestr("高坎村停水三天。" * 9, "来信.txt")
    _says_so(failures_of(path))


@pytest.mark.parametrize("with_root", [True, False])
def test_ofd_document(tmp_path, mixed_files, failures_of, with_root):
    path = tmp_path / "a.ofd"
    mixed_files.FORMATS["ofd"](path, ["高坎村停水三天。"])
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        if with_root:
            package.writestr("OFD.xml", parts["OFD.xml"])
        package.writestr(
            "Encryptions.xml", "<ofd:Encryptions xmlns:ofd='http://www.ofdspec.org/2016'/>"
        )
        package.writestr("Doc_0/Document.dat", b"\x5a" * 999)
    _says_so(failures_of(path))
