"""How the papers of a ledger word days, rates, sources and quotes."""

from datetime import date

from renda_nlp.annotation import mask_text
from renda_nlp.records import Quote

__all__ = ["day_in_words", "percent", "shown", "source_of"]


def day_in_words(day: date | None) -> str:
    """Return 2025年7月25日, or a gap to fill in."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "（日期待填）"


def percent(share: float | None) -> str:
    """Return 87.5%, or that there is nothing to count."""
    return "无法计算" if share is None else f"{share:.1%}"


def source_of(quote: Quote) -> str:
    """Return file and place of a quote."""
    place = quote.passage.locator
    return f"{place.file} {place.describe()}".strip()


def shown(quote: Quote, kind: str = "deliberation") -> str:
    """Return the words of a quote with personal data masked."""
    return mask_text(quote.text, kind=kind)
