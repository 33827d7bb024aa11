"""The per-opinion line: segment, annotate, classify, mask; a batch in, a batch out.

Settings travel to the workers, models do not: ``make_analyzer`` runs once in each worker.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib.resources import files
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from renda_nlp.annotation import (
    TextAnnotator,
    address_key,
    find_personal_data,
    is_region,
    mask,
)
from renda_nlp.classification import SubtopicFinder, TopicClassifier, load_model
from renda_nlp.classification.features import FeatureExtractor
from renda_nlp.classification.lexicon import make_lexicons
from renda_nlp.config import ClassifyConfig, Config, SegmentConfig
from renda_nlp.encoding import load_space
from renda_nlp.hotspots import HotspotFinder, SeverityFinder, find_stance
from renda_nlp.ngrams import TextBatch, normalise
from renda_nlp.protocols import Segmenter
from renda_nlp.records import Opinion, Span, Token, TopicScores
from renda_nlp.registry import EXECUTORS, SEGMENTERS
from renda_nlp.segmentation import load_words
from renda_nlp.table import Analysis, AnalysisBatch, OpinionTable
from renda_nlp.taxonomy import default_taxonomy

__all__ = [
    "Analyzer",
    "batches",
    "default_model_folder",
    "fill_table",
    "make_analyzer",
    "make_classifier",
    "make_finder",
    "make_segmenter",
    "word_hashes",
]

_FUNCTION_TAGS = frozenset(
    ("x", "u", "uj", "ul", "uz", "p", "c", "r", "d", "y", "e", "o", "q", "zg")
)
_WORD_SALT, _PAIR_SALT = 1, 2
_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FFF

Hashes = NDArray[np.uint64]


def default_model_folder() -> Path:
    """Return the folder of the shipped model: beside the package in a checkout, inside a wheel."""
    inside = Path(str(files("renda_nlp"))) / "models" / "default"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "models" / "default"


def make_segmenter(config: SegmentConfig) -> Segmenter:
    """Build the segmenter of the settings with the office's own words."""
    return SEGMENTERS.create(config.engine, load_words(Path(path) for path in config.dictionaries))


def make_classifier(config: ClassifyConfig) -> TopicClassifier:
    """Build the topic classifier of the settings."""
    model = load_model(Path(config.model) if config.model else default_model_folder())
    extractor = FeatureExtractor(make_lexicons(), n_bits=model.n_bits, idf=model.idf)
    return TopicClassifier(model, extractor)


class _Memo:
    """A segmenter that remembers the batch in hand, so that each text is cut once."""

    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        self._known: dict[str, list[Token]] = {}

    def clear(self) -> None:
        self._known.clear()

    def segment(self, text: str) -> list[Token]:
        tokens = self._known.get(text)
        if tokens is None:
            tokens = self._known[text] = self._segmenter.segment(text)
        return tokens


def batches(opinions: Iterable[Opinion], size: int) -> Iterator[tuple[Opinion, ...]]:
    """Yield the opinions in groups of at most ``size``."""
    source = iter(opinions)
    while batch := tuple(islice(source, size)):
        yield batch


