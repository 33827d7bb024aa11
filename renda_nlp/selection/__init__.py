"""Supervision topics 监督议题: few, weighty, each with its evidence and its reason."""

from renda_nlp.selection.choosing import FixedChoice
from renda_nlp.selection.selecting import Material, Selection, TopicSelector

__all__ = ["FixedChoice", "Material", "Selection", "TopicSelector"]
