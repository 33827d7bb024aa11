"""Hotspot issues 热点问题: the same concrete matter, counted fairly, ranked, named, proved."""

from renda_nlp.hotspots.finding import HotspotFinder, cluster_opinions
from renda_nlp.hotspots.severity import SeverityFinder
from renda_nlp.hotspots.stances import find_stance

__all__ = ["HotspotFinder", "SeverityFinder", "cluster_opinions", "find_stance"]
