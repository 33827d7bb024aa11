"""Agencies: governments, bureaus, their stations and offices, committees, courts; no companies."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from renda_nlp.annotation.place_mentions import common_words
from renda_nlp.annotation.words import GENERIC, STOP_TAGS, STOP_WORDS
from renda_nlp.ngrams import TextBatch, marked
from renda_nlp.records import Span
from renda_nlp.tokens import TokenBatch, Words

__all__ = ["AgencyAnnotator", "may_end_agency"]

_SUFFIXES = tuple(
    (
        "局 办 委 大队 支队 中队 委员会 街道办 办事处 法院 检察院 派出所 联合会 指挥部 管委会 政府 人大 政协 协会 村委 居委 "
        "司法所 国土所 财政所 工商所 税务所 民政所 房管所 规划所 监督所 看守所 拘留所 车管所 交管所 管理所 救助站 "
        "畜牧站 农技站 水利站 水管站 文化站 计生站 林业站 经管站 监督站 防疫站 管理站 "
        "服务中心 管理中心 疾控中心 控制中心 交易中心 就业中心 监测中心 公积金中心 登记中心 考试中心 执法局"
    ).split()
)
_HALLS = tuple(
    f"{field}厅"
    for field in "教育 公安 财政 民政 司法 交通 交通运输 水利 林业 资源 环境 农业 农村 旅游 文化 商务 保障 人社 住建 建设 环保 科技 审计".split()
)
_SUFFIXES += _HALLS
_SHORT_NAMES = frozenset(
    "法院 检察院 城管 交警 运管 民政 工商 纪委 监委 信访办 市委 县委 区委 省委 村委 村委会 居委会".split()
)
"""Words that name an agency without a suffix or a region."""
_LAST = frozenset(name[-1] for name in (*_SUFFIXES, *_SHORT_NAMES))
_BRANCHES = ("分局", "支局", "大队", "支队", "中队", "派出所", "分院")
_REGION_ENDS = frozenset("省市区县镇乡")
_NOT_AGENCIES = frozenset(
    "局 所 站 办 委 厅 厂 公司 物业 开发商 中心 政府 银行 集团 协会 厕所 场所 住所 网站 车站 工厂 集团公司 物业公司 开发公司 客厅 餐厅 大厅 "
    "党和政府 结局 布局 格局 骗局 饭局 全局 大局 局 一所 这所 那所 该所 各所 难办 咋办 怎么办 不办 代办 申办 举办 主办 承办 创办 开办 没办 好办 快办 补办 "
    "帮办 包办 督办 承办 交办 查办 所 到所 布局 大局 格局 顾全大局 常委 党委 镇党委 人大 业委会 市中心 购物中心 中心 学校 供电 燃气 水务 地产".split()
)
_PREFIXES = frozenset("离向到从由与和及至在把被让请去找问经")
_JOINT = re.compile(r"(?:人力资源|住房|发展|文化|自然资源|卫生|工业|农业)和\Z")
_MAX_JOINT = 6
_ROOMS = re.compile(r"[一二三两四五]室.厅")
_MAX_WORDS = 4
_MAX_NAME = 16
_MIN_NAME = 3


@cache
def _fields() -> frozenset[str]:
    """Return the ordinary words that names of departments are made of: 教育, 规划."""
    path = files("renda_nlp.resources").joinpath("dictionary/departments.txt")
    lines = path.read_text("utf-8").splitlines()
    names = "\n".join(line.split()[0] for line in lines if line and not line.startswith("#"))
    return frozenset(word for word in common_words() if len(word) > 1 and word in names)


@cache
def _ends() -> NDArray[np.bool_]:
    return marked(_LAST)


def may_end_agency(batch: TextBatch, tokens: TokenBatch) -> NDArray[np.bool_]:
    """Return which words may end the name of an agency."""
    return _ends()[batch.codes[batch.starts[tokens.owners()] + tokens.ends - 1]]


class AgencyAnnotator:
    """Finds AGENCY spans."""

    def annotate(self, words: Words, ends: Sequence[int]) -> list[Span]:
        """Return the agencies of a text, sorted, without overlap.

        Args:
            words: The text and its words.
            ends: Numbers of the words that ``may_end_agency``.
        """
        text = words.text
        spans: list[Span] = []
        for index in ends:
            word, word_start, end = words.word(index), words.starts[index], words.ends[index]
            short = word in _SHORT_NAMES
            if not short and (
                not word.endswith(_SUFFIXES)
                or (word in STOP_WORDS and word not in ("人民政府", "政府"))
            ):
                continue
            start = self._name_start(words, index)
            name = text[start:end]
            if word == "政府" and text[max(0, word_start - 1)] not in _REGION_ENDS:
                continue
            if not short and (
                len(name) < _MIN_NAME
                or (word in _NOT_AGENCIES and word != "政府")
                or name in _NOT_AGENCIES
                or _ROOMS.match(name)
            ):
                continue
            while spans and spans[-1].end > start:
                start = min(start, spans.pop().start)
            if spans and spans[-1].end == start and word.endswith(_BRANCHES):
                start = spans.pop().start  # 市公安局 + 某区分局: one body
            spans.append(Span(start=start, end=end, label="AGENCY", value=text[start:end]))
        return spans

    def _name_start(self, words: Words, index: int) -> int:
        text, start, end = words.text, words.starts[index], words.ends[index]
        for n_words, before in enumerate(range(index - 1, -1, -1)):
            word, tag = words.word(before), words.tag(before)
            outside = (
                word in STOP_WORDS
                or word in GENERIC
                or tag in STOP_TAGS
                or (word in common_words() and word not in _fields())
            )
            if outside or n_words >= _MAX_WORDS or tag in ("v", "a"):
                break
            if end - words.starts[before] > _MAX_NAME:
                break
            start = words.starts[before]
        while text[start] in _PREFIXES and end - start > _MIN_NAME:
            start += 1  # 离镇电信局
        if (joint := _JOINT.search(text, max(0, start - _MAX_JOINT), start)) is not None:
            start = joint.start()  # 人力资源和 + 社会保障局
        if start and text[start - 1] in _REGION_ENDS and text[start] not in _REGION_ENDS:
            start -= 1  # 向市规划局: the segmenter glued 市 to the word before
        return start
