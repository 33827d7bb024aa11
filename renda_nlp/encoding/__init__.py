"""Texts to hashes of their words, and to vectors of meaning in a space small enough to ship."""

from renda_nlp.encoding.hashing import BatchHashes, hash_batch
from renda_nlp.encoding.space import WordSpace, load_space, save_space, train_space

__all__ = ["BatchHashes", "WordSpace", "hash_batch", "load_space", "save_space", "train_space"]
