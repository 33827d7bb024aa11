"""Cue lexicons: terms that speak for or against a topic or a subtopic."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from renda_nlp.ngrams import TermIndex, TextBatch
from renda_nlp.taxonomy import Taxonomy, default_taxonomy

__all__ = ["CueLexicon", "CueScorer", "default_cues", "make_lexicons", "subtopic_cues"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

_WEIGHTS = {"w3": 3.0, "w2": 1.5, "w1": 0.5, "neg": -1.5}
_TOPIC_CUES, _PHRASE_CUES, _SUBTOPIC_CUES = 0.3, 0.15, 0.225


@cache
def default_cues(name: str) -> dict[str, dict[str, float]]:
    """Return a shipped lexicon: topic id to cue term to weight.

    Args:
        name: ``topics``, the first lexicon, or ``phrases``, the wider second one.

    Returns:
        A term of several topics speaks less for each: its weight is divided by the square root of
        their number. Terms against a topic have negative weights.
    """
    source = files("renda_nlp.resources").joinpath(f"lexicon/{name}.json")
    raw: dict[str, dict[str, list[str]]] = json.loads(source.read_text("utf-8"))
    owners = Counter(
        term
        for groups in raw.values()
        for term in {t for group, terms in groups.items() if group != "neg" for t in terms}
    )
    return {
        topic: {
            term: _WEIGHTS[group] / (1.0 if group == "neg" else owners[term] ** 0.5)
            for group, terms in groups.items()
            for term in terms
        }
        for topic, groups in raw.items()
    }


def subtopic_cues(taxonomy: Taxonomy) -> dict[str, dict[str, float]]:
    """Return the cues of every subtopic: longer terms and terms of one subtopic weigh more."""
    owners = Counter(
        cue.lower() for sub in taxonomy.subtopics for cue in {*sub.cues, *sub.colloquial, sub.name}
    )
    return {
        sub.subtopic_id: {
            cue.lower(): (len(cue) - 0.5) / owners[cue.lower()] ** 0.5
            for cue in {*sub.cues, *sub.colloquial, sub.name}
        }
        for sub in taxonomy.subtopics
    }


class CueLexicon:
    """Terms that speak for or against labels.

    Attributes:
        labels: In the order of the columns.
        owners: Term to its ``((column, weight), ...)``, terms in lower case, sorted.
    """

    def __init__(self, cues: Mapping[str, Mapping[str, float]], labels: Sequence[str]) -> None:
        self.labels = tuple(labels)
        owners: dict[str, list[tuple[int, float]]] = {}
        for column, label in enumerate(labels):
            for term, weight in cues.get(label, {}).items():
                owners.setdefault(term.lower(), []).append((column, weight))
        self.owners = {term: tuple(owners[term]) for term in sorted(owners)}


class CueScorer:
    """Finds the terms of several lexicons and sums their weights per label, a batch at a time.

    Stretches of every length are looked up by their hash, all texts in one step.

    Args:
        lexicons: Each with the weight of its scores.
        zone_weights: Weight of the scores over the whole text, then of those over each zone.
    """

    def __init__(
        self, lexicons: Sequence[tuple[CueLexicon, float]], zone_weights: Sequence[float]
    ) -> None:
        self.terms = sorted({term for lexicon, _ in lexicons for term in lexicon.owners})
        number = {term: n for n, term in enumerate(self.terms)}
        self._index = TermIndex(self.terms)
        self._weights = [
            _weight_matrix(lexicon, number).astype(np.float32) for lexicon, _ in lexicons
        ]
        self._scales = [scale for _, scale in lexicons]
        self._zone_weights = tuple(zone_weights)
        n_labels = sum(len(lexicon.labels) for lexicon, _ in lexicons)
        self.n_columns = n_labels * len(self._zone_weights)

    def transform(self, batch: TextBatch, zones: Sequence[NDArray[np.bool_]]) -> csr_matrix:
        """Return the scaled scores of each text.

        The weights of the terms of a label are summed, a repeated term counting with the square
        root of its number, over the whole text and over each zone; a sum ``s`` enters as
        ``sign(s) * log(1 + |s|)`` times the weights of its lexicon and zone.

        Args:
            batch: The texts.
            zones: Which code points of the batch belong to a zone, each shape ``(n_chars,)``.

        Returns:
            Shape ``(n_texts, n_columns)``, float32: for each lexicon the whole text, then each zone.
        """
        starts, ends, terms, owner = self._index.find(batch)
        shape = (len(batch), len(self.terms))
        counts = [_root_counts(owner, terms, shape)]
        for zone in zones:
            sums = np.concatenate(([0], np.cumsum(zone)))
            inside = sums[ends] - sums[starts] == ends - starts
            counts.append(_root_counts(owner[inside], terms[inside], shape))
        parts = [
            _squashed(count @ weights, scale * weight)
            for weights, scale in zip(self._weights, self._scales, strict=True)
            for count, weight in zip(counts, self._zone_weights, strict=True)
        ]
        scores = csr_matrix(hstack([csr_matrix((len(batch), 0), dtype=np.float32), *parts]))
        scores.sort_indices()
        scores.eliminate_zeros()
        return scores

    def shares(
        self, batch: TextBatch, zones: Sequence[NDArray[np.bool_]], gains: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return what each character adds to the scores of one text times the gains of their columns.

        Args:
            batch: One text.
            zones: As in ``transform``.
            gains: Of each column, shape ``(n_columns,)``.
        """
        out = np.zeros(len(batch.codes))
        starts, ends, terms, _ = self._index.find(batch)
        column = 0
        for weights, scale in zip(self._weights, self._scales, strict=True):
            for zone, zone_weight in zip((None, *zones), self._zone_weights, strict=True):
                own = gains[column : column + weights.shape[1]] * (scale * zone_weight)
                column += len(own)
                kept = np.array(
                    [
                        zone is None or bool(zone[a:b].all())
                        for a, b in zip(starts, ends, strict=True)
                    ],
                    bool,
                )
                each = _term_shares(terms[kept], weights, own)
                for a, b, share in zip(starts[kept], ends[kept], each, strict=True):
                    out[a:b] += share / (b - a)
        return out


