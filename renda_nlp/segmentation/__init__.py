"""Text to words: jieba as the reference, rjieba as the fast engine, one domain dictionary."""

from renda_nlp.segmentation.batches import segment_batch
from renda_nlp.segmentation.dictionary import domain_words, load_words
from renda_nlp.segmentation.terms import TermSegmenter, compounds

__all__ = ["TermSegmenter", "compounds", "domain_words", "load_words", "segment_batch"]
