"""The parts of a message: title, history, and the request that decides its topic.

What is asked for decides the primary topic (labelling rules), so the request zone is a feature of
its own: the title and every sentence with a request or question marker, else the last sentence.
"""

import re

__all__ = ["request_zones"]

_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]*")
_MARKER = re.compile(
    "请|希望|要求|建议|恳|望|盼|能否|可否|能不能|可不可以|是否|何时|什么时候|几时|怎么办|如何|为什么|为何|咨询|诉求|求助|督促|解决|吗|"
    "哪里|哪个部门|谁来|谁管|该不该|合理|有没有|什么政策|多少|落实|处理|查处|严惩|还我|给个说法|答复|回复"
)
_POLITE = re.compile(
    r"^[\s，]*(?:谢谢|感谢|望回复|请回复|盼回复|望.{0,4}(?:回复|答复)|此致|敬礼|打扰)"
)
_FEW = 8


def request_zones(text: str, title_end: int) -> list[tuple[int, int]]:
    """Return the stretches of ``text`` that say what is asked for, in order.

    Args:
        text: A whole message.
        title_end: Where its title ends; 0 when it has none.
    """
    zones = [(0, title_end)] if title_end else []
    sentences = [
        match.span() for match in _SENTENCE.finditer(text, title_end) if len(match.group()) > 1
    ]
    asked = [
        (a, b)
        for a, b in sentences
        if _MARKER.search(text, a, b) and not (_POLITE.match(text[a:b]) and b - a < 3 * _FEW)
    ]
    return zones + (asked or sentences[-1:])
