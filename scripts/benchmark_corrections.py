"""What corrections teach: the default model before and after it learns from corrected messages.

The cost is chosen among listed values by five folds within the first half of the hand-labelled
messages; the figures are those of the second half, whose labels nothing has seen.

usage: python scripts/benchmark_corrections.py [--data ../shared/data]
"""

import argparse
from pathlib import Path

import numpy as np
from evaluate_topics import read_gold

from renda_nlp.analysis import default_model_folder
from renda_nlp.classification import load_classifier
from renda_nlp.classification.adapting import adapt_model, cross_validate
from renda_nlp.config import ReadConfig
from renda_nlp.evaluation import bootstrap_interval
from renda_nlp.tabular import read_rows

ROOT = Path(__file__).parent.parent
COSTS = (0.1, 0.3, 1.0, 3.0)
SIZES = (0, 25, 50, 100, 200)


def share(gold: list[str], found: list[str]) -> str:
    """Return accuracy with its interval."""
    right = np.array([g == f for g, f in zip(gold, found, strict=True)])
    low, high = bootstrap_interval(lambda rows: float(right[rows].mean()), len(right))
    return f"{right.mean():.3f} [{low:.3f}, {high:.3f}]"


def main() -> None:
    """Choose the cost, then learn from more and more corrections."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    data = parser.parse_args().data
    gold = read_gold(data / "dev_topics.tsv")
    rows = read_rows(data / "petition_replies.xlsx", ReadConfig(), text_column=None, id_column=None)
    texts = {row.row_id: row.text for row in rows if row.row_id in gold}
    ids = list(gold)
    labels = [gold[i][0][0] for i in ids]
    half = len(ids) // 2
    classifier = load_classifier(default_model_folder())
    first = [texts[i] for i in ids[:half]]
    for cost in COSTS:
        before, after = cross_validate(classifier, first, labels[:half], cost=cost)
        print(
            f"first half, cost {cost}: before {share(labels[:half], before)}, "
            f"after {share(labels[:half], after)}"
        )
    second = [texts[i] for i in ids[half:]]
    features = classifier.features(second, [0] * len(second))
    for cost in COSTS:
        for n in SIZES:
            model = classifier.model
            if n:
                model = adapt_model(classifier, first[:n], labels[:n], cost=cost)
            k = len(model.topics)
            best = (features @ model.weights[:, :k] + model.bias[:k]).argmax(axis=1)
            found = [model.topics[i] for i in best]
            print(f"second half, cost {cost}, {n} corrections: {share(labels[half:], found)}")


if __name__ == "__main__":
    main()
