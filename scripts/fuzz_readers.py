"""Read many damaged files of every format: none may be lost, none may take the run down.

``scripts/fuzz_readers.py [--files 20000] [--seed 1] [--keep FOLDER]``. Good files of every format
(written by code, by LibreOffice and Chromium where installed) are damaged at random and read in the
reading process. Ends with 1 when a file was neither read nor listed, the run broke, a file was
not stopped at its limit of time, or 0.1 % or more of the files had to be stopped or killed the reader. ``--keep`` keeps such files.
"""

import argparse
import io
import random
import shutil
import struct
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import mixed_files
import ole_files

from renda_nlp.config import ReadConfig
from renda_nlp.readers import read_file
from renda_nlp.records import Failure

TEXTS = [
    "关于高坎村三组饮水问题的来信",
    "一、高坎村三组自来水每天停水，水压不足，请供水站尽快维修。",
    "（一）石沙路破损严重，货车一过满天是灰，请交管站处理。",
    "张三代表：变压器容量不够，建议增容。",
]
LIMITS = ReadConfig(
    max_memory_bytes=3_000_000_000, max_silent_seconds=30, max_file_seconds=60,
    max_archive_bytes=200_000_000, max_file_bytes=50_000_000,
)  # fmt: skip
HANG_SECONDS = LIMITS.max_file_seconds + 30
MAX_DEATH_SHARE = 0.001
MAX_PICTURES = 300  # recognition is slow
PICTURES = ("png", "jpeg", "tiff")
OFFICE = (
    ("docx", ("doc", "odt", "rtf", "pdf")),
    ("xlsx", ("xls", "ods")),
    ("fodp", ("ppt", "pptx", "odp")),
)
TRUNCATION_SHARE = 0.3  # it ends most files at once
INSIDE_SHARE = 0.7  # of the faults in packages are inside their parts
TOKENS = (
    b"\0" * 8, b"\xff" * 8, b"\xff\xff\xff\x7f", b"\x80", b"<", b">", b"&#x0;", b"]]>", b"<!DOCTYPE x [", b'"', b"'", b"{", b"}",
    b"99999999999", b"-1", b"%PDF-1.7", b"endobj", b"PK\3\4", b"\\bin99999 ", b"\\u-1?", b"\r\n\r\n", b"1e999", "停水".encode("gb18030"),
)  # fmt: skip


def make_seeds(folder: Path) -> dict[str, Path]:
    """Write one good file of each format."""
    seeds = {}
    for suffix, write in mixed_files.FORMATS.items():
        seeds[suffix] = folder / f"seed.{suffix}"
        write(seeds[suffix], TEXTS)
    ole_files.write_message(folder / "seed.msg", TEXTS[0], TEXTS[1], {"a.txt": TEXTS[2].encode()})
    seeds["msg"] = folder / "seed.msg"
    body = _packed_rtf(seeds["rtf"].read_bytes())
    ole_files.write_message(
        folder / "rtf.msg", TEXTS[0], "", {"a.txt": TEXTS[2].encode()}, rtf=body
    )
    seeds["rtf.msg"] = folder / "rtf.msg"
    if shutil.which("soffice"):
        seeds |= _office_seeds(seeds, folder / "office")
    if shutil.which("chromium") and shutil.which("pdftoppm"):
        printed = folder / "browser.pdf"
        mixed_files.print_pdf(seeds["html"], printed)
        seeds["browser.pdf"] = printed
        seeds["table.pdf"] = folder / "table.pdf"
        rows = "".join(f"<tr><td>{n}</td><td>{text}</td></tr>" for n, text in enumerate(TEXTS))
        style = "<style>table{border-collapse:collapse}td{border:1px solid}</style>"
        page = folder / "table.html"
        page.write_text(f"<meta charset=utf-8>{style}<table>{rows}</table>", "utf-8")
        mixed_files.print_pdf(page, seeds["table.pdf"])
        for kind in PICTURES:
            seeds[kind] = mixed_files.scan(printed, folder / kind, kind, dpi=30)[0]
    return seeds


def _packed_rtf(data: bytes) -> bytes:
    """Return the body of an Outlook message: eight characters behind each control byte, no reference."""
    packed = b"".join(b"\0" + data[at : at + 8] for at in range(0, len(data), 8))
    return struct.pack("<II4sI", len(packed) + 12, len(data), b"LZFu", 0) + packed


def _office_seeds(seeds: dict[str, Path], folder: Path) -> dict[str, Path]:
    folder.mkdir()
    slides = folder / "slides.fodp"
    slides.write_text(mixed_files.SLIDES, "utf-8")
    made = {}
    for source, targets in OFFICE:
        for target in targets:
            (path,) = mixed_files.convert([seeds.get(source, slides)], target, folder)
            if path.exists():  # Impress may be absent
                made[f"office.{target}"] = path
    return made


def _flip(raw: bytearray, at: int, _: int, __: bytes, chance: random.Random) -> None:
    if at < len(raw):
        raw[at] ^= 1 << chance.randrange(8)


