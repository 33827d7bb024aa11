"""Supervision topics 监督议题: few, weighty, each with its evidence and its reason."""

from renda_nlp.selection.choosing import TopicSelector

__all__ = ["TopicSelector"]
