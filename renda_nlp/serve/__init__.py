"""A small local page over a report folder, for offices that prefer clicking (extra ``serve``)."""

from renda_nlp.serve.app import make_app

__all__ = ["make_app"]
