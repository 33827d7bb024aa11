"""The terms of a statement that tell one piece of government work from another, and their weight.

Terms are content words, pairs of characters inside noun phrases, and concepts: words that reports
use for the same work (保交楼, 房贷, 商品房). A term weighs its inverse document frequency in
statements of public work reports (Spärck Jones 1972, J. Documentation 28:11-21), so that 建设 and
推进 count for little and 老旧小区 for much, however small the folder.
"""

import math
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import chain

import ahocorasick

from renda_nlp.followup.objects import VERBS
from renda_nlp.protocols import Segmenter

__all__ = ["CONCEPT", "TermFinder", "clauses_of", "is_common", "term_weight"]

_CUT = re.compile(r"[，,；;。：:！!]")
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z]+")
_NOUN_TAGS = ("n", "vn", "j", "l", "i", "eng", "an", "b", "s", "f")
_COMMON = frozenset(
    "工作 建设 发展 情况 方面 重点 基础 全面 重大 作用 我国 国家 政府 人民 群众 能力 水平 质量 力度 成果 问题 领域 中国 过去 一年 阶段 同时 目标 任务 要求 举措 措施 "
    "办法 各地 地方 部门 社会 经济 行动 工程 项目 过程 形势 部分 成效 进展 优势 体系 机制 制度 政策 管理 服务 改革 创新 全镇 全乡 全县 我镇 我乡 我县".split()
)
_EMPTY = VERBS | frozenset(
    "加快 推进 继续 进一步 不断 积极 深入 坚持 加强 组织 大力 有力 切实 得到 取得 成为 进行 基本 形成 保持 稳定 达到 有效 突出 着力 结合 营造 构建 获得 增强 带动 "
    "开局 完成 创新 列入 纳入 县级 市级 省级 国家级 全年 上半年 下半年 年底 月底 第一 首次".split()
)
_COMMON_SHARE, _PAIR_SHARE, _CONCEPT_SHARE = 0.3, 0.6, 0.9
_PAIR, CONCEPT = "#", "%"
"""What marks a term that is no word: a pair of characters, a piece of work with several names."""


@cache
def _concepts() -> ahocorasick.Automaton:
    """Return what finds the concepts of a text: each cue leads to the names that it stands for."""
    source = files("renda_nlp.resources").joinpath("reports/concepts.tsv")
    names: dict[str, list[str]] = {}
    for line in source.read_text("utf-8").splitlines():
        name, cues = line.split("\t")
        for cue in cues.split(" "):
            names.setdefault(cue, []).append(f"{CONCEPT}{name}")
    automaton = ahocorasick.Automaton()
    for cue, found in sorted(names.items()):
        automaton.add_word(cue, tuple(found))
    automaton.make_automaton()
    return automaton


@cache
def _frequencies() -> tuple[int, dict[str, int]]:
    """Return the number of statements counted and how many of them hold each term."""
    source = files("renda_nlp.resources").joinpath("reports/frequencies.tsv")
    lines = source.read_text("utf-8").splitlines()
    total = int(lines[0].split("\t")[1])
    pairs = (line.split("\t") for line in lines[1:])
    return total, {term: int(count) for term, count in pairs}


@cache
def term_weight(term: str) -> float:
    """Return the squared weight of a term; an unknown term weighs most."""
    total, counts = _frequencies()
    weight = math.log((total + 1) / (counts.get(term, 0) + 0.5))
    if term in _COMMON:
        weight *= _COMMON_SHARE
    elif term.startswith(_PAIR):
        weight *= _PAIR_SHARE
    elif term.startswith(CONCEPT):
        weight *= _CONCEPT_SHARE
    return weight * weight


def clauses_of(text: str) -> list[str]:
    """Return the clauses of a statement."""
    return [clause for clause in _CUT.split(text) if len(clause.strip()) > 1] or [text]


def is_common(word: str) -> bool:
    """Whether public work reports use a word, so that it names no single place or project."""
    return word in _frequencies()[1]


class TermFinder:
    """Finds the terms of texts with one segmenter."""

    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter = segmenter

    def terms(self, text: str) -> frozenset[str]:
        """Return the terms of ``text``."""
        words: set[str] = set()
        runs: list[str] = [""]
        for token in self._segmenter.segment(text):
            word = text[token.start : token.end]
            if not _carries(word, token.tag):
                runs.append("")
                continue
            runs[-1] += word
            if len(word) > 1:
                words.add(word)
        pairs = (f"{_PAIR}{run[i : i + 2]}" for run in runs for i in range(len(run) - 1))
        concepts = (name for _, found in _concepts().iter(text) for name in found)
        return frozenset(chain(words, pairs, concepts))

    def clause_terms(self, texts: Sequence[str]) -> list[list[frozenset[str]]]:
        """Return the terms of each clause of each text."""
        return [[self.terms(clause) for clause in clauses_of(text)] for text in texts]


def _carries(word: str, tag: str) -> bool:
    """Whether a word says what the work is about: a noun, or a verb that is no verb of work."""
    if not _WORD.fullmatch(word):
        return False
    if tag.startswith(_NOUN_TAGS):
        return True
    return tag.startswith("v") and len(word) > 1 and word not in _EMPTY
