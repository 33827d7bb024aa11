"""spaCy: a tokenizer with our dictionary, and pipes for spans and topics.

``spacy.blank("zh", config=SEGMENTER_CONFIG)``, then ``add_pipe("renda_entities")`` and
``add_pipe("renda_topics")``. spaCy finds all three by entry points; nothing need be imported.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from shutil import copytree
from typing import Any

import srsly
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan
from spacy.util import filter_spans, get_words_and_spaces, minibatch, registry
from spacy.vocab import Vocab

from renda_nlp.analysis import make_classifier
from renda_nlp.annotation import TextAnnotator
from renda_nlp.config import ClassifyConfig
from renda_nlp.ngrams import normalise
from renda_nlp.protocols import Segmenter
from renda_nlp.records import Span, TopicScores
from renda_nlp.registry import SEGMENTERS
from renda_nlp.taxonomy import default_taxonomy

__all__ = [
    "SEGMENTER_CONFIG",
    "SPANS_KEY",
    "EntityPipe",
    "SegmenterTokenizer",
    "TopicPipe",
    "make_entities",
    "make_tokenizer",
    "make_topics",
]

SEGMENTER_CONFIG = {"nlp": {"tokenizer": {"@tokenizers": "renda.Segmenter.v1"}}}
"""What ``spacy.blank("zh", config=...)`` needs for our tokenizer."""

SPANS_KEY = "renda"
"""All spans of a text are in ``doc.spans[SPANS_KEY]``, overlapping ones too."""

_ENGINE = "rjieba"
_BATCH = 256
Words = Sequence[Sequence[str]]


class SegmenterTokenizer:
    """Cuts a text into the words of our segmenter; ``token.tag_`` is jieba's part of speech.

    Args:
        vocab: The vocabulary of the pipeline.
        engine: A name of the registry of segmenters.
        words: The office's own words, each with its tag: ``[["高坎水厂", "nz"]]``.
    """

    def __init__(self, vocab: Vocab, engine: str = _ENGINE, words: Words = ()) -> None:
        self.vocab, self._engine = vocab, engine
        self._words = [(word, tag) for word, tag in words]

    @cached_property
    def _segmenter(self) -> Segmenter:
        return SEGMENTERS.create(self._engine, self._words)

    def __call__(self, text: str) -> Doc:
        """Return the document of a text; ``doc.text`` is the text, white space included."""
        plain = normalise(text)
        tokens = [token for token in self._segmenter.segment(plain) if token.end > token.start]
        pieces = [text[token.start : token.end] for token in tokens]
        words, spaces = get_words_and_spaces(pieces, text)
        doc = Doc(self.vocab, words=words, spaces=spaces)
        tags = {token.start: token.tag for token in tokens}
        for word in doc:
            word.tag_ = tags.get(word.idx, "x")
        return doc

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to worker processes by settings; a segmenter cannot be pickled."""
        return SegmenterTokenizer, (self.vocab, self._engine, self._words)

    def to_bytes(self, **_: Any) -> bytes:
        """Return the settings as bytes."""
        made: bytes = srsly.msgpack_dumps({"engine": self._engine, "words": self._words})
        return made

    def from_bytes(self, data: bytes, **_: Any) -> "SegmenterTokenizer":
        """Take over the settings of ``to_bytes``."""
        values = srsly.msgpack_loads(data)
        self._engine = values["engine"]
        self._words = [(word, tag) for word, tag in values["words"]]
        self.__dict__.pop("_segmenter", None)  # built anew from the settings
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write the settings to ``path``."""
        Path(path).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, **_: Any) -> "SegmenterTokenizer":
        """Take over the settings that ``to_disk`` wrote."""
        return self.from_bytes(Path(path).read_bytes())


@registry.tokenizers("renda.Segmenter.v1")
def make_tokenizer(engine: str = _ENGINE, words: list[list[str]] | None = None) -> Any:
    """Return what builds the tokenizer of a pipeline (spaCy's registry calls it)."""

    def build(nlp: Language) -> SegmenterTokenizer:
        return SegmenterTokenizer(nlp.vocab, engine, words or ())

    return build


def _cut_tokens(doc: Doc, spans: Sequence[Span]) -> None:
    """Cut the tokens in which a span begins or ends, so that every span covers whole tokens."""
    bounds = {bound for span in spans for bound in (span.start, span.end)}
    with doc.retokenize() as retokenizer:
        for token in doc:
            inner = sorted(b - token.idx for b in bounds if token.idx < b < token.idx + len(token))
            if inner:
                edges = [0, *inner, len(token)]
                parts = [token.text[a:b] for a, b in pairwise(edges)]
                tags: dict[str | int, list[Any]] = {"TAG": [token.tag_] * len(parts)}
                heads: list[Token | tuple[Token, int]] = [(token, 0)] * len(parts)
                retokenizer.split(token, parts, heads=heads, attrs=tags)


class EntityPipe:
    """Writes every span into ``doc.spans["renda"]``, the longest without overlap into ``doc.ents``.

    Labels are PLACE, AGENCY, LAW, DATE, AMOUNT, HEADCOUNT; ``span.kb_id_`` is the value that
    our annotators give (a day as 2025-03-01, the number of people, the name without its suffix). Spans go by characters: a token that a span cuts is split.
    """

    def __init__(self, engine: str = _ENGINE) -> None:
        self._engine = engine
        self._annotator = TextAnnotator()

    @cached_property
    def _segmenter(self) -> Segmenter:
        return SEGMENTERS.create(self._engine, ())

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one document."""
        plain = normalise(doc.text)
        found = self._annotator.annotate(plain, self._segmenter.segment(plain))
        _cut_tokens(doc, found)
        spans = [made for span in found if (made := _doc_span(doc, span)) is not None]
        doc.spans[SPANS_KEY] = spans
        doc.ents = tuple(filter_spans(spans))
        return doc

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to worker processes by settings."""
        return EntityPipe, (self._engine,)


def _doc_span(doc: Doc, span: Span) -> DocSpan | None:
    made: DocSpan | None = doc.char_span(
        span.start, span.end, label=span.label, kb_id=span.value, alignment_mode="contract"
    )
    return made


@Language.factory(
    "renda_entities", default_config={"engine": _ENGINE}, assigns=["doc.ents", "doc.spans"]
)
def make_entities(nlp: Language, name: str, engine: str) -> EntityPipe:  # noqa: ARG001 - spaCy's call
    """Return the pipe ``renda_entities``."""
    return EntityPipe(engine)


class TopicPipe:
    """Writes topic probabilities into ``doc.cats`` and what was decided into ``doc._.opinion``.

    Args:
        model: A model folder; empty means the shipped one. ``nlp.to_disk`` takes a folder along.
        title_key: ``doc.user_data[title_key]`` says where the title ends; absent means no title.
    """

    def __init__(self, model: str = "", title_key: str = "title_end") -> None:
        self._model, self._title_key = model, title_key
        if not Doc.has_extension("opinion"):
            Doc.set_extension("opinion", default=None)

    @cached_property
    def _classifier(self) -> Any:
        return make_classifier(ClassifyConfig(model=self._model))

    def __call__(self, doc: Doc) -> Doc:
        """Classify one document."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = _BATCH) -> Iterator[Doc]:
        """Classify documents in batches."""
        for docs in minibatch(stream, batch_size):
            texts = [doc.text for doc in docs]
            ends = [int(doc.user_data.get(self._title_key, 0)) for doc in docs]
            topics, intents = self._classifier.probabilities(texts, ends)
            decided = self._classifier.decide(texts, ends, topics, intents)
            for doc, row, scores in zip(docs, topics, decided, strict=True):
                names = self._classifier.topics
                doc.cats = {name: float(p) for name, p in zip(names, row, strict=True)}
                doc._.opinion = _opinion(scores)
                yield doc

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to worker processes by settings."""
        return TopicPipe, (self._model, self._title_key)

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write the model, unless it is the shipped one."""
        if self._model:
            copytree(self._model, path, dirs_exist_ok=True)

    def from_disk(self, path: str | Path, **_: Any) -> "TopicPipe":
        """Use the model that ``to_disk`` wrote."""
        if Path(path).is_dir():
            self._model = str(path)
            self.__dict__.pop("_classifier", None)
        return self


def _opinion(scores: TopicScores) -> dict[str, object]:
    """Return the decision in values that ``DocBin`` and ``nlp.to_disk`` can store."""
    return {
        "topic": scores.topic,
        "topic_name": default_taxonomy().name_of(scores.topic),
        "secondary": list(scores.secondary),
        "confidence": round(scores.confidence, 4),
        "undecided": scores.undecided,
        "intent": scores.intent,
    }


@Language.factory(
    "renda_topics",
    default_config={"model": "", "title_key": "title_end"},
    assigns=["doc.cats", "doc._.opinion"],
)
def make_topics(nlp: Language, name: str, model: str, title_key: str) -> TopicPipe:  # noqa: ARG001 - spaCy's call
    """Return the pipe ``renda_topics``."""
    return TopicPipe(model, title_key)
