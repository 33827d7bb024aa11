"""Train the default topic model from corpora/opinions and write models/default.

usage: python scripts/train_topics.py [--corpus FILE ...] [-o models/default]
"""

import argparse
import json
from pathlib import Path

from renda_nlp.classification import save_model
from renda_nlp.classification.training import Example, train_model

ROOT = Path(__file__).parent.parent
OPINIONS = ROOT / "corpora" / "opinions"  # test.jsonl stays unseen
WRITER_WEIGHTS = {"starter": 3.0}  # ordinary short messages; the other writers sought hard ones


def read_examples(paths: list[Path]) -> list[Example]:
    """Read rows of JSON Lines with text, title (may be empty), topic, intent."""
    examples = []
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            examples.append(
                Example(
                    text=row["text"],
                    title_end=len(row.get("title", "")),
                    topic=row["topic"],
                    intent=row.get("intent", ""),
                    weight=WRITER_WEIGHTS.get(row.get("writer", ""), 1.0),
                )
            )
    return examples


def main() -> None:
    """Train and save."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpus", nargs="*", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "models" / "default")
    options = parser.parse_args()
    paths = options.corpus or [OPINIONS / "train.jsonl", OPINIONS / "validation.jsonl"]
    model = train_model(read_examples(paths))
    save_model(model, options.output)


if __name__ == "__main__":
    main()
