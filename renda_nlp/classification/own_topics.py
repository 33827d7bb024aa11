"""Topics of the office's own, from a file of cue terms: no labels, no training.

``mine.toml`` holds one table ``[[topics]]`` for each topic: ``name``, ``cues`` (terms that speak for
it) and, if wanted, ``against`` (terms that speak against it).
"""

import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from renda_nlp.classification.deciding import Floats, softmax
from renda_nlp.classification.features import FeatureExtractor
from renda_nlp.classification.lexicon import CueLexicon
from renda_nlp.errors import ConfigError
from renda_nlp.ngrams import TextBatch

__all__ = ["CueClassifier", "OwnTopic", "load_own_topics"]

NONE = "其他"  # no cue, nothing alike
_LIKENESS, _MIN_LIKENESS = 8.0, 0.2  # weight of a cosine; what unlike texts reach
_BASE = 0.5  # score of a text without any sign
_SHARPNESS = 2.0
_MIN_CONFIDENCE, _MIN_SECONDARY = 0.4, 0.2
_KEYS = frozenset(("name", "cues", "against"))


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTopic:
    """A topic with its cue terms."""

    name: str
    cues: tuple[str, ...]
    against: tuple[str, ...] = ()


def load_own_topics(path: Path) -> tuple[OwnTopic, ...]:
    """Read a file of topics.

    Raises:
        ConfigError: The file is missing, no TOML, or says something else than topics with cues.
    """
    try:
        rows = tomllib.loads(path.read_text("utf-8-sig")).get("topics")
    except OSError as error:
        raise ConfigError(f"{path}：主题文件不存在或无法读取") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}：不是正确的 TOML 文件（{error}）") from error
    if not isinstance(rows, list) or not rows:
        raise ConfigError(f'{path}：请写 [[topics]]，每个主题有 name = "…" 和 cues = ["…"]')
    topics = tuple(_read_topic(path, number, row) for number, row in enumerate(rows, 1))
    twice = [name for name, n in Counter(topic.name for topic in topics).items() if n > 1]
    if twice:
        raise ConfigError(f"{path}：主题名“{twice[0]}”写了两次，请合并")
    return topics


def _read_topic(path: Path, number: int, row: object) -> OwnTopic:
    place = f"{path}：第{number}个主题"
    if not isinstance(row, dict) or not isinstance(row.get("name"), str) or not row["name"].strip():
        raise ConfigError(f"{place}没有 name")
    unknown = sorted(set(row) - _KEYS)
    if unknown:
        raise ConfigError(f"{place}：不认识的设置 {unknown[0]}，可写 name、cues、against")
    for key in ("cues", "against"):
        terms = row.get(key, [])
        if not isinstance(terms, list) or not all(isinstance(t, str) and t.strip() for t in terms):
            raise ConfigError(f'{place}：{key} 应是词的列表，如 ["停车", "车位"]')
    return OwnTopic(
        name=row["name"].strip(),
        cues=tuple(row.get("cues", ())),
        against=tuple(row.get("against", ())),
    )


class CueClassifier:
    """Gives texts the topics whose cue terms they use, and those that they come near in meaning.

    Args:
        topics: What ``load_own_topics`` gives.
        likeness: Returns the cosine of each text with each topic, shape ``(n_texts, n_topics)``.
    """

    def __init__(
        self,
        topics: Sequence[OwnTopic],
        likeness: Callable[[Sequence[str]], NDArray[np.float32]] | None = None,
    ) -> None:
        self.topics: tuple[str, ...] = (*(topic.name for topic in topics), NONE)
        self.intents: tuple[str, ...] = ("other",)
        self.min_confidence, self.min_secondary = _MIN_CONFIDENCE, _MIN_SECONDARY
        self._likeness = likeness
        owners = Counter(cue.lower() for topic in topics for cue in {topic.name, *topic.cues})
        cues = {
            topic.name: {
                **{term.lower(): 0.5 - len(term) for term in topic.against},
                **{
                    cue.lower(): (len(cue) - 0.5) / owners[cue.lower()] ** 0.5
                    for cue in {topic.name, *topic.cues}
                },
            }
            for topic in topics
        }
        lexicon = CueLexicon(cues, [topic.name for topic in topics])
        self._extractor = FeatureExtractor(((lexicon, 1.0),), n_bits=1)

    def probabilities(
        self, texts: Sequence[str], title_ends: Sequence[int]
    ) -> tuple[Floats, Floats]:
        """Return topic and intent probabilities, shapes ``(n, topics + 1)`` and ``(n, 1)``."""
        n = len(self.topics) - 1
        _, cues = self._extractor.transform_parts(texts, title_ends)
        scores = cues.toarray().reshape(len(texts), -1, n).sum(axis=1)
        if self._likeness is not None:
            scores += _LIKENESS * np.maximum(0, self._likeness(texts) - _MIN_LIKENESS)
        base = np.full((len(texts), 1), _BASE, np.float32)
        return softmax(np.float32(_SHARPNESS) * np.hstack([scores, base])), np.ones(
            (len(texts), 1), np.float32
        )

    def shares(self, text: str, title_end: int, topic: str) -> NDArray[np.float64]:
        """Return what each character adds to the cue scores of a topic, shape ``(len(text),)``."""
        extractor = self._extractor
        gains = np.zeros((extractor.cues.n_columns // (len(self.topics) - 1), len(self.topics) - 1))
        if topic != NONE:
            gains[:, self.topics.index(topic)] = 1
        batch = TextBatch([text])
        return extractor.cues.shares(batch, extractor.zones(batch, [title_end]), gains.ravel())
