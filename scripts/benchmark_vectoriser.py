"""Texts to hashed n-gram counts: ours against sklearn's vectorisers, in turn, in the same run.

usage: python scripts/benchmark_vectoriser.py [-n 4000] [--length 370]

Each takes character 1- and 2-grams of the same invented messages; processor seconds, best of three.
"""

import argparse
import json

from make_feedback import make_feedback
from sklearn.feature_extraction.text import HashingVectorizer, TfidfVectorizer
from timing import least_cpu_seconds

from renda_nlp.ngrams import TextBatch, count_ngrams

_BUCKETS, _BATCH = 1 << 18, 1024


def main() -> None:
    """Measure and print seconds and ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("-n", type=int, default=4000)
    parser.add_argument("--length", type=int, default=370)
    given = parser.parse_args()
    texts = [text for *_, text in make_feedback(given.n, given.length, 1)]
    options = {"analyzer": "char", "ngram_range": (1, 2)}

    def ours() -> None:
        for start in range(0, len(texts), _BATCH):
            count_ngrams(TextBatch(texts[start : start + _BATCH]), (1, 2), _BUCKETS)

    own = least_cpu_seconds(ours)
    peers = {
        "HashingVectorizer": HashingVectorizer(n_features=_BUCKETS, **options).transform,
        "TfidfVectorizer": TfidfVectorizer(sublinear_tf=True, **options).fit_transform,
    }
    line = {"n": given.n, "ours_s": round(own, 3)}
    for name, vectorise in peers.items():
        theirs = least_cpu_seconds(lambda vectorise=vectorise: vectorise(texts))
        line |= {f"{name}_s": round(theirs, 3), f"{name}_ratio": round(theirs / own, 2)}
    print(json.dumps(line))


if __name__ == "__main__":
    main()
