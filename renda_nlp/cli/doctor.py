"""renda doctor: what is installed, which extras are missing, which formats are readable."""

import json
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import typer

from renda_nlp.cli.app import command
from renda_nlp.cli.options import AsJson
from renda_nlp.errors import InputError, RendaError
from renda_nlp.version import VERSION

__all__ = ["EXTRAS", "NEEDED"]

NEEDED = (
    "jieba", "rjieba", "numpy", "scipy", "scikit-learn", "pyahocorasick", "opencc", "lxml", "olefile", "pypdfium2",
    "python-calamine", "python-docx", "xlsxwriter", "jinja2", "resvg-py", "pylopdf-fonts-zh-cn", "typer",
)  # fmt: skip
"""Packages that every installation has."""

EXTRAS: dict[str, tuple[str, tuple[str, ...]]] = {
    "arrow": ("Parquet 表的读写", ("pyarrow",)),
    "ocr": ("图片和扫描件的文字识别", ("rapidocr", "onnxruntime", "pillow")),
    "heic": ("手机照片（HEIC）", ("pi-heif",)),
    "7z": ("7z 压缩包", ("py7zr",)),
    "serve": ("浏览器里点按操作（renda serve）", ("starlette", "uvicorn", "python-multipart")),
    "spacy": ("spaCy 组件和 renda show", ("spacy",)),
    "transformer": ("微调编码器、datasets", ("torch", "transformers", "datasets", "safetensors")),
    "spark": ("集群上处理", ("pyspark", "pyarrow", "pandas")),
}
"""Extra to (what it is for, its packages)."""

_OF_EXTRA = {"image": "ocr", "parquet": "arrow", "7z": "7z"}


def _version(package: str) -> str:
    """Return the installed version, "" when there is none."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _findings() -> dict[str, Any]:
    """Return everything that doctor says, for people and for machines."""
    from renda_nlp.analysis import default_model_folder
    from renda_nlp.classification import load_model
    from renda_nlp.readers.formats import CONTAINERS
    from renda_nlp.registry import CLASSIFIERS, READERS, SEGMENTERS, WRITERS, Registry

    extras = {
        name: {
            "use": use,
            "installed": all(_version(package) for package in packages),
            "packages": {package: _version(package) for package in packages},
        }
        for name, (use, packages) in EXTRAS.items()
    }
    formats = {
        name: all(_version(package) for package in EXTRAS[_OF_EXTRA[name]][1])
        if name in _OF_EXTRA
        else True
        for name in sorted({*READERS.names(), *CONTAINERS})
    }
    families: dict[str, Registry[Any]] = {
        "读取": READERS,
        "分词": SEGMENTERS,
        "分类": CLASSIFIERS,
        "写出": WRITERS,
    }
    try:
        model = f"{len(load_model(default_model_folder()).topics)}个主题，可用"
    except RendaError as error:
        model = f"不可用：{error}"
    return {
        "version": VERSION,
        "python": sys.version.split()[0],
        "packages": {package: _version(package) for package in NEEDED},
        "extras": extras,
        "formats": formats,
        "plugins": {name: family.added() for name, family in families.items() if family.added()},
        "model": model,
    }


def _say(found: dict[str, Any]) -> None:
    typer.echo(f"renda_nlp {found['version']}，Python {found['python']}")
    for package, number in found["packages"].items():
        typer.echo(f"  {package} {number or '缺少'}")
    typer.echo("可选部件：")
    for name, extra in found["extras"].items():
        state = "已安装" if extra["installed"] else f"未安装：pip install 'renda-nlp[{name}]'"
        typer.echo(f"  {name}（{extra['use']}） {state}")
    formats = found["formats"]
    readable = [name for name, good in formats.items() if good]
    typer.echo(f"能读的格式：{' '.join(readable)}（xls 含 et，doc 含 wps，image 为图片）")
    for name, good in formats.items():
        if not good:
            typer.echo(f"暂不能读：{name}，需要可选部件 {_OF_EXTRA[name]}")
    for family, names in found["plugins"].items():
        typer.echo(f"其他软件包增加的{family}部件：{' '.join(names)}")
    typer.echo(f"自带模型：{found['model']}")


@command("安装与设置")
def doctor(
    as_json: AsJson = False,
) -> None:
    """检查安装：必需的库、可选部件、能读的格式、自带的模型。"""
    found = _findings()
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _say(found)
    missing = [name for name, number in found["packages"].items() if not number]
    if missing:
        raise InputError(f"缺少必需的库：{'、'.join(missing)}；请重新安装 renda-nlp")
