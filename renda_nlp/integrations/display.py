"""A page of texts with their spans marked, rendered by displaCy (extra ``spacy``)."""

from collections.abc import Iterable
from html import escape
from pathlib import Path

from renda_nlp.annotation import mask_text
from renda_nlp.config import ReadConfig
from renda_nlp.errors import ConfigError
from renda_nlp.tabular import read_rows

__all__ = ["LABEL_NAMES", "render_page", "show_table"]

LABEL_NAMES = {"PLACE": "地点", "AGENCY": "单位", "LAW": "法律", "DATE": "日期", "AMOUNT": "数额", "HEADCOUNT": "人数"}  # fmt: skip
"""Labels in Chinese."""

_COLOURS = {"地点": "#c7e5d0", "单位": "#cfe0f5", "法律": "#e5d6f2", "日期": "#f7e3b5", "数额": "#f6cfc9", "人数": "#d9d9d9"}  # fmt: skip


def render_page(texts: Iterable[tuple[str, str]]) -> str:
    """Return an HTML page of (heading, text) pairs with the longest spans marked.

    Raises:
        ConfigError: spaCy is not installed.
    """
    try:
        import spacy
        from spacy import displacy
    except ImportError as error:
        raise ConfigError("renda show 需要 spaCy：pip install 'renda-nlp[spacy]'") from error
    from renda_nlp.integrations.spacy import SEGMENTER_CONFIG

    nlp = spacy.blank("zh", config=SEGMENTER_CONFIG)
    nlp.add_pipe("renda_entities")
    marked = []
    for heading, doc in ((heading, nlp(text)) for heading, text in texts):
        ents = [
            {"start": ent.start_char, "end": ent.end_char, "label": LABEL_NAMES[ent.label_]}
            for ent in doc.ents
        ]
        made = {"title": escape(heading), "text": doc.text, "ents": ents}
        marked.append({**made, "settings": {"lang": "zh", "direction": "ltr"}})
    options = {"colors": _COLOURS}
    page = displacy.render(
        marked, style="ent", manual=True, page=True, jupyter=False, options=options
    )
    return page.replace("<head>", '<head>\n        <meta charset="utf-8">', 1).replace(
        "<title>displaCy</title>", "<title>标注</title>", 1
    )


def show_table(
    path: Path, *, text_column: str | None = None, id_column: str | None = None, most: int = 200
) -> str:
    """Return the page of the first rows of a table, without personal data."""
    rows = read_rows(path, ReadConfig(), text_column=text_column, id_column=id_column)
    texts = (
        (f"编号 {row.row_id}", mask_text(row.text, kind=row.kind, private_names=row.private_names))
        for row, _ in zip(rows, range(most), strict=False)
    )
    return render_page(texts)
