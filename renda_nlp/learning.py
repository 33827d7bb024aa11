"""A user's own topic model: from a labelled table to a model folder, and its scores on another."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from renda_nlp.analysis import make_classifier
from renda_nlp.classification import save_model
from renda_nlp.classification.training import Example, train_model
from renda_nlp.config import ClassifyConfig, ReadConfig
from renda_nlp.errors import InputError
from renda_nlp.evaluation import bootstrap_interval, macro_f1
from renda_nlp.records import Opinion
from renda_nlp.tabular import read_rows

__all__ = ["Evaluation", "evaluate_model", "read_labelled", "train_table"]

_LABEL_COLUMNS = (
    "主题",
    "标签",
    "分类",
    "类别",
    "一级分类",
    "一级标签",
    "label",
    "topic",
    "labels",
)
_MIN_LABELS = 2
_MIN_ROWS = 2
_N_ERRORS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """How a model does on labelled rows.

    Attributes:
        accuracy: Share of right labels (micro-F1, one label a row), with its 95 % interval.
        macro_f1: Mean F1 over the labels, with its 95 % interval.
        per_label: Label to (F1, low, high, rows).
        confusions: (gold, predicted, n), most frequent first.
        errors: (id, gold, predicted, confidence) of the errors that the model was surest of.
    """

    n_rows: int
    accuracy: tuple[float, float, float]
    macro_f1: tuple[float, float, float]
    per_label: dict[str, tuple[float, float, float, int]]
    confusions: tuple[tuple[str, str, int], ...]
    errors: tuple[tuple[str, str, str, float], ...]


def read_labelled(
    path: Path, labels: str | None, *, text_column: str | None = None
) -> tuple[list[Opinion], list[str]]:
    """Return the rows of a table that bear a label, and their labels.

    Raises:
        InputError: There is no such column, or fewer than two labels in it.
    """
    rows = list(read_rows(path, ReadConfig(), text_column=text_column, id_column=None))
    columns = list(dict.fromkeys(name for row in rows for name, _ in row.attributes))
    known = [name for name in _LABEL_COLUMNS if name in columns]
    column = labels or (known[0] if known else "")
    if column not in columns:
        raise InputError(
            f"{path.name}：没有找到标签列{f'“{column}”' if column else ''}，请用 --labels 指定；"
            f"可选的列：{'、'.join(columns) or '无'}"
        )
    pairs = [(row, dict(row.attributes).get(column, "").strip()) for row in rows]
    kept = [(row, label) for row, label in pairs if label and row.text.strip()]
    counts = Counter(label for _, label in kept)
    enough = [(row, label) for row, label in kept if counts[label] >= _MIN_ROWS]
    if len({label for _, label in enough}) < _MIN_LABELS:
        raise InputError(f"{path.name}：列“{column}”里至少要有两种标签，每种至少两条")
    return [row for row, _ in enough], [label for _, label in enough]


def train_table(
    path: Path, output: Path, *, labels: str | None = None, text_column: str | None = None
) -> tuple[int, int]:
    """Train a linear model from a labelled table and write it; return numbers of rows and labels."""
    rows, targets = read_labelled(path, labels, text_column=text_column)
    examples = [
        Example(text=row.text, title_end=row.title_end, topic=label)
        for row, label in zip(rows, targets, strict=True)
    ]
    save_model(train_model(examples), output)
    return len(rows), len(set(targets))


def _interval(gold: Sequence[str], found: Sequence[str], label: str) -> tuple[float, float, float]:
    """Return F1 of one label with its interval."""
    own, named = np.array(gold) == label, np.array(found) == label

    def score(rows: np.ndarray) -> float:
        total = own[rows].sum() + named[rows].sum()
        return float(2 * (own[rows] & named[rows]).sum() / total) if total else 0.0

    return (score(np.arange(len(gold))), *bootstrap_interval(score, len(gold)))


def evaluate_model(
    model: Path, path: Path, *, labels: str | None = None, text_column: str | None = None
) -> Evaluation:
    """Return how a model folder does on a labelled table."""
    rows, gold = read_labelled(path, labels, text_column=text_column)
    classifier = make_classifier(ClassifyConfig(model=str(model)))
    scores = classifier.classify([row.text for row in rows], [row.title_end for row in rows])
    found = [item.topic for item in scores]
    right = np.array([g == f for g, f in zip(gold, found, strict=True)])

    def macro(indices: np.ndarray) -> float:
        return macro_f1([gold[i] for i in indices], [found[i] for i in indices])

    wrong = sorted(
        (i for i in range(len(gold)) if not right[i]), key=lambda i: -scores[i].confidence
    )
    confusions = Counter((gold[i], found[i]) for i in wrong)
    n = len(gold)
    return Evaluation(
        n_rows=n,
        accuracy=(
            float(right.mean()),
            *bootstrap_interval(lambda rows: float(right[rows].mean()), n),
        ),
        macro_f1=(macro(np.arange(n)), *bootstrap_interval(macro, n)),
        per_label={
            label: (*_interval(gold, found, label), gold.count(label))
            for label in sorted(set(gold))
        },
        confusions=tuple((a, b, k) for (a, b), k in confusions.most_common()),
        errors=tuple(
            (rows[i].row_id, gold[i], found[i], round(scores[i].confidence, 3))
            for i in wrong[:_N_ERRORS]
        ),
    )
