"""Read a folder of more than 200 generated files of every format and compare with their known text.

``scripts/check_mixed_folder.py [--rounds 7] [--seed 1] [--folder FOLDER]``. The texts are opinions of
``corpora/opinions``. Code writes the formats it can; LibreOffice, Chromium and pdftoppm add theirs where
installed (what is absent is said). Ends with 1 unless every file is read or listed, text formats agree
in 99 % of their characters and scans have at most 5 % wrong characters.
"""

import argparse
import json
import random
import shutil
import sys
import tempfile
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import mixed_files
import ole_files

from renda_nlp.config import ReadConfig
from renda_nlp.readers import read_folder
from renda_nlp.records import Failure

CORPUS = Path(__file__).parents[1] / "corpora" / "opinions" / "train.jsonl"
MIN_AGREEMENT, MAX_SCAN_ERROR = 0.99, 0.05
PARAGRAPHS = 8
SCAN_PARAGRAPHS = 5
OFFICE = (("docx", ("doc", "odt", "rtf", "pdf")), ("xlsx", ("xls", "ods")))
RENAMED = (("office.doc", "wps"), ("office.xls", "et"))
STYLE = (
    '@page{size:A4;margin:25mm}body{font:16px/1.8 "Noto Serif CJK SC"}p{text-indent:2em;margin:0}'
)


def _paragraphs(texts: list[str], chance: random.Random, n: int) -> list[str]:
    return ["".join(text.split()) for text in chance.sample(texts, n)]


def write_folder(folder: Path, rounds: int, chance: random.Random) -> dict[str, str]:
    """Write the files and return the text of each by its name."""
    texts = [json.loads(line)["text"] for line in CORPUS.read_text("utf-8").splitlines()]
    texts = [text for text in texts if len(text) > 30]  # noqa: PLR2004 paragraphs, not headings
    wanted: dict[str, str] = {}
    for number in range(rounds):
        paragraphs = _paragraphs(texts, chance, PARAGRAPHS)
        for suffix, write in mixed_files.FORMATS.items():
            path = folder / f"{number}号.{suffix}"
            wanted[path.name] = write(path, paragraphs)
        name = f"{number}号.msg"
        ole_files.write_message(folder / name, "来信", "\r\n".join(paragraphs), {})
        wanted[name] = "来信" + "".join(paragraphs)
        if find_spec("py7zr"):
            wanted |= _sevenzip(folder / f"{number}号.7z", paragraphs)
    if shutil.which("soffice"):
        _add_office(folder, rounds, wanted)
    if shutil.which("chromium"):
        for number in range(rounds):
            _add_printed(folder, number, _paragraphs(texts, chance, SCAN_PARAGRAPHS), wanted)
    return wanted


def _sevenzip(path: Path, paragraphs: list[str]) -> dict[str, str]:
    import py7zr

    with py7zr.SevenZipFile(path, "w") as archive:
        archive.writestr("\n".join(paragraphs), "一.txt")
    return {path.name: "".join(paragraphs)}


def _add_office(folder: Path, rounds: int, wanted: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        made = Path(name)
        for source, targets in OFFICE:
            sources = [folder / f"{number}号.{source}" for number in range(rounds)]
            for target in targets:
                for path, origin in zip(
                    mixed_files.convert(sources, target, made), sources, strict=True
                ):
                    new = folder / f"{path.stem}.office.{target}"
                    shutil.move(path, new)
                    wanted[new.name] = wanted[origin.name]
    for old, suffix in RENAMED:
        for number in range(rounds):
            new = folder / f"{number}号.{suffix}"
            shutil.copy(folder / f"{number}号.{old}", new)
            wanted[new.name] = wanted[f"{number}号.{old}"]


def _add_printed(folder: Path, number: int, paragraphs: list[str], wanted: dict[str, str]) -> None:
    page = folder / f"{number}号.网页.html"
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    page.write_text(f"<meta charset=utf-8><style>{STYLE}</style>{body}", "utf-8")
    printed = folder / f"{number}号.网页.pdf"
    with tempfile.TemporaryDirectory() as name:  # the browser leaves a cache beside its file
        draft = Path(name) / "a.pdf"
        mixed_files.print_pdf(page, draft)
        shutil.move(draft, printed)
    wanted[page.name] = wanted[printed.name] = "".join(paragraphs)
    if number < 3 and shutil.which("pdftoppm") and find_spec("rapidocr"):  # noqa: PLR2004 recognition is slow
        for kind in ("png", "jpeg"):
            pages = mixed_files.scan(printed, folder / f"{number}号.扫描{kind}", kind)
            if len(pages) == 1:
                wanted[pages[0].name] = "".join(paragraphs)


def compare(folder: Path, wanted: dict[str, str]) -> bool:
    """Read the folder, print a line per format and return whether all is as it should be."""
    failures: list[Failure] = []
    found: dict[str, list[str]] = defaultdict(list)
    for source in read_folder(folder, ReadConfig(), failures):
        file = source.document.file.split("!")[0]
        found[file] += [block.text for block in source.blocks]
    listed = {failure.source.split("!")[0] for failure in failures}
    files = {path.name for path in folder.iterdir() if path.is_file()}
    lost = files - found.keys() - listed
    scores: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for name, text in wanted.items():
        want, got = "".join(text.split()), "".join("".join(found.get(name, ())).split())
        errors = 0 if want == got else mixed_files.edit_distance(got, want)
        scores[name.partition(".")[2]].append((errors, len(want)))
    good = not lost
    for suffix, pairs in sorted(scores.items()):
        share = sum(errors for errors, _ in pairs) / sum(length for _, length in pairs)
        is_scan = suffix.startswith("扫描")
        good = good and share <= (MAX_SCAN_ERROR if is_scan else 1 - MIN_AGREEMENT)
        print(f"{suffix:16} {len(pairs):3} files  wrong characters {share:.4f}")
    print(f"{len(files)} files: {len(found)} read, {len(listed)} listed, {len(lost)} lost")
    return good


def main() -> int:
    """Write, read, compare."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="write here and keep the files")
    options = parser.parse_args()
    for program in ("soffice", "chromium", "pdftoppm"):
        if shutil.which(program) is None:
            print(f"{program} is absent: its files are left out")
    with tempfile.TemporaryDirectory() as name:
        folder = options.folder or Path(name)
        folder.mkdir(exist_ok=True)
        wanted = write_folder(folder, options.rounds, random.Random(options.seed))
        return 0 if compare(folder, wanted) else 1


if __name__ == "__main__":
    sys.exit(main())
