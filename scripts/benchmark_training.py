"""Supervised training against a TF-IDF LinearSVC, 5-fold, five seeds, in the same run.

usage: python scripts/benchmark_training.py [--data ../shared/data/petition_labelled_sample.xlsx]

Peer: words (1-2) and characters (1-3), sublinear TF-IDF, LinearSVC. Models are thrown away.
"""

import argparse
import time
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_union
from sklearn.svm import LinearSVC

from renda_nlp.analysis import make_segmenter
from renda_nlp.classification import LinearClassifier, OpinionClassifier
from renda_nlp.classification.features import FeatureExtractor
from renda_nlp.classification.lexicon import make_lexicons
from renda_nlp.classification.training import Example, train_model
from renda_nlp.config import SegmentConfig
from renda_nlp.learning import read_labelled

ROOT = Path(__file__).parent.parent
SEEDS = (42, 43, 44, 45, 46)


def peer(seen: list[Example], unseen: list[Example]) -> list[str]:
    """Train the peer and return its labels."""
    segmenter = make_segmenter(SegmentConfig())

    def words(text: str) -> list[str]:
        return [text[token.start : token.end] for token in segmenter.segment(text)]

    vectors = make_union(
        TfidfVectorizer(tokenizer=words, token_pattern=None, sublinear_tf=True, ngram_range=(1, 2)),
        TfidfVectorizer(analyzer="char", sublinear_tf=True, ngram_range=(1, 3)),
    )
    features = vectors.fit_transform([e.text for e in seen])
    svm = LinearSVC().fit(features, [e.topic for e in seen])
    return svm.predict(vectors.transform([e.text for e in unseen])).tolist()


def ours(seen: list[Example], unseen: list[Example]) -> list[str]:
    """Train our model with default settings and return its labels."""
    model = train_model(seen)
    extractor = FeatureExtractor(make_lexicons(), n_bits=model.n_bits, idf=model.idf)
    scores = OpinionClassifier(LinearClassifier(model, extractor)).classify(
        [e.text for e in unseen], [e.title_end for e in unseen]
    )
    return [item.topic for item in scores]


def main() -> None:
    """Run both on the same folds."""
    parser = argparse.ArgumentParser()
    default = ROOT.parent / "shared" / "data" / "petition_labelled_sample.xlsx"
    parser.add_argument("--data", type=Path, default=default)
    rows, labels = read_labelled(parser.parse_args().data, None)
    examples = [
        Example(text=row.text, title_end=row.title_end, topic=label)
        for row, label in zip(rows, labels, strict=True)
    ]
    figures = {"peer": [], "ours": []}
    seconds = {"peer": 0.0, "ours": 0.0}
    for seed in SEEDS:
        folds = StratifiedKFold(5, shuffle=True, random_state=seed).split(examples, labels)
        for seen, unseen in folds:
            parts = [examples[i] for i in seen], [examples[i] for i in unseen]
            for name, method in (("peer", peer), ("ours", ours)):
                start = time.perf_counter()
                found = method(*parts)
                seconds[name] += time.perf_counter() - start
                gold = [e.topic for e in parts[1]]
                figures[name].append(f1_score(gold, found, average="macro"))
    for name, values in figures.items():
        print(f"{name}: macro-F1 {np.mean(values):.4f}, {seconds[name]:.1f} s")
    print(f"ratio of time ours/peer: {seconds['ours'] / seconds['peer']:.2f}")


if __name__ == "__main__":
    main()
