"""Measure how fast each format is read, and against markitdown on the formats that both read.

``scripts/benchmark_readers.py [--peer PYTHON] [--paragraphs 3000]``. ``--peer`` is the interpreter of an
environment of its own with ``markitdown[docx,xlsx,xls,pptx,pdf,outlook]``; without it that column is left
out, visibly. CPU seconds in one process each, after one warm-up; MB of the file; the best of three.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import mixed_files
import ole_files

from renda_nlp.config import ReadConfig
from renda_nlp.readers import read_file

CORPUS = Path(__file__).parents[1] / "corpora" / "opinions" / "train.jsonl"
HERE = ReadConfig(isolated=False)
ROUNDS = 3
BOTH = (
    "csv",
    "docx",
    "eml",
    "html",
    "msg",
    "office.pdf",
    "office.xls",
    "pptx",
    "utf8.txt",
    "xlsx",
    "zip",
)
PEER = """
import json, sys, time
from markitdown import MarkItDown
tool = MarkItDown(enable_plugins=False)
for path in json.load(sys.stdin):
    best, text = None, ""
    for _ in range(int(sys.argv[1]) + 1):
        start = time.process_time()
        try:
            text = tool.convert(path).text_content
        except Exception as error:
            best, text = None, f"{type(error).__name__}"
            break
        used = time.process_time() - start
        best = used if best is None or used < best else best
    print(json.dumps([path, best, "".join(text.split())]))
"""


def _seconds(path: Path) -> tuple[float, str]:
    """Return the least CPU seconds of a few readings, and the text."""
    best, text = float("inf"), ""
    for _ in range(ROUNDS + 1):
        start = time.process_time()
        texts = [b.text for s in read_file(path, path.name, HERE, []) for b in s.blocks]
        best = min(best, time.process_time() - start)
        text = "".join("".join(texts).split())
    return best, text


def _ask_peer(python: Path, paths: list[Path]) -> dict[str, tuple[float | None, str]]:
    done = subprocess.run(
        [str(python), "-c", PEER, str(ROUNDS)],
        input=json.dumps([str(path) for path in paths]),
        capture_output=True,
        text=True,
        check=True,
    )
    rows = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]
    return {path: (seconds, text) for path, seconds, text in rows}


def _files(folder: Path, n_paragraphs: int) -> dict[str, Path]:
    texts = [json.loads(line)["text"] for line in CORPUS.read_text("utf-8").splitlines()]
    chance = random.Random(1)
    paragraphs = ["".join(text.split()) for text in chance.choices(texts, k=n_paragraphs)]
    files = {}
    for suffix, write in mixed_files.FORMATS.items():
        files[suffix] = folder / f"a.{suffix}"
        write(files[suffix], paragraphs)
    files["msg"] = folder / "a.msg"
    ole_files.write_message(files["msg"], "来信", "\r\n".join(paragraphs), {})
    if shutil.which("soffice"):
        made = folder / "office"
        made.mkdir()
        for source, target in (
            ("docx", "doc"),
            ("docx", "pdf"),
            ("docx", "rtf"),
            ("xlsx", "xls"),
            ("xlsx", "ods"),
        ):
            (files[f"office.{target}"],) = mixed_files.convert([files[source]], target, made)
    return files


def _agreement(text: str, other: str) -> float:
    """Return the share of 5-character pieces of ``other`` that ``text`` holds."""
    pieces = [other[at : at + 5] for at in range(0, max(1, len(other) - 4), 5)]
    return sum(piece in text for piece in pieces[:4000]) / len(pieces[:4000])


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peer", type=Path)
    parser.add_argument("--paragraphs", type=int, default=3000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        files = _files(Path(name), options.paragraphs)
        peer = {}
        if options.peer is None:
            print("markitdown: left out (give --peer the python of an environment that has it)")
        else:
            peer = _ask_peer(options.peer, [files[suffix] for suffix in BOTH if suffix in files])
        print(
            f"{'format':14}{'MB':>7}{'CPU s':>8}{'MB/s':>8}   markitdown: CPU s, times slower, text found by both"
        )
        for suffix, path in sorted(files.items()):
            seconds, text = _seconds(path)
            size = path.stat().st_size / 1e6
            line = f"{suffix:14}{size:7.2f}{seconds:8.3f}{size / seconds:8.1f}"
            if str(path) in peer:
                other, found = peer[str(path)]
                line += (
                    f"   {other:.3f}  {other / seconds:.1f}x  {_agreement(found, text):.3f}"
                    if other
                    else f"   failed: {found}"
                )
            print(line)


if __name__ == "__main__":
    main()
