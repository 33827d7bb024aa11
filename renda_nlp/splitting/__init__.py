"""Split documents into opinions; what is no opinion is set aside with its reason."""

from renda_nlp.config import SplitConfig
from renda_nlp.splitting.documents import split_document
from renda_nlp.splitting.drafts import author_hash, opinion_fingerprint
from renda_nlp.splitting.figures import FigureTables
from renda_nlp.splitting.registers import describe_columns
from renda_nlp.splitting.tables import TablePlan, plan_table, split_table

__all__ = [
    "FigureTables",
    "SplitConfig",
    "TablePlan",
    "author_hash",
    "describe_columns",
    "opinion_fingerprint",
    "plan_table",
    "split_document",
    "split_table",
]
