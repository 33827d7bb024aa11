"""Supervision topics 监督议题: few, weighty, each with its evidence and its reason."""

from renda_nlp.selection.earlier import plan_items
from renda_nlp.selection.matching import WorkFinder
from renda_nlp.selection.selecting import METHOD, Material, Selection, TopicSelector

__all__ = ["METHOD", "Material", "Selection", "TopicSelector", "WorkFinder", "plan_items"]
