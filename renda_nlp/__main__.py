"""python -m renda_nlp."""

from renda_nlp.cli import app

app()
