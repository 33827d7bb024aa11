"""Word segmentation against marked sentences: spans of words, and terms kept whole."""

from collections.abc import Sequence

from renda_nlp.errors import ShapeError

__all__ = ["boundary_f1", "kept_whole", "read_marked", "word_f1"]

Spans = Sequence[tuple[int, int]]


def read_marked(line: str) -> tuple[str, list[tuple[int, int]]]:
    """Return text and word spans of a sentence whose words are separated by spaces."""
    spans, at = [], 0
    for word in line.split():
        spans.append((at, at + len(word)))
        at += len(word)
    return "".join(line.split()), spans


def _f1(right: int, n_predicted: int, n_gold: int) -> tuple[float, float, float]:
    precision, recall = right / max(1, n_predicted), right / max(1, n_gold)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def _check(predicted: Sequence[Spans], gold: Sequence[Spans]) -> None:
    if len(predicted) != len(gold) or not gold:
        raise ShapeError(f"predicted has {len(predicted)} sentences, gold {len(gold)}")


def word_f1(predicted: Sequence[Spans], gold: Sequence[Spans]) -> tuple[float, float, float]:
    """Return precision, recall and F1 over words: a word is right when both its ends are.

    Args:
        predicted: Word spans of each sentence.
        gold: The marked word spans, same order.

    Raises:
        ShapeError: The sequences differ in length or are empty.

    References:
        Sproat & Emerson (2003), The First International Chinese Word Segmentation Bakeoff.
    """
    _check(predicted, gold)
    right = sum(len(set(p) & set(g)) for p, g in zip(predicted, gold, strict=True))
    return _f1(right, sum(map(len, predicted)), sum(map(len, gold)))


def boundary_f1(predicted: Sequence[Spans], gold: Sequence[Spans]) -> tuple[float, float, float]:
    """Return precision, recall and F1 over the cuts inside the sentences.

    Raises:
        ShapeError: The sequences differ in length or are empty.
    """
    _check(predicted, gold)
    cuts = [[{end for _, end in spans[:-1]} for spans in side] for side in (predicted, gold)]
    right = sum(len(p & g) for p, g in zip(*cuts, strict=True))
    return _f1(right, sum(map(len, cuts[0])), sum(map(len, cuts[1])))


def kept_whole(spans: Spans, start: int, end: int) -> bool:
    """Return whether no word ends or begins inside ``[start, end)``."""
    return any(a <= start and end <= b for a, b in spans)
