"""Text to words: jieba as the reference, rjieba as the fast engine, one domain dictionary."""

from renda_nlp.segmentation.dictionary import domain_words, load_words

__all__ = ["domain_words", "load_words"]
