"""The linear model over hashed features, its file format, and the classifier that uses it.

Official prose (reports, plans) speaks of topics in other words than the voices of the people do, so
a model may hold a second set of weights for it and a column that tells the two apart. A model folder holds ``config.json`` (labels, features, temperature, threshold) and ``weights.npz``
(float16 arrays, no pickle). Probabilities are a softmax over margins divided by the temperature
(Guo et al. 2017, On Calibration of Modern Neural Networks).
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from renda_nlp.classification.deciding import Floats, softmax
from renda_nlp.classification.explaining import character_shares
from renda_nlp.classification.features import FeatureExtractor
from renda_nlp.classification.lexicon import make_lexicons
from renda_nlp.errors import ConfigError

__all__ = ["LinearClassifier", "LinearModel", "load_classifier", "load_model", "save_model"]

_ARRAYS = {"weights": np.float16, "bias": np.float32, "idf": np.float16}


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearModel:
    """Weights and settings of a trained model.

    Attributes:
        topics: Labels, in the order of the columns of ``weights``.
        intents: Labels of the intent columns, which follow the topics.
        official: Whether more columns follow: one that is positive for official prose, then the
            topics of official prose.
        weights: Shape ``(n_features, n_columns)``.
        bias: Shape ``(n_columns,)``.
        idf: Inverse document frequency of the hashed features, shape ``(2**n_bits,)``.
        temperature: Margins are divided by it before the softmax.
        min_confidence: Below it the topic is undecided.
        min_secondary: From this probability on a second topic is named.
        n_bits: Size of the hash space of the features.
    """

    topics: tuple[str, ...]
    intents: tuple[str, ...]
    official: bool
    weights: Floats
    bias: Floats
    idf: Floats
    temperature: float
    min_confidence: float
    min_secondary: float
    n_bits: int

    def margins(
        self, extractor: FeatureExtractor, texts: Sequence[str], title_ends: Sequence[int]
    ) -> Floats:
        """Return the margins of all columns, shape ``(n_texts, n_columns)``."""
        grams, cues = extractor.transform_parts(texts, title_ends)
        n_grams = grams.shape[1]
        margins: Floats = grams @ self.weights[:n_grams] + cues @ self.weights[n_grams:] + self.bias
        if self.official:  # a report has no title to each sentence
            margins[np.asarray(title_ends) > 0, self.topic_starts()[-1] - 1] = -1
        return margins

    def topic_starts(self) -> tuple[int, ...]:
        """Return the first column of each set of topic columns."""
        more = len(self.topics) + len(self.intents) + 1
        return (0, more) if self.official else (0,)

    def topic_columns(self, margins: Floats) -> NDArray[np.int64]:
        """Return which columns judge the topic of each text, shape ``(n_texts, n_topics)``."""
        first, last = self.topic_starts()[0], self.topic_starts()[-1]
        official = margins[:, last - 1] > 0 if self.official else np.zeros(len(margins), bool)
        return np.where(official, last, first)[:, None] + np.arange(len(self.topics))


def save_model(model: LinearModel, folder: Path) -> None:
    """Write a model; equal models give equal bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = {k: v for k, v in asdict(model).items() if k not in _ARRAYS}
    text = json.dumps({"format": "renda_nlp-linear-2", **settings}, ensure_ascii=False, indent=1)
    (folder / "config.json").write_text(text + "\n", "utf-8")
    arrays = {name: getattr(model, name).astype(kind) for name, kind in _ARRAYS.items()}
    with ZipFile(folder / "weights.npz", "w", ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            entry = ZipInfo(f"{name}.npy")  # fixed date: equal models, equal bytes
            entry.compress_type = ZIP_DEFLATED
            with archive.open(entry, "w") as file:
                np.lib.format.write_array(file, np.ascontiguousarray(array), allow_pickle=False)


def load_model(folder: Path) -> LinearModel:
    """Read a model folder.

    Raises:
        ConfigError: The folder is no model of this package.
    """
    try:
        settings = json.loads((folder / "config.json").read_text("utf-8"))
        with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
            loaded = {name: arrays[name].astype(np.float32) for name in _ARRAYS}
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError(
            f"{folder}：不是可用的模型文件夹（需要 config.json 和 weights.npz）"
        ) from error
    if settings.pop("format", "") != "renda_nlp-linear-2":
        raise ConfigError(f"{folder}/config.json：format 应为 renda_nlp-linear-2")
    settings |= {"topics": tuple(settings["topics"]), "intents": tuple(settings["intents"])}
    return LinearModel(**loaded, **settings)


class LinearClassifier:
    """Gives texts their topic and intent probabilities by a linear model."""

    def __init__(self, model: LinearModel, extractor: FeatureExtractor) -> None:
        self.model = model
        self.extractor = extractor
        self.topics, self.intents = model.topics, model.intents
        self.min_confidence, self.min_secondary = model.min_confidence, model.min_secondary

    def features(self, texts: Sequence[str], title_ends: Sequence[int]) -> csr_matrix:
        """Return the features of texts, shape ``(n, n_features)``."""
        return self.extractor.transform(texts, title_ends)

    def probabilities(
        self, texts: Sequence[str], title_ends: Sequence[int]
    ) -> tuple[Floats, Floats]:
        """Return topic and intent probabilities, shapes ``(n, topics)`` and ``(n, intents)``."""
        model = self.model
        margins = model.margins(self.extractor, texts, title_ends)
        n_topics, n_voice = len(model.topics), len(model.topics) + len(model.intents)
        topics = np.take_along_axis(margins, model.topic_columns(margins), axis=1)
        return softmax(topics / model.temperature), softmax(margins[:, n_topics:n_voice])

    def topic_margins(self, texts: Sequence[str], title_ends: Sequence[int]) -> Floats:
        """Return the margins that judge the topic of each text, shape ``(n, n_topics)``."""
        margins = self.model.margins(self.extractor, texts, title_ends)
        return np.take_along_axis(margins, self.model.topic_columns(margins), axis=1)

    def shares(self, text: str, title_end: int, topic: str) -> NDArray[np.float64]:
        """Return what each character adds to the margin of a topic over the mean of all topics.

        Returns:
            Shape ``(len(text),)``; the shares add up to that margin without its bias.
        """
        model = self.model
        margins = model.margins(self.extractor, [text], [title_end])
        weights = model.weights[:, model.topic_columns(margins)[0]].astype(np.float64)
        gains = weights[:, model.topics.index(topic)] - weights.mean(axis=1)
        return character_shares(self.extractor, text, title_end, gains)


def load_classifier(folder: Path) -> LinearClassifier:
    """Return the classifier of a model folder, with the features that it was trained on."""
    model = load_model(folder)
    return LinearClassifier(
        model, FeatureExtractor(make_lexicons(), n_bits=model.n_bits, idf=model.idf)
    )
