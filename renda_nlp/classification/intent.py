"""What the speaker wants, where the opening words say so: 咨询…, 建议…, 投诉…, 请求….

Boards and hotlines title a message by its intent, and so do many who write without a title; the
model decides where the opening says nothing.
"""

import re

__all__ = ["stated_intent"]

_OPENING = 12
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "question",
        re.compile(
            r"^(?:再次)?(?:咨询|请问|询问|请教|想问|想咨询|问一下|想了解)|的咨询$|[?？]$|[吗呢]$"
        ),
    ),
    ("suggestion", re.compile(r"^(?:关于.{0,20})?(?:强烈)?(?:建议|呼吁|倡议)|的建议$")),
    ("praise", re.compile(r"^(?:表扬|点赞|感谢)(?!.{0,12}(?:但|希望|请))")),
    (
        "complaint",
        re.compile(
            r"^(?:再次|实名)?(?:反映|反应|投诉|举报|控诉|质疑|抗议|(?:强烈|坚决)?反对|谴责)"
        ),
    ),
    ("request", re.compile(r"^(?:再次|紧急)?(?:请求|求助|恳请|恳求|请|希望|盼|要求|申请|求)")),
)
_CLAUSE = re.compile(r"[^，,。！!；;\n]*[?？]?")


def stated_intent(text: str, title_end: int) -> str:
    """Return the intent that the opening states, "" when it states none.

    Args:
        text: A message, title first.
        title_end: Where its title ends; 0 when it has none.
    """
    if title_end:
        opening = text[:title_end].strip()
    else:
        match = _CLAUSE.match(text.strip())
        opening = match.group() if match else ""
        if not any(pattern.match(opening[:_OPENING]) for _, pattern in _RULES):
            return ""
    return next((intent for intent, pattern in _RULES if pattern.search(opening)), "")
