"""Segmentation against plain jieba, in one run.

1. ``corpora/segmentation/sentences.txt``: own domain sentences, words separated by spaces; F1 over words.
2. ``corpora/segmentation/terms.tsv``: domain terms in texts that the dictionary's authors did not use
   (row of petition_replies.xlsx, offsets in its message or reply; no text); share kept whole.

usage: python scripts/evaluate_segmentation.py [--data ../shared/data] [--errors 30]
"""

import argparse
from collections.abc import Callable
from pathlib import Path

import jieba
import numpy as np

from renda_nlp.config import ReadConfig
from renda_nlp.evaluation import bootstrap_interval, boundary_f1, kept_whole, read_marked, word_f1
from renda_nlp.ngrams import normalise
from renda_nlp.registry import SEGMENTERS
from renda_nlp.segmentation import TermSegmenter, compounds
from renda_nlp.tabular import read_rows

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpora" / "segmentation"
Spans = list[tuple[int, int]]


def engines() -> dict[str, Callable[[str], Spans]]:
    """Return plain jieba and our segmenters as functions from text to word spans."""
    plain = jieba.Tokenizer()
    made: dict[str, Callable[[str], Spans]] = {
        "plain jieba": lambda text: [(a, b) for _, a, b in plain.tokenize(text)]
    }
    for name in ("jieba", "rjieba"):
        fine = SEGMENTERS.create(name, ())
        whole = TermSegmenter(SEGMENTERS.create(name, compounds()))
        for kind, segmenter in (("", whole), (", fine", fine)):
            made[f"ours on {name}{kind}"] = lambda text, s=segmenter: [
                (token.start, token.end) for token in s.segment(normalise(text))
            ]
    return made


def sentences(n_errors: int) -> None:
    """Score the marked sentences."""
    lines = (CORPUS / "sentences.txt").read_text("utf-8").splitlines()
    texts, gold = zip(*(read_marked(line) for line in lines), strict=True)
    print(f"{len(texts)} sentences, {sum(map(len, gold))} words")
    for name, cut in engines().items():
        found = [cut(text) for text in texts]

        def score(rows: np.ndarray, found: list[Spans] = found) -> float:
            return word_f1([found[i] for i in rows], [gold[i] for i in rows])[2]

        precision, recall, f1 = word_f1(found, gold)
        low, high = bootstrap_interval(score, len(texts))
        cuts = boundary_f1(found, gold)[2]
        print(
            f"  {name:20s} words P {precision:.3f} R {recall:.3f} F1 {f1:.3f} [{low:.3f}, {high:.3f}]"
            f", boundaries F1 {cuts:.3f}"
        )
    shown = 0
    for text, own, marked in zip(texts, found, gold, strict=True):
        if set(own) != set(marked) and shown < n_errors:
            shown += 1
            print(
                f"    {' '.join(text[a:b] for a, b in own)}  <>  {' '.join(text[a:b] for a, b in marked)}"
            )


def terms(data: Path, n_errors: int) -> None:
    """Score the terms in context."""
    rows = read_rows(data / "petition_replies.xlsx", ReadConfig(), text_column=None, id_column=None)
    texts = {
        (row.row_id, part): text
        for row in rows
        for part, text in (("text", row.text), ("reply", row.reply))
    }
    marks = [
        line.split("\t") for line in (CORPUS / "terms.tsv").read_text("utf-8").splitlines()[1:]
    ]
    print(f"{len(marks)} terms in context, {len({tuple(m[:2]) for m in marks})} texts")
    for name, cut in engines().items():
        cuts = {key: cut(texts[key]) for key in {(m[0], m[1]) for m in marks}}
        whole = np.array([kept_whole(cuts[m[0], m[1]], int(m[2]), int(m[3])) for m in marks])
        low, high = bootstrap_interval(lambda rows, w=whole: float(w[rows].mean()), len(whole))
        print(f"  {name:20s} kept whole {whole.mean():.3f} [{low:.3f}, {high:.3f}]")
        broken = [m for m, good in zip(marks, whole, strict=True) if not good][:n_errors]
        if broken:
            print("   ", "、".join(texts[m[0], m[1]][int(m[2]) : int(m[3])] for m in broken))


def main() -> None:
    """Score both."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    sentences(options.errors)
    if (options.data / "petition_replies.xlsx").is_file():
        terms(options.data, options.errors)


if __name__ == "__main__":
    main()