class Analyzer:
    """Analyses batches of opinions."""

    def __init__(self, config: Config) -> None:
        self._segmenter = _Memo(make_segmenter(config.segment))
        self._classifier = make_classifier(config.classify)
        self._annotator = TextAnnotator()
        self._subtopics = SubtopicFinder(default_taxonomy())
        self._severity = SeverityFinder()
        self._space = load_space(default_model_folder())

    def __call__(self, opinions: Sequence[Opinion]) -> AnalysisBatch:
        """Return the opinions with their analyses, in order."""
        self._segmenter.clear()
        ends = [opinion.title_end for opinion in opinions]
        batch = TextBatch([opinion.text for opinion in opinions])
        texts = [opinion.text for opinion in opinions]
        topics, intents = self._classifier.probabilities(texts, ends)
        scores = self._classifier.decide(texts, ends, topics, intents)
        plain = batch.texts()
        hashes = [
            _text_hashes(batch, row, self._segmenter.segment(plain[row]), ends[row])
            for row in range(len(opinions))
        ]
        vectors = self._space.encode([words for words, _, _ in hashes]).astype(np.float16)
        analyses = tuple(
            self._analyse(opinion, scores[row], plain[row], hashes[row], topics[row], vectors[row])
            for row, opinion in enumerate(opinions)
        )
        return AnalysisBatch(opinions=tuple(opinions), analyses=analyses)

    def _analyse(
        self,
        opinion: Opinion,
        scores: TopicScores,
        text: str,
        hashes: tuple[Hashes, Hashes, Hashes],
        topics: NDArray[np.float32],
        vector: NDArray[np.float16],
    ) -> Analysis:
        spans = self._annotator.annotate(text, self._segmenter.segment(text))
        places = [span.value for span in spans if span.label == "PLACE"]
        address = address_key(normalise(opinion.place))
        if address:
            places.append(address)
        places = list(dict.fromkeys(places))
        personal = find_personal_data(
            opinion.text, kind=opinion.kind, private_names=opinion.private_names
        )
        words, pairs, title_words = hashes
        return Analysis(
            scores=scores,
            subtopic=self._subtopics.find(
                text, scores.topic, self._space.subtopics @ vector.astype(np.float32)
            ),
            places=tuple(places),
            regions=tuple(place for place in places if is_region(place)),
            address=address,
            heads=_heads(spans),
            severity=self._severity.find(text),
            stance=find_stance(text),
            masked_text=mask(opinion.text, personal),
            masked_reply=self._mask_reply(opinion),
            words=np.concatenate((words, pairs)),
            title_words=title_words,
            names=self._space.unknown(np.concatenate((words, pairs))),
            topic_probabilities=topics.astype(np.float16),
            vector=vector,
        )

    def _mask_reply(self, opinion: Opinion) -> str:
        if not opinion.reply:
            return ""
        found = find_personal_data(opinion.reply, kind="reply", private_names=opinion.private_names)
        return mask(opinion.reply, found)


def _text_hashes(
    batch: TextBatch, row: int, tokens: Sequence[Token], title_end: int
) -> tuple[Hashes, Hashes, Hashes]:
    """Return the hashes of content words, of character pairs, and of both in the title."""
    offset = int(batch.starts[row])
    kept = [
        token for token in tokens if token.tag not in _FUNCTION_TAGS and token.end - token.start > 1
    ]
    starts = np.array([token.start for token in kept], np.int64)
    ends = np.array([token.end for token in kept], np.int64)
    solid = np.flatnonzero(_is_han_or_sign(batch.codes[offset : int(batch.starts[row + 1])]))
    pairs = solid[:-1][np.diff(solid) == 1] if len(solid) > 1 else np.zeros(0, np.int64)
    words = batch.hashes(offset + starts, offset + ends, salt=_WORD_SALT)
    doubles = batch.hashes(offset + pairs, offset + pairs + 2, salt=_PAIR_SALT)
    titled = np.concatenate((words[ends <= title_end], doubles[pairs + 2 <= title_end]))
    return words, doubles, titled


def word_hashes(texts: Sequence[str], segmenter: Segmenter) -> tuple[list[Hashes], list[Hashes]]:
    """Return per text the hashes of its content words, and of its words and character pairs."""
    batch = TextBatch(texts)
    words, both = [], []
    for row, text in enumerate(batch.texts()):
        own, pairs, _ = _text_hashes(batch, row, segmenter.segment(text), 0)
        words.append(own)
        both.append(np.concatenate((own, pairs)))
    return words, both


def _is_han_or_sign(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    han = (codes >= _FIRST_HAN) & (codes <= _LAST_HAN)
    latin = (codes >= ord("a")) & (codes <= ord("z"))
    return han | latin | ((codes >= ord("0")) & (codes <= ord("9")))


def _heads(spans: Sequence[Span]) -> int:
    return max((int(span.value) for span in spans if span.label == "HEADCOUNT"), default=0)


def make_analyzer(config: Config) -> Callable[[], Analyzer]:
    """Return what builds the analyzer in each worker."""
    return partial(Analyzer, config)


def fill_table(
    opinions: Iterable[Opinion],
    config: Config,
    executor: str = "processes",
    on_progress: Callable[[int], None] | None = None,
) -> OpinionTable:
    """Return the opinions with their analyses, as columns.

    Args:
        opinions: Read once, in order.
        config: Every setting that changes a result.
        executor: Name of the backend that the batches run on.
        on_progress: Called with the number of opinions analysed so far.
    """
    table = OpinionTable()
    workers = EXECUTORS.create(executor, config.run.jobs)
    for batch in workers.map(make_analyzer(config), batches(opinions, config.run.batch_size)):
        table.append(batch)
        if on_progress is not None:
            on_progress(len(table))
    return table


def make_finder(config: Config) -> HotspotFinder:
    """Build the hotspot finder of the settings."""
    segmenter = make_segmenter(config.segment)
    return HotspotFinder(config.hotspots, default_taxonomy(), segmenter, config.office.level)
