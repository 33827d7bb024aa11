"""A user's own topic model: from a labelled table to a model folder, and its scores on another."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from renda_nlp.analysis import default_model_folder, make_classifier
from renda_nlp.classification import load_classifier, save_model
from renda_nlp.classification.adapting import adapt_model, cross_validate
from renda_nlp.classification.finetuning import FineTuning, fine_tune
from renda_nlp.classification.training import Example, train_model
from renda_nlp.config import ClassifyConfig, ReadConfig
from renda_nlp.corrections import labelled_texts, read_corrections
from renda_nlp.errors import InputError
from renda_nlp.evaluation import bootstrap_interval, macro_f1
from renda_nlp.records import Opinion
from renda_nlp.tabular import read_rows
from renda_nlp.taxonomy import default_taxonomy

__all__ = [
    "Evaluation",
    "FineTuning",
    "Training",
    "TrainingResult",
    "evaluate_model",
    "read_labelled",
    "train",
]

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
_CORRECTION_COST = 0.1  # chosen by scripts/benchmark_corrections.py


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """How a model is trained.

    Attributes:
        labels: Column of the labels; None looks for it.
        text_column: Column of the texts; None looks for it.
        backend: ``linear``, or ``transformer`` (extra ``transformer``).
        base: linear: model folder that corrections change, empty = the shipped one;
            transformer: folder or hub name of the encoder to fine-tune.
        corrections: Workbooks 校对 whose topics are learnt.
        fine_tuning: Of the transformer.
    """

    labels: str | None = None
    text_column: str | None = None
    backend: str = "linear"
    base: str = ""
    corrections: tuple[Path, ...] = ()
    fine_tuning: FineTuning = field(default_factory=FineTuning)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingResult:
    """What was trained.

    Attributes:
        n_rows: Rows that taught, corrections among them.
        n_labels: Different labels.
        n_corrections: Rows from corrections.
        losses: Mean loss of each epoch; empty for a linear model.
        before: F1 on the corrected rows of the model as it was, with its 95 % interval; None
            where no model was changed.
        after: The same after learning, each row judged by a model that has not seen it.
    """

    n_rows: int
    n_labels: int
    n_corrections: int = 0
    losses: tuple[float, ...] = ()
    before: tuple[float, float, float] | None = None
    after: tuple[float, float, float] | None = None


def train(path: Path | None, output: Path, settings: Training | None = None) -> TrainingResult:
    """Train a model and write its folder.

    From a labelled table, with the corrections as further rows; from corrections alone, an existing
    linear model is moved towards them.

    Raises:
        InputError: There is nothing to learn from, or a table without usable labels.
        ConfigError: A base model is missing or not of this kind.
    """
    settings = settings or Training()
    given = labelled_texts(read_corrections(settings.corrections))
    if settings.corrections and not given:
        raise InputError("校对表里没有填过主题的意见：请在“校对主题”列填写后再训练")
    examples = _examples(path, settings) if path is not None else []
    if not examples and settings.backend == "linear":
        return _adapt(given, output, settings.base)
    names = default_taxonomy().ids_by_name()
    if all(example.topic in names for example in examples):
        examples = [replace(example, topic=names[example.topic]) for example in examples]
        given = [(text, names.get(name, name)) for text, name in given]
    examples += [Example(text=text, topic=name) for text, name in given]
    losses: list[float] = []
    if settings.backend == "transformer":
        if not settings.base:
            raise InputError("--backend transformer 需要用 --base 指定基础模型（文件夹或模型名）")
        losses = fine_tune(examples, settings.base, output, settings.fine_tuning)
    else:
        save_model(train_model(examples), output)
    return TrainingResult(
        n_rows=len(examples),
        n_labels=len({example.topic for example in examples}),
        n_corrections=len(given),
        losses=tuple(losses),
    )


def _examples(path: Path, settings: Training) -> list[Example]:
    rows, targets = read_labelled(path, settings.labels, text_column=settings.text_column)
    return [
        Example(text=row.text, title_end=row.title_end, topic=label)
        for row, label in zip(rows, targets, strict=True)
    ]


def _adapt(given: Sequence[tuple[str, str]], output: Path, base: str) -> TrainingResult:
    """Move a linear model towards corrections; say how it does on them before and after."""
    if not given:
        raise InputError("请给一张标注好的表，或用 --corrections 给校对表")
    folder = Path(base) if base else default_model_folder()
    classifier = load_classifier(folder)
    names = default_taxonomy().ids_by_name()
    texts = [text for text, _ in given]
    topics = [names.get(name, name) for _, name in given]
    before, after = cross_validate(classifier, texts, topics, cost=_CORRECTION_COST)
    save_model(adapt_model(classifier, texts, topics, cost=_CORRECTION_COST), output)
    return TrainingResult(
        n_rows=len(given),
        n_labels=len(set(topics)),
        n_corrections=len(given),
        before=_share(topics, before),
        after=_share(topics, after),
    )


def _share(gold: Sequence[str], found: Sequence[str]) -> tuple[float, float, float]:
    """Return micro-F1, with one label a row the share of right ones, and its 95 % interval."""
    right = np.array([g == f for g, f in zip(gold, found, strict=True)])
    low, high = bootstrap_interval(lambda rows: float(right[rows].mean()), len(right))
    return float(right.mean()), low, high


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
        accuracy=_share(gold, found),
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
