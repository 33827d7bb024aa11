"""Train the word space of models/default from the own corpora.

usage: python scripts/train_space.py [--corpus FILE ...] [--official REPORTS.jsonl ...] [-o models/default]

``--official`` takes public official reports (one object with ``content`` a line); only document
frequencies of their words enter the model.
"""

import argparse
import json
from pathlib import Path

from renda_nlp.analysis import make_segmenter, word_hashes
from renda_nlp.config import SegmentConfig
from renda_nlp.encoding import save_space, train_space
from renda_nlp.taxonomy import default_taxonomy

ROOT = Path(__file__).parent.parent
OPINIONS = ROOT / "corpora" / "opinions"  # test.jsonl stays unseen
PART = 300  # characters of a report that count as one text


def main() -> None:
    """Train and save."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpus", nargs="*", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "models" / "default")
    parser.add_argument("--official", nargs="*", type=Path, default=[])
    parser.add_argument("--dim", type=int, default=64)
    options = parser.parse_args()
    paths = options.corpus or [OPINIONS / "train.jsonl", OPINIONS / "validation.jsonl"]
    texts, owners = [], []
    numbers = {sub.subtopic_id: n for n, sub in enumerate(default_taxonomy().subtopics)}
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            texts.append(row["text"])
            owners.append(numbers.get(row["subtopic"], -1))
    segmenter = make_segmenter(SegmentConfig())
    words, _ = word_hashes(texts, segmenter)
    for path in options.official:
        reports = [json.loads(line)["content"] for line in path.read_text("utf-8").splitlines()]
        texts += [text[i : i + PART] for text in reports for i in range(0, len(text), PART)]
    _, ordinary = word_hashes(texts, segmenter)
    save_space(train_space(words, ordinary, owners, options.dim), options.output)


if __name__ == "__main__":
    main()
