"""Texts to vectors of meaning: a latent semantic space of words, small enough to ship."""

from renda_nlp.encoding.space import WordSpace, load_space, save_space, train_space

__all__ = ["WordSpace", "load_space", "save_space", "train_space"]