def _overwrite(raw: bytearray, at: int, size: int, _: bytes, chance: random.Random) -> None:
    raw[at : at + size] = chance.randbytes(size)


def _delete(raw: bytearray, at: int, size: int, _: bytes, __: random.Random) -> None:
    del raw[at : at + size]


def _repeat(raw: bytearray, at: int, size: int, _: bytes, chance: random.Random) -> None:
    raw[at:at] = raw[at : at + size] * chance.choice((1, 2, 50))


def _insert(raw: bytearray, at: int, _: int, __: bytes, chance: random.Random) -> None:
    raw[at:at] = chance.choice(TOKENS)


def _replace(raw: bytearray, at: int, size: int, _: bytes, chance: random.Random) -> None:
    raw[at : at + size] = chance.choice(TOKENS)[:size].ljust(size, b"\0")


def _splice(raw: bytearray, at: int, size: int, other: bytes, chance: random.Random) -> None:
    start = chance.randrange(len(other) + 1)
    raw[at : at + size] = other[start : start + size]


def _truncate(raw: bytearray, at: int, _: int, __: bytes, chance: random.Random) -> None:
    if chance.random() < TRUNCATION_SHARE:
        del raw[at:]


FAULTS = (_flip, _overwrite, _delete, _repeat, _insert, _replace, _splice, _truncate)


def damage(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Return bytes with a few random faults."""
    raw = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(raw) + 1)
        size = min(chance.choice((1, 2, 4, 16, 64, 512)), max(0, len(raw) - at))
        chance.choice(FAULTS)(raw, at, size, other, chance)
    return bytes(raw)


def damage_inside(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Return a zip package, whole outside, with one damaged part."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [(name, package.read(name)) for name in package.namelist()]
    chosen = chance.randrange(len(parts))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for number, (name, content) in enumerate(parts):
            package.writestr(name, damage(content, other, chance) if number == chosen else content)
    return buffer.getvalue()


def read_damaged(path: Path) -> str:
    """Return what became of a file: read, listed, or what must not happen."""
    failures: list[Failure] = []
    n_blocks = 0
    start = time.monotonic()
    try:
        for source in read_file(path, path.name, LIMITS, failures):
            n_blocks += sum(1 for _ in source.blocks)
    except Exception as error:  # noqa: BLE001 - this is what the run looks for
        return f"broke the run: {type(error).__name__}: {error}"
    reasons = " ".join(failure.reason for failure in failures)
    if time.monotonic() - start > HANG_SECONDS:
        return "hung"
    if "异常退出" in reasons:
        return "killed the reader"
    if "超过时限" in reasons:
        return "stopped at the time limit"
    if "意外的内容" in reasons:
        return "listed, unforeseen"
    if not n_blocks and not failures:
        return "unlisted"
    return "read in part" if n_blocks and failures else "read" if n_blocks else "listed"


def run(n_files: int, seed: int, keep: Path | None, note: Callable[[str], None]) -> Counter[str]:
    """Damage and read ``n_files`` files and return how often each thing happened."""
    chance = random.Random(seed)
    total: Counter[str] = Counter()
    by_format: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seeds = {suffix: path.read_bytes() for suffix, path in make_seeds(folder).items()}
        names = sorted(seeds)
        n_pictures = 0
        for number in range(n_files):
            suffix = names[number % len(names)]
            if suffix in PICTURES:
                n_pictures += 1
                if n_pictures > MAX_PICTURES:
                    suffix = chance.choice([one for one in names if one not in PICTURES])
            data, other = seeds[suffix], seeds[chance.choice(names)]
            inside = data.startswith(b"PK") and chance.random() < INSIDE_SHARE
            made = (damage_inside if inside else damage)(data, other, chance)
            path = folder / f"f{number}.{suffix.rpartition('.')[2]}"
            path.write_bytes(made)
            result = read_damaged(path) if made else "listed"
            total[result.partition(":")[0]] += 1
            by_format.setdefault(suffix, Counter())[result.partition(":")[0]] += 1
            if keep and result not in ("read", "listed", "read in part"):
                keep.mkdir(exist_ok=True)
                shutil.copy(path, keep)
                note(f"{path.name}: {result}")
            path.unlink()
    for suffix in sorted(by_format):
        note(
            f"{suffix:14}" + "  ".join(f"{key} {n}" for key, n in sorted(by_format[suffix].items()))
        )
    return total


def main() -> int:
    """Run and judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    start = time.monotonic()
    total = run(options.files, options.seed, options.keep, print)
    print(
        f"{options.files} files in {time.monotonic() - start:.0f} s: {dict(sorted(total.items()))}"
    )
    lost = total["unlisted"] + total["broke the run"] + total["hung"]
    ended = total["killed the reader"] + total["stopped at the time limit"]
    return int(bool(lost) or ended >= MAX_DEATH_SHARE * options.files)


if __name__ == "__main__":
    sys.exit(main())
