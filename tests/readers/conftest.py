"""Small files of many formats, written by the tests."""

import importlib.util
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from renda_nlp.config import ReadConfig
from renda_nlp.readers import read_file
from renda_nlp.records import Block, Failure

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

HERE = ReadConfig(isolated=False)  # so that what a reader opens is seen by the guard below


def _script(name: str) -> ModuleType:
    path = Path(__file__).parents[2] / "scripts" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look there
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def script() -> Callable[[str], ModuleType]:
    """Return what loads a module of ``scripts`` by its name."""
    return _script


@pytest.fixture(scope="session")
def mixed_files() -> ModuleType:
    """Return the module that writes files of every format with known text."""
    return _script("mixed_files")


@pytest.fixture(scope="session")
def ole_files() -> ModuleType:
    """Return the module that writes compound files and Outlook messages."""
    return _script("ole_files")


@pytest.fixture
def read() -> Callable[[Path], list[Block]]:
    def _read(path: Path) -> list[Block]:
        return [block for source in read_file(path, path.name, HERE) for block in source.blocks]

    return _read


@pytest.fixture
def failures_of() -> Callable[[Path], list[Failure]]:
    def _failures(path: Path) -> list[Failure]:
        failures: list[Failure] = []
        for source in read_file(path, path.name, HERE, failures):
            list(source.blocks)
        return failures

    return _failures


@pytest.fixture
def make_docx(tmp_path: Path) -> Callable[..., Path]:
    """Write a docx from the XML of its body, and of other parts where given."""

    def _make(body: str, *, head: str = "", **parts: str) -> Path:
        path = tmp_path / "a.docx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr(
                "word/document.xml",
                f'{head}<w:document xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/'
                f'markup-compatibility/2006"><w:body>{body}</w:body></w:document>',
            )
            for name, content in parts.items():
                package.writestr(
                    f"word/{name}.xml", f'<w:{name} xmlns:w="{W}">{content}</w:{name}>'
                )
        return path

    return _make


@pytest.fixture
def paragraph() -> Callable[[str], str]:
    def _paragraph(text: str, properties: str = "") -> str:
        return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"

    return _paragraph


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.socket.connect", _refuse)


def _refuse(*_: object) -> None:
    raise AssertionError("a reader opened a connection")
