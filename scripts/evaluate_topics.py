"""Score the topic model on real messages and on sentences of work reports.

usage: python scripts/evaluate_topics.py [--data ../shared/data] [--model models/default] [--worst 10]

Messages: dev_topics.tsv over petition_replies.xlsx (second half counts, all for information).
Sentences: corpora/report_sentences/labels.tsv over government_work_reports.jsonl; two labellers.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np

from renda_nlp.analysis import make_classifier
from renda_nlp.config import ClassifyConfig, ReadConfig
from renda_nlp.evaluation import bootstrap_interval, calibration_error, topic_scores
from renda_nlp.records import TopicScores
from renda_nlp.tabular import read_rows

ROOT = Path(__file__).parent.parent


def read_gold(path: Path) -> dict[str, tuple[list[str], list[str], str]]:
    """Return row id to accepted topics, secondary topics and intent."""
    gold = {}
    for line in path.read_text("utf-8").splitlines():
        row_id, accepted, secondary, intent = (*line.split("\t"), "", "")[:4]
        gold[row_id] = (accepted.split(","), [s for s in secondary.split(",") if s], intent)
    return gold


def describe(
    name: str, gold: list[tuple[list[str], list[str], str]], found: list[TopicScores]
) -> None:
    """Print the scores of some rows with their 95 % intervals."""
    accepted, secondary = [g[0] for g in gold], [g[1] for g in gold]
    topics = [scores.topic for scores in found]

    def score(rows: np.ndarray, key: str) -> float:
        return topic_scores(
            [accepted[i] for i in rows], [secondary[i] for i in rows], [topics[i] for i in rows]
        )[key]

    print(f"{name}: {len(gold)} rows")
    for key, value in topic_scores(accepted, secondary, topics).items():
        low, high = bootstrap_interval(lambda rows, k=key: score(rows, k), len(gold))
        print(f"  {key:10s} {value:.3f}  [{low:.3f}, {high:.3f}]")
    right = np.array([t in a for t, a in zip(topics, accepted, strict=True)])
    confidence = np.array([scores.confidence for scores in found])
    decided = np.array([not scores.undecided for scores in found])
    print(
        f"  undecided  {1 - decided.mean():.3f}, accuracy when decided {right[decided].mean():.3f}"
    )
    print(f"  calibration error {calibration_error(confidence, right):.3f}")
    intents = [(s.intent, g[2]) for s, g in zip(found, gold, strict=True) if g[2]]
    if intents:
        print(f"  intent     {np.mean([a == b for a, b in intents]):.3f}")


def messages(options: argparse.Namespace) -> None:
    """Score the real messages."""
    gold = read_gold(options.data / "dev_topics.tsv")
    opinions = {
        opinion.row_id: opinion
        for opinion in read_rows(
            options.data / "petition_replies.xlsx", ReadConfig(), text_column=None, id_column=None
        )
    }
    ids = list(gold)
    classifier = make_classifier(ClassifyConfig(model=str(options.model)))
    ends = [opinions[i].title_end for i in ids]
    found = classifier.classify([opinions[i].text for i in ids], ends)
    half = len(ids) // 2
    describe("second half of the messages", [gold[i] for i in ids[half:]], found[half:])
    describe("all messages (information)", [gold[i] for i in ids], found)
    worst = Counter(
        (gold[i][0][0], scores.topic)
        for i, scores in zip(ids[:half], found[:half], strict=True)
        if scores.topic not in gold[i][0]
    )
    print("worst confusions of the first half (gold, predicted, n):")
    for (a, b), n in worst.most_common(options.worst):
        print(f"  {a} -> {b}: {n}")


def sentences(options: argparse.Namespace) -> None:
    """Score the sentences of work reports."""
    contents = {}
    reports = (options.data / "government_work_reports.jsonl").read_text("utf-8")
    for row in map(json.loads, reports.splitlines()):
        if row.get("year"):
            contents[str(int(row["year"]))] = row["content"]
    gold, texts = [], []
    labels = ROOT / "corpora" / "report_sentences" / "labels.tsv"
    for line in labels.read_text("utf-8").splitlines()[1:]:
        year, start, end, first, first_more, second, second_more = line.split("\t")
        texts.append(contents[year][int(start) : int(end)].strip())
        more = [s for s in (*first_more.split(","), *second_more.split(",")) if s]
        gold.append((list(dict.fromkeys((first, second))), more, ""))
    classifier = make_classifier(ClassifyConfig(model=str(options.model)))
    describe("sentences of work reports", gold, classifier.classify(texts))


def main() -> None:
    """Score both."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "default")
    parser.add_argument("--worst", type=int, default=10)
    options = parser.parse_args()
    messages(options)
    sentences(options)


if __name__ == "__main__":
    main()
