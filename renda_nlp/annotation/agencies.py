"""Agencies: bureaus, stations, courts, banks, companies, as far as the text names them."""

from collections.abc import Sequence

from renda_nlp.annotation.words import GENERIC, STOP_TAGS, STOP_WORDS
from renda_nlp.records import Span, Token

__all__ = ["AgencyAnnotator"]

_SUFFIXES = (
    "局",
    "所",
    "站",
    "办",
    "委",
    "厅",
    "大队",
    "支队",
    "中队",
    "中心",
    "公司",
    "集团",
    "委员会",
    "街道办",
    "办事处",
    "法院",
    "检察院",
    "派出所",
    "银行",
    "物业",
    "开发商",
    "合作社",
    "厂",
    "协会",
    "联合会",
    "指挥部",
    "管委会",
    "政府",
    "人大",
    "政协",
    "业委会",
    "信用社",
    "供电所",
    "地产",
    "置业",
    "水务",
    "燃气",
    "供电",
    "学校",
)
_LAST = frozenset(suffix[-1] for suffix in _SUFFIXES)
_NOT_AGENCIES = frozenset(
    "局 所 站 办 委 厅 厂 公司 物业 开发商 中心 政府 银行 集团 协会 厕所 场所 住所 网站 车站 工厂 集团公司 物业公司 开发公司 客厅 餐厅 大厅 "
    "结局 布局 格局 骗局 饭局 全局 大局 局 一所 这所 那所 该所 各所 难办 咋办 怎么办 不办 代办 申办 举办 主办 承办 创办 开办 没办 好办 快办 补办 "
    "帮办 包办 督办 承办 交办 查办 所 到所 常委 市委 县委 区委 党委 镇党委 人大 业委会 市中心 购物中心 中心 学校 供电 燃气 水务 地产".split()
)
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
            if not word.endswith(_SUFFIXES) or (
                word in STOP_WORDS and word not in ("公司", "人民政府")
            ):
                continue
            start = self._name_start(text, tokens, index)
            name = text[start : token.end]
            if len(name) < _MIN_NAME or name in _NOT_AGENCIES:
                continue
            while spans and spans[-1].end > start:
                spans.pop()
            spans.append(Span(start=start, end=token.end, label="AGENCY", value=name))
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
        return start
