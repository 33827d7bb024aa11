"""The parts of a message: title, history, and the request that decides its topic.

What is asked for decides the primary topic (labelling rules), so the request zone is a feature of
its own: the title and every sentence with a request or question marker, else the last sentence.
A Chinese noun phrase ends on its head: 小区周边道路的照明问题 is about 照明.
"""

import re

__all__ = ["request_zones", "title_head"]

_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]*")
_MARKER = re.compile(
    "请|希望|要求|建议|恳|望|盼|能否|可否|能不能|可不可以|是否|何时|什么时候|几时|怎么办|如何|为什么|为何|咨询|诉求|求助|督促|解决|吗|"
    "哪里|哪个部门|谁来|谁管|该不该|合理|有没有|什么政策|多少|落实|处理|查处|严惩|还我|给个说法|答复|回复"
)
_POLITE = re.compile(
    r"^[\s，]*(?:谢谢|感谢|望回复|请回复|盼回复|望.{0,4}(?:回复|答复)|此致|敬礼|打扰)"
)
_FEW = 8
_EMPTY_END = re.compile(
    "(?:的)?(?:有关|相关)?(?:问题|建议|请求|咨询|投诉|反映|疑问|情况|事宜|求助|诉求|意见|回复|答复|说明|解释|解决|"
    "处理|协调|帮助|谢谢|[？?！!。，,、吗呢吧啊了 ])+$"
)
_HEAD = 10
_MIN_TITLE = 4


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


def title_head(text: str, title_end: int) -> list[tuple[int, int]]:
    """Return what the title of a message ends on, words such as 的问题 set aside.

    Args:
        text: A whole message.
        title_end: Where its title ends; 0 when it has none.

    Returns:
        One stretch of at most ten characters; none without title.
    """
    if not title_end:
        return []
    empty = _EMPTY_END.search(text[:title_end])
    end = empty.start() if empty and empty.start() >= _MIN_TITLE else title_end
    return [(max(0, end - _HEAD), end)]
