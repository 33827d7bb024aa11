"""Messages per second of the topic classifier alone, one core, CPU seconds.

usage: python scripts/benchmark_classify.py [-n 20000] [--length 370]

Messages are pieces of corpora/opinions of the given length, each with a title of 20 characters, no
two alike; loading is timed apart.
"""

import argparse
import json
import random
import time
from pathlib import Path

from renda_nlp.analysis import make_classifier
from renda_nlp.config import ClassifyConfig

ROOT = Path(__file__).parent.parent
TITLE = 20


def make_messages(n: int, length: int) -> list[str]:
    """Return messages of exactly ``length`` characters cut from the own corpus."""
    lines = (ROOT / "corpora" / "opinions" / "train.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    rng = random.Random(0)
    messages = []
    while len(messages) < n:
        pieces = "".join(rng.choice(texts) for _ in range(1 + length // 80))
        if len(pieces) >= length:
            messages.append(pieces[:length])
    return messages


def main() -> None:
    """Time loading and classifying."""
    parser = argparse.ArgumentParser()
    parser.add_argument("-n", type=int, default=20000)
    parser.add_argument("--length", type=int, default=370)
    options = parser.parse_args()
    messages = make_messages(options.n, options.length)
    start = time.process_time()
    classifier = make_classifier(ClassifyConfig())
    classifier.classify(messages[:1])
    loaded = time.process_time()
    for at in range(0, len(messages), 1024):
        batch = messages[at : at + 1024]
        classifier.classify(batch, [TITLE] * len(batch))
    seconds = time.process_time() - loaded
    print(f"load {loaded - start:.2f} CPU s")
    print(
        f"{len(messages)} messages of {options.length} characters: {seconds:.1f} CPU s, "
        f"{len(messages) / seconds:.0f} a second on one core"
    )


if __name__ == "__main__":
    main()
