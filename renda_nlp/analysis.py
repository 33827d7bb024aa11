"""The per-opinion line: segment, annotate, classify, mask; a batch in, a batch out.

Settings travel to the workers, models do not: ``make_analyzer`` runs once in each worker.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from importlib.resources import files
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from renda_nlp.annotation import (
    TextAnnotator,
    address_key,
    is_region,
    mask_batch,
    mask_text,
)
from renda_nlp.batch import Analysis, AnalysisBatch, make_batch
from renda_nlp.classification import (
    CueClassifier,
    LinearClassifier,
    OpinionClassifier,
    SubtopicFinder,
    card_scores,
    is_transformer,
    load_own_topics,
)
from renda_nlp.classification.explaining import strongest_words
from renda_nlp.columns import Ragged
from renda_nlp.config import ClassifyConfig, Config, HotspotConfig, SegmentConfig
from renda_nlp.encoding import WordSpace, hash_batch, load_space
from renda_nlp.errors import ConfigError
from renda_nlp.hotspots import HotspotFinder, SeverityFinder, find_stance
from renda_nlp.memory import release_memory
from renda_nlp.ngrams import TextBatch, normalise
from renda_nlp.protocols import Classifier, Encoder, Segmenter
from renda_nlp.records import Opinion, Span, TopicScores
from renda_nlp.registry import CLASSIFIERS, EXECUTORS, SEGMENTERS
from renda_nlp.segmentation import TermSegmenter, compounds, load_words, segment_batch
from renda_nlp.table import OpinionTable
from renda_nlp.taxonomy import default_taxonomy

__all__ = [
    "Analyzer",
    "batches",
    "default_model_folder",
    "fill_table",
    "make_analyzer",
    "make_classifier",
    "make_finder",
    "make_reasons",
    "make_segmenter",
    "make_subtopic_rule",
    "mask_opinion",
    "model_scores",
    "shipped",
    "word_hashes",
]

_N_REASONS = 6


def shipped(name: str) -> Path:
    """Return a folder that ships with the package, such as ``models/default``.

    It lies inside the package of a wheel, and beside the package in a checkout.
    """
    inside = Path(str(files("renda_nlp"))) / name
    return inside if inside.is_dir() else Path(__file__).parent.parent / name


def default_model_folder() -> Path:
    """Return the folder of the shipped model."""
    return shipped("models/default")


def model_scores(config: ClassifyConfig) -> tuple[tuple[str, str], ...]:
    """Return what the card of the model in use says of its tests: heading and sentence, or nothing."""
    said = card_scores(Path(config.model) if config.model else default_model_folder())
    return (("分类检验成绩", said),) if said else ()


def make_segmenter(config: SegmentConfig, *, whole_terms: bool = False) -> Segmenter:
    """Build the segmenter of the settings with the office's own words.

    Args:
        config: Engine and dictionaries.
        whole_terms: Keep compound terms whole (夜间施工), for reading and counting terms; the
            analysis goes without, since 夜间施工 and 道路施工 have to share a word there.
    """
    own = load_words(Path(path) for path in config.dictionaries)
    if whole_terms:
        return TermSegmenter(SEGMENTERS.create(config.engine, (*compounds(), *own)))
    return SEGMENTERS.create(config.engine, own)


def make_classifier(config: ClassifyConfig) -> OpinionClassifier:
    """Build the topic classifier of the settings; a model without intents takes the shipped ones.

    Raises:
        ConfigError: The model or the file of topics cannot be used, or both are given.
    """
    if config.taxonomy and config.model:
        raise ConfigError("model 和 taxonomy 只能给一个：前者是训练好的模型，后者是主题词文件")
    backend: Classifier = _make_own_topics(config) if config.taxonomy else _make_backend(config)
    if len(backend.intents) > 1 or not (config.model or config.taxonomy):
        return OpinionClassifier(backend)
    return OpinionClassifier(backend, _make_backend(ClassifyConfig()))


def _make_backend(config: ClassifyConfig) -> Classifier:
    folder = Path(config.model) if config.model else default_model_folder()
    engine = config.engine or ("transformer" if is_transformer(folder) else "linear")
    return CLASSIFIERS.create(engine, folder)


def _make_own_topics(config: ClassifyConfig) -> CueClassifier:
    """Return what judges by cue terms, and by nearness in the word space of the shipped model."""
    topics = load_own_topics(Path(config.taxonomy))
    space, segmenter = load_space(default_model_folder()), make_segmenter(SegmentConfig())

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        return space.encode(word_hashes(texts, segmenter)[0])

    means = encode(["，".join((topic.name, *topic.cues)) for topic in topics])
    return CueClassifier(topics, lambda texts: encode(texts) @ means.T)


def make_reasons(
    config: ClassifyConfig, segment: SegmentConfig
) -> Callable[[str, int, str], list[tuple[str, float]]]:
    """Return what names the words that carried a topic: text, end of its title, topic to words.

    Raises:
        ConfigError: The model is no linear one.
    """
    backend = _make_own_topics(config) if config.taxonomy else _make_backend(config)
    if not isinstance(backend, LinearClassifier | CueClassifier):
        raise ConfigError("--explain 只能说明线性模型（自带模型或 renda train 默认训练的模型）")
    segmenter = make_segmenter(segment)

    def find_reasons(text: str, title_end: int, topic: str) -> list[tuple[str, float]]:
        shares = backend.shares(text, title_end, topic)
        return strongest_words(text, segmenter.segment(normalise(text)), shares, _N_REASONS)

    return find_reasons


def _make_encoder(config: HotspotConfig) -> Encoder | None:
    """Return the sentence encoder that the settings name; None means our own word space."""
    if not config.encoder:
        return None
    from renda_nlp.encoding.transformer import TransformerEncoder

    return TransformerEncoder(Path(config.encoder))


def batches(opinions: Iterable[Opinion], size: int) -> Iterator[tuple[Opinion, ...]]:
    """Yield the opinions in groups of at most ``size``."""
    source = iter(opinions)
    while batch := tuple(islice(source, size)):
        yield batch


class Analyzer:
    """Analyses batches of opinions."""

    def __init__(self, config: Config) -> None:
        self._segmenter = make_segmenter(config.segment)
        self._classifier = make_classifier(config.classify)
        self._annotator = TextAnnotator()
        self._subtopics = SubtopicFinder(default_taxonomy())
        self._severity = SeverityFinder()
        self._space = load_space(default_model_folder())
        self._encoder = _make_encoder(config.hotspots)
        mask_batch(TextBatch(()), (), (), ())  # what it loads is there before workers are copied

    def __call__(self, opinions: Sequence[Opinion]) -> AnalysisBatch:
        """Return the opinions with their analyses, in order."""
        texts = [opinion.text for opinion in opinions]
        ends = [opinion.title_end for opinion in opinions]
        topics, intents = self._classifier.probabilities(texts, ends)
        scores = self._classifier.decide(texts, ends, topics, intents)
        batch = TextBatch(texts)
        plain = batch.texts()
        tokens = segment_batch(self._segmenter, plain)
        hashes = hash_batch(batch, tokens, ends)
        vectors = self._space.encode(hashes.words).astype(np.float16)
        likeness = np.einsum("ij,kj->ik", vectors.astype(np.float32), self._space.subtopics)
        subtopics = self._subtopics.find(batch, [score.topic for score in scores], likeness)
        spans = self._annotator.annotate_batch(batch, tokens)
        masked = zip(_masked(opinions, batch), _masked_replies(opinions), strict=True)
        found = zip(
            scores, subtopics, self._severity.find(batch), map(find_stance, plain), strict=True
        )
        analyses = list(map(_analysis, opinions, spans, masked, found))
        both = hashes.both()
        columns = {
            "words": _short(both),
            "title_words": _short(hashes.titled),
            "names": self._space.unknown(both),
        }
        return make_batch(
            opinions,
            analyses,
            columns,
            topics.astype(np.float16),
            self._encoder.encode(texts).astype(np.float16) if self._encoder else vectors,
        )


def _analysis(
    opinion: Opinion,
    spans: Sequence[Span],
    masked: tuple[str, str],
    found: tuple[TopicScores, str, tuple[str, ...], int],
) -> Analysis:
    """Put together what was found out about one opinion."""
    scores, subtopic, severity, stance = found
    places = [span.value for span in spans if span.label == "PLACE"]
    address = address_key(normalise(opinion.place)) if opinion.place else ""
    if address:
        places.append(address)
    places = list(dict.fromkeys(places))
    return Analysis(
        scores=scores,
        subtopic=subtopic,
        places=tuple(places),
        regions=tuple(place for place in places if is_region(place)),
        address=address,
        heads=_heads(spans),
        severity=severity,
        stance=stance,
        masked_text=masked[0],
        masked_reply=masked[1],
    )


def _short(hashes: Ragged[np.uint64]) -> Ragged[np.uint32]:
    """Return the upper halves: enough to tell the words of one collection apart."""
    return Ragged((hashes.values >> np.uint64(32)).astype(np.uint32), hashes.lengths)


def _masked(opinions: Sequence[Opinion], batch: TextBatch) -> list[str]:
    """Return the texts of opinions, of which ``batch`` was made, without personal data."""
    texts = [opinion.text for opinion in opinions]
    kinds = [opinion.kind for opinion in opinions]
    return mask_batch(batch, texts, kinds, [opinion.private_names for opinion in opinions])


def _masked_replies(opinions: Sequence[Opinion]) -> list[str]:
    """Return the replies to opinions without personal data."""
    masked = [""] * len(opinions)
    rows = [row for row, opinion in enumerate(opinions) if opinion.reply]
    if not rows:
        return masked
    replies = [opinions[row].reply for row in rows]
    names = [opinions[row].private_names for row in rows]
    found = mask_batch(TextBatch(replies), replies, ["reply"] * len(rows), names)
    for row, text in zip(rows, found, strict=True):
        masked[row] = text
    return masked


def mask_opinion(opinion: Opinion) -> str:
    """Return the text of an opinion without personal data."""
    names = opinion.private_names
    return mask_text(opinion.text, kind=opinion.kind, private_names=names)


def make_subtopic_rule() -> Callable[[OpinionTable, int, str], str]:
    """Return what finds the subtopic of a row of a table inside a topic that staff gave."""

    @cache  # most runs have no corrections and need none of it
    def tools() -> tuple[SubtopicFinder, WordSpace, Segmenter]:
        space = load_space(default_model_folder())
        return SubtopicFinder(default_taxonomy()), space, make_segmenter(SegmentConfig())

    def subtopic_of(table: OpinionTable, index: int, topic: str) -> str:
        finder, space, segmenter = tools()
        text = table.opinion(index).text
        words, _ = word_hashes([text], segmenter)
        return finder.find(TextBatch([text]), [topic], space.encode(words) @ space.subtopics.T)[0]

    return subtopic_of


def word_hashes(
    texts: Sequence[str], segmenter: Segmenter
) -> tuple[Ragged[np.uint64], Ragged[np.uint64]]:
    """Return per text the hashes of its content words, and of its words and character pairs."""
    batch = TextBatch(texts)
    tokens = segment_batch(segmenter, batch.texts())
    hashes = hash_batch(batch, tokens, [0] * len(batch))
    return hashes.words, hashes.both()


def _heads(spans: Sequence[Span]) -> int:
    return max((int(span.value) for span in spans if span.label == "HEADCOUNT"), default=0)


def make_analyzer(config: Config) -> Callable[[], Analyzer]:
    """Return what builds the analyzer in each worker."""
    return partial(Analyzer, config)


def fill_table(
    opinions: Iterable[Opinion],
    config: Config,
    executor: str = "processes",
    on_batch: Callable[[int], None] | None = None,
) -> OpinionTable:
    """Return the opinions with their analyses, as columns.

    Args:
        opinions: Read once, in order.
        config: Every setting that changes a result.
        executor: Name of the backend that the batches run on.
        on_batch: Called with the number of opinions analysed so far.
    """
    table = OpinionTable()
    workers = EXECUTORS.create(executor, config.run.jobs)
    for batch in workers.map(make_analyzer(config), batches(opinions, config.run.batch_size)):
        table.append(batch)
        if on_batch is not None:
            on_batch(len(table))
    table.settle()
    release_memory()  # of the models and batches
    if config.hotspots.encoder:
        table.center_vectors()
    return table


def make_finder(config: Config) -> HotspotFinder:
    """Build the hotspot finder of the settings."""
    segmenter = make_segmenter(config.segment)
    executor = EXECUTORS.create("forks", config.run.jobs)
    return HotspotFinder(
        config.hotspots, default_taxonomy(), segmenter, config.office.level, executor
    )
