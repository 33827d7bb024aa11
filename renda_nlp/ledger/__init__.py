"""The handling of an 审议意见: ledger, letters and drafts. All are drafts for people to decide."""

from renda_nlp.ledger.building import build_ledger
from renda_nlp.ledger.drafts import write_drafts
from renda_nlp.ledger.opinion import write_opinion_draft
from renda_nlp.ledger.sheets import write_ledger

__all__ = ["build_ledger", "write_drafts", "write_ledger", "write_opinion_draft"]
