"""The wheel holds what it must; the scripts of the offline bundle do what they say."""

import os
import subprocess
import sys
import zipfile
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OFFLINE = ROOT / "scripts" / "offline"
WINDOWS = ("install.bat", "生成报告.bat")


@pytest.fixture(scope="module")
def builder():
    loader = SourceFileLoader("bundle", str(ROOT / "scripts" / "build_offline_bundle"))
    module = module_from_spec(spec_from_loader("bundle", loader))
    loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def bundle(builder, tmp_path_factory):
    folder = tmp_path_factory.mktemp("bundle")
    builder.write_scripts(folder, "renda-nlp[arrow]")
    return folder


def test_what_only_windows_needs_is_not_forgotten(builder, tmp_path):
    with zipfile.ZipFile(tmp_path / "typer-1.0-py3-none-any.whl", "w") as archive:
        lines = [
            "Name: typer",
            'Requires-Dist: colorama; platform_system == "Windows"',
            'Requires-Dist: x; extra == "y"',
        ]
        archive.writestr("typer-1.0.dist-info/METADATA", "\n".join(lines))
    assert builder.missing_on("win_amd64", tmp_path) == {"colorama"}
    assert builder.missing_on("linux_aarch64", tmp_path) == set()


def test_the_extras_of_the_bundle_are_installed(bundle):
    for name in ("install.bat", "install.sh"):
        assert '"renda-nlp[arrow]"' in (bundle / name).read_bytes().decode("gbk", "replace")
        assert "@" not in (bundle / name).read_bytes().decode("gbk", "replace").replace("@echo", "")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "-q", "wheel", "--no-deps", "--no-build-isolation",
         "--wheel-dir", folder, ROOT],
        check=True, capture_output=True,
    )  # fmt: skip
    return next(folder.glob("*.whl"))


@pytest.mark.slow
def test_the_wheel_holds_model_taxonomy_sample_and_entry_points(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in ("models/default/weights.npz", "resources/taxonomy/topics.toml", "cli/app.py"):
        assert f"renda_nlp/{name}" in names
    assert any(name.startswith("renda_nlp/corpora/sample/") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "scripts/"))]
    points = next(name for name in names if name.endswith("entry_points.txt"))
    text = zipfile.ZipFile(wheel).read(points).decode()
    assert "renda_topics" in text
    assert "renda.Segmenter.v1" in text
    assert wheel.stat().st_size < 20_000_000


@pytest.mark.slow
def test_the_wheel_works_outside_the_repository(wheel, tmp_path):
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    env = {**os.environ, "PYTHONPATH": str(site)}

    def run(*arguments):
        return subprocess.run(
            [sys.executable, *arguments], capture_output=True, text=True, check=False, cwd=tmp_path, env=env
        )  # fmt: skip

    code = "import renda_nlp; print(renda_nlp.__file__, renda_nlp.classify(['三组自来水停水'])[0].topic)"
    where, topic = run("-c", code).stdout.split()
    assert where.startswith(str(site))
    assert topic == "drinking_water"
    assert run("-m", "renda_nlp", "sample", "-o", "样例").returncode == 0
    (tmp_path / "资料").mkdir()
    (tmp_path / "资料" / "意见箱.txt").write_text("高坎村三组停水。\n高坎村四组停水。\n", "utf-8")
    made = run("-m", "renda_nlp", "report", "资料", "-o", "报告", "--jobs", "1")
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "报告" / "report.html").stat().st_size > 20_000
    pytest.importorskip("spacy")
    found = run(
        "-c", "import spacy; n = spacy.blank('zh'); n.add_pipe('renda_topics'); print(n.pipe_names)"
    )
    assert "renda_topics" in found.stdout, found.stderr


def test_windows_scripts_are_in_its_encoding_with_its_line_ends(bundle):
    for name in WINDOWS:
        data = (bundle / name).read_bytes()
        text = data.decode("gbk")
        assert text.count("\r\n") == text.count("\n") > 10
        assert text.startswith("@echo off\r\nchcp 936 >nul")
        assert text.count("(") == text.count(")")  # cmd fails on unbalanced blocks
    assert (bundle / "说明.txt").read_bytes().startswith(b"\xef\xbb\xbf")


def test_every_label_of_a_windows_script_exists(bundle):
    text = (bundle / "install.bat").read_bytes().decode("gbk")
    goals = {word.split()[0] for word in text.split("goto ")[1:]}
    assert goals == {line[1:].strip() for line in text.splitlines() if line.startswith(":")}


def run_sh(script, *arguments, path=None):
    env = {**os.environ, "PATH": path} if path is not None else None
    return subprocess.run(
        ["/bin/sh", script, *arguments], capture_output=True, text=True, check=False, env=env
    )


@pytest.mark.skipif(os.name == "nt", reason="shell scripts")
def test_install_says_what_is_missing_without_python(bundle, tmp_path):
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "dirname").symlink_to("/usr/bin/dirname")
    found = run_sh(bundle / "install.sh", path=str(tools))
    assert found.returncode == 1
    assert "没有找到 Python 3.11、3.12 或 3.13" in found.stdout


@pytest.mark.skipif(os.name == "nt", reason="shell scripts")
def test_a_folder_becomes_a_report_beside_it(bundle, tmp_path):
    script = bundle / "生成报告.sh"
    assert "install.sh" in run_sh(script, str(tmp_path)).stdout
    renda = bundle / "venv" / "bin" / "renda"
    renda.parent.mkdir(parents=True)
    renda.write_text('#!/bin/sh\necho "$@" > "$(dirname "$0")/asked"\n')
    renda.chmod(0o755)
    folder = tmp_path / "我的 资料"
    folder.mkdir()
    assert "请写上放材料的文件夹" in run_sh(script).stdout
    done = run_sh(script, f"{folder}/", path="/usr/bin:/bin")
    assert done.returncode == 0
    assert (renda.parent / "asked").read_text().strip() == f"report {folder}/ -o {folder}-报告"
