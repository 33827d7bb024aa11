"""Settings of the reading stage, as ``renda_nlp.config`` defines them."""

from renda_nlp.config import ReadConfig

__all__ = ["ReadConfig"]
