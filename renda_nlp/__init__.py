"""renda_nlp: from a folder of documents to the supervision topics of a local People's Congress.

The public names are loaded when first used: ``import renda_nlp`` itself costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from renda_nlp.annotation import mask_text
    from renda_nlp.api import (
        annotate,
        build_report,
        classify,
        find_hotspots,
        read_folder,
        segment,
        select_topics,
    )
    from renda_nlp.config import Config, load_config
    from renda_nlp.errors import ConfigError, InputError, ReadError, RendaError
    from renda_nlp.integrations.datasets import from_dataset, to_dataset
    from renda_nlp.integrations.sklearn import TopicClassifier
    from renda_nlp.records import (
        Block,
        Candidate,
        Document,
        Failure,
        Hotspot,
        Locator,
        Opinion,
        Quote,
        Report,
        SetAside,
        Span,
        Token,
        TopicScores,
    )
    from renda_nlp.version import VERSION

_HOMES = {
    "Block": "records",
    "Candidate": "records",
    "Config": "config",
    "ConfigError": "errors",
    "Document": "records",
    "Failure": "records",
    "Hotspot": "records",
    "InputError": "errors",
    "Locator": "records",
    "Opinion": "records",
    "Quote": "records",
    "ReadError": "errors",
    "RendaError": "errors",
    "Report": "records",
    "SetAside": "records",
    "Span": "records",
    "Token": "records",
    "TopicClassifier": "integrations.sklearn",
    "TopicScores": "records",
    "VERSION": "version",
    "annotate": "api",
    "build_report": "api",
    "classify": "api",
    "find_hotspots": "api",
    "from_dataset": "integrations.datasets",
    "load_config": "config",
    "mask_text": "annotation",
    "read_folder": "api",
    "segment": "api",
    "select_topics": "api",
    "to_dataset": "integrations.datasets",
}

__all__ = [
    "VERSION",
    "Block",
    "Candidate",
    "Config",
    "ConfigError",
    "Document",
    "Failure",
    "Hotspot",
    "InputError",
    "Locator",
    "Opinion",
    "Quote",
    "ReadError",
    "RendaError",
    "Report",
    "SetAside",
    "Span",
    "Token",
    "TopicClassifier",
    "TopicScores",
    "annotate",
    "build_report",
    "classify",
    "find_hotspots",
    "from_dataset",
    "load_config",
    "mask_text",
    "read_folder",
    "segment",
    "select_topics",
    "to_dataset",
]


def __getattr__(name: str) -> object:
    """Load a public name from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module 'renda_nlp' has no attribute {name!r}")
    return getattr(import_module(f"renda_nlp.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
