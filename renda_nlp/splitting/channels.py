"""The channel through which an opinion came, from a cell or a name."""

import re
from collections.abc import Sequence

from renda_nlp.records import Document

__all__ = ["channel_of", "document_channel"]

RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (channel, re.compile(pattern, re.IGNORECASE))
    for channel, pattern in (
        ("chat", r"微信|QQ|群聊|聊天|朋友圈"),
        ("hotline", r"热线|12345|工单|来电|电话"),
        ("mailbox", r"意见箱|信箱"),
        ("liaison", r"联络站|联络点|代表之家|代表家站|家站"),
        ("contact", r"接待|走访|入户|民情|面谈|当面|恳谈"),
        ("petition", r"信访|来信|来访|上访|投诉"),
        ("online", r"网络|留言|网上|网站|网民|网友|问政|平台|小程序|公众号|APP|问卷|论坛"),
        ("media", r"媒体|报纸|电视|舆情|广播|抖音|微博"),
        ("inspection", r"执法检查"),
        ("study", r"调研|视察|代表小组"),
        ("member", r"主席团|常委会组成人员"),
        ("suggestion", r"代表建议|议案"),
        ("deliberation", r"审议"),
    )
)
OFFICIAL = {
    "work_report": "government",
    "party_plan": "party",
    "congress_plan": "party",
    "deliberation": "deliberation",
    "suggestion": "suggestion",
    "reply": "government",
    "study": "study",
}
FEEDBACK_DEFAULT = "contact"


def channel_of(text: str) -> str:
    """Return the channel that a word of a cell or a name says, or an empty string."""
    return next((channel for channel, pattern in RULES if pattern.search(text)), "")


def document_channel(
    document: Document,
    *,
    before: Sequence[str] = (),
    after: Sequence[str] = (),
    default: str = FEEDBACK_DEFAULT,
) -> str:
    """Return the channel of a document: by its kind, for feedback by names.

    Args:
        document: The document; its title and file name speak.
        before: Names that say more than the document's title, as a sheet or a title row.
        after: Names that say less, as the columns.
        default: The channel of feedback that no name tells.
    """
    if document.kind in OFFICIAL:
        return OFFICIAL[document.kind]
    names = (document.title, document.file.rpartition("/")[2], document.file)
    for text in (*before, *names, *after):
        if channel := channel_of(text):
            return channel
    return default