def _weight_matrix(lexicon: CueLexicon, number: Mapping[str, int]) -> csr_matrix:
    entries = [
        (number[term], column, weight)
        for term, owners in lexicon.owners.items()
        for column, weight in owners
    ]
    rows, columns, weights = zip(*entries, strict=True) if entries else ((), (), ())
    shape = (len(number), len(lexicon.labels))
    return csr_matrix((weights, (rows, columns)), shape=shape)


def _root_counts(rows: Ints, columns: Ints, shape: tuple[int, int]) -> csr_matrix:
    counts = csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=shape)
    counts.sum_duplicates()
    counts.data = np.sqrt(counts.data)
    return counts


def _term_shares(
    terms: Ints, weights: csr_matrix, gains: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return what each occurrence of a term adds to the squashed scores times their gains."""
    counts = np.bincount(terms, minlength=weights.shape[0])
    roots = np.sqrt(counts)
    sums = np.asarray(csr_matrix(roots) @ weights.astype(np.float64).toarray()).ravel()
    ratio = np.divide(
        np.log1p(np.abs(sums)), np.abs(sums), out=np.zeros_like(sums), where=sums != 0
    )
    found: NDArray[np.float64] = (weights[terms] @ (ratio * gains)) * roots[terms] / counts[terms]
    return found


def _squashed(sums: csr_matrix, scale: float) -> csr_matrix:
    sums.data = np.sign(sums.data) * np.log1p(np.abs(sums.data)) * scale
    return sums


def make_lexicons() -> tuple[tuple[CueLexicon, float], ...]:
    """Return the cue lexicons of topics and of subtopics with the weight of their scores.

    They serve models of any label set: what speaks for our topics tells other labels apart too.
    """
    taxonomy = default_taxonomy()
    topics = taxonomy.topic_ids
    subtopics = [sub.subtopic_id for sub in taxonomy.subtopics]
    return (
        (CueLexicon(default_cues("topics"), topics), _TOPIC_CUES),
        (CueLexicon(default_cues("phrases"), topics), _PHRASE_CUES),
        (CueLexicon(subtopic_cues(taxonomy), subtopics), _SUBTOPIC_CUES),
    )
