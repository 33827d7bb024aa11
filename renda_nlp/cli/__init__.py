"""The command ``renda``: parse, call, print, exit code; the work is elsewhere."""

from renda_nlp.cli.app import app

__all__ = ["app"]
