"""Read huge material at full size: a text of 1.9 GB, a line of 500 MB, a folder of 100,000 files.

``scripts/check_huge.py [--scale 1.0] [--folder FOLDER]``. Needs 3 GB of disk at full scale. Prints blocks,
seconds and the memory of both processes; ends with 1 when something is lost or memory passes 1.5 GB.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from renda_nlp.config import ReadConfig
from renda_nlp.readers import close_workers, read_folder
from renda_nlp.records import Failure

LINE = "高坎村三组自来水每天停水，水压不足，请供水站尽快查明原因并予以解决。\n"
TEXT_BYTES, LINE_BYTES, N_FILES = 1_900_000_000, 500_000_000, 100_000
MAX_MEMORY_MB = 1500
FOLDERS = 100


def _text(folder: Path, scale: float) -> int:
    piece = (LINE * 10_000).encode()
    n_pieces = max(1, int(TEXT_BYTES * scale / len(piece)))
    with (folder / "a.txt").open("wb") as file:
        for _ in range(n_pieces):
            file.write(piece)
    return n_pieces * 10_000


def _line(folder: Path, scale: float) -> int:
    n_characters = max(1_000_000, int(LINE_BYTES * scale / 3))
    with (folder / "a.txt").open("w", encoding="utf-8") as file:
        for _ in range(n_characters // 1_000_000):
            file.write("停" * 1_000_000)
    return n_characters // 1_000_000


def _files(folder: Path, scale: float) -> int:
    n_files = max(100, int(N_FILES * scale))
    for number in range(n_files):
        place = folder / str(number % FOLDERS)
        place.mkdir(exist_ok=True)
        (place / f"{number}.txt").write_text(f"第{number}件：{LINE}", "utf-8")
    return n_files


CASES: dict[str, Callable[[Path, float], int]] = {
    "text": _text,
    "one line": _line,
    "many files": _files,
}


def _megabytes(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / (1e3 if sys.platform != "darwin" else 1e6)


def main() -> int:
    """Write, read and count each case."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--folder", type=Path, help="where there is room")
    options = parser.parse_args()
    good = True
    for name, write in CASES.items():
        with tempfile.TemporaryDirectory(dir=options.folder) as place:
            expected = write(Path(place), options.scale)
            failures: list[Failure] = []
            start = time.monotonic()
            n_blocks = sum(
                1 for s in read_folder(Path(place), ReadConfig(), failures) for _ in s.blocks
            )
            seconds = time.monotonic() - start
        close_workers()
        here, there = _megabytes(resource.RUSAGE_SELF), _megabytes(resource.RUSAGE_CHILDREN)
        good = good and n_blocks == expected and not failures and max(here, there) < MAX_MEMORY_MB
        print(f"{name}: {n_blocks} of {expected} blocks, {len(failures)} failures, {seconds:.0f} s, "
              f"memory {here:.0f} MB here, {there:.0f} MB in the reading process")  # fmt: skip
    return 0 if good else 1


if __name__ == "__main__":
    os.nice(5)
    sys.exit(main())
