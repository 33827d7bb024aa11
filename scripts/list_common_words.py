"""List the words that many opinions of the own corpus use: they are no part of a place's name.

usage: python scripts/list_common_words.py [--least 12]

Writes ``renda_nlp/resources/lexicon/common_words.txt``.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

from renda_nlp.analysis import make_segmenter
from renda_nlp.config import SegmentConfig
from renda_nlp.ngrams import normalise

ROOT = Path(__file__).parent.parent
OUTPUT = ROOT / "renda_nlp" / "resources" / "lexicon" / "common_words.txt"
_NAMES = frozenset(("ns", "nr", "nrt", "nrfg", "nz", "nt", "eng"))
_A_LINE = 20


def common_words(least: int) -> list[str]:
    """Return the Chinese words of two characters or more that so many opinions use."""
    segmenter, users = make_segmenter(SegmentConfig()), Counter[str]()
    for path in sorted((ROOT / "corpora" / "opinions").glob("*.jsonl")):
        for line in path.open(encoding="utf-8"):
            text = normalise(json.loads(line)["text"])
            tokens = segmenter.segment(text)
            users.update(
                {text[t.start : t.end] for t in tokens if t.tag not in _NAMES and len(t.tag)}
            )
    words = (word for word, n in users.items() if n >= least and len(word) > 1)
    return sorted(word for word in words if all("\u4e00" <= char <= "\u9fff" for char in word))


def main() -> None:
    """Write the list."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--least", type=int, default=12)
    words = common_words(parser.parse_args().least)
    lines = [" ".join(words[i : i + _A_LINE]) for i in range(0, len(words), _A_LINE)]
    head = "# 常用词：自写语料里不少于12条意见用到的词，不是地名的一部分（scripts/list_common_words.py 生成）。"
    OUTPUT.write_text("\n".join([head, *lines]) + "\n", "utf-8")
    print(len(words))


if __name__ == "__main__":
    main()
