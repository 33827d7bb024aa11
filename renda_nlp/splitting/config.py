"""Settings of the splitting stage, as ``renda_nlp.config`` defines them."""

from renda_nlp.config import SplitConfig

__all__ = ["SplitConfig"]
