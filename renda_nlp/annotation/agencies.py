"""Agencies: governments, bureaus, their stations and offices, committees, courts; no companies."""

import re
from collections.abc import Sequence

from renda_nlp.annotation.words import GENERIC, STOP_TAGS, STOP_WORDS
from renda_nlp.records import Span, Token

__all__ = ["AgencyAnnotator"]

_SUFFIXES = tuple(
    "局 所 站 办 委 厅 大队 支队 中队 中心 委员会 街道办 办事处 法院 检察院 派出所 联合会 指挥部 管委会 政府 人大 政协 协会 村委 居委".split()
)
_SHORT_NAMES = frozenset("法院 检察院 城管 交警 运管 民政 工商 纪委 监委 信访办".split())
"""Words that name an agency without a suffix or a region."""
_LAST = frozenset(name[-1] for name in (*_SUFFIXES, *_SHORT_NAMES))
_BRANCHES = ("分局", "支局", "大队", "支队", "中队", "派出所", "分院")
_REGION_ENDS = frozenset("省市区县镇乡")
_NOT_AGENCIES = frozenset(
    "局 所 站 办 委 厅 厂 公司 物业 开发商 中心 政府 银行 集团 协会 厕所 场所 住所 网站 车站 工厂 集团公司 物业公司 开发公司 客厅 餐厅 大厅 "
    "党和政府 结局 布局 格局 骗局 饭局 全局 大局 局 一所 这所 那所 该所 各所 难办 咋办 怎么办 不办 代办 申办 举办 主办 承办 创办 开办 没办 好办 快办 补办 "
    "帮办 包办 督办 承办 交办 查办 所 到所 常委 市委 县委 区委 党委 镇党委 人大 业委会 市中心 购物中心 中心 学校 供电 燃气 水务 地产".split()
)
_ROOMS = re.compile(r"[一二三两四五]室.厅")
_MAX_WORDS = 4
_MAX_NAME = 16
_MIN_NAME = 3


class AgencyAnnotator:
    """Finds AGENCY spans."""

    def annotate(self, text: str, tokens: Sequence[Token]) -> list[Span]:
        """Return the agencies of ``text``, sorted, without overlap."""
        spans: list[Span] = []
        ends = [n for n, token in enumerate(tokens) if text[token[1] - 1] in _LAST]
        for index in ends:
            token = tokens[index]
            word = text[token.start : token.end]
            short = word in _SHORT_NAMES
            if not short and (
                not word.endswith(_SUFFIXES) or (word in STOP_WORDS and word not in ("人民政府", "政府"))
            ):
                continue
            start = self._name_start(text, tokens, index)
            name = text[start : token.end]
            if word == "政府" and text[token.start - 1] not in _REGION_ENDS:
                continue
            if not short and (len(name) < _MIN_NAME or name in _NOT_AGENCIES or _ROOMS.match(name)):
                continue
            while spans and spans[-1].end > start:
                start = min(start, spans.pop().start)
            if spans and spans[-1].end == start and word.endswith(_BRANCHES):
                start = spans.pop().start  # 市公安局 + 某区分局: one body
            value = text[start : token.end]
            spans.append(Span(start=start, end=token.end, label="AGENCY", value=value))
        return spans

    def _name_start(self, text: str, tokens: Sequence[Token], index: int) -> int:
        start = tokens[index].start
        for n_words, token in enumerate(map(tokens.__getitem__, range(index - 1, -1, -1))):
            word = text[token.start : token.end]
            outside = word in STOP_WORDS or word in GENERIC or token.tag in STOP_TAGS
            if outside or n_words >= _MAX_WORDS or token.tag in ("v", "a"):
                break
            if tokens[index].end - token.start > _MAX_NAME:
                break
            start = token.start
        if start and text[start - 1] in _REGION_ENDS and text[start] not in _REGION_ENDS:
            start -= 1  # 向市规划局: the segmenter glued 市 to the word before
        return start
