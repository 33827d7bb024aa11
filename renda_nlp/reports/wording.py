"""How the reports say things in Chinese: dates, places, counts, sources; alike in every format."""

import re
from collections import Counter
from datetime import date

from renda_nlp.config import LEVELS
from renda_nlp.records import (
    CHANNELS,
    CORRECTED_FIELDS,
    ISSUE_STATUSES,
    FigureLine,
    Hotspot,
    ModelCheck,
    Passage,
    Report,
)
from renda_nlp.taxonomy import default_taxonomy

__all__ = [
    "BODY",
    "CAUTION",
    "DRAFT_NOTE",
    "INTERNAL",
    "LAW_CHANNELS",
    "PROJECTS_FOR",
    "STAGES",
    "channel_name",
    "chinese_date",
    "chinese_number",
    "corrected_field",
    "corrections_said",
    "day_range",
    "figure_words",
    "issue_problem",
    "issue_status",
    "law_channel",
    "level_name",
    "model_check_said",
    "month_range",
    "place_and_people",
    "plain_text",
    "rank_range",
    "source_of",
    "subtopic_name",
    "topic_name",
    "without_topics",
]

CAUTION = "件数是收到的意见数，不等于民意比例"
"""What the first page of every report says."""

DRAFT_NOTE = "建议稿：由机器根据材料整理提出，供讨论修改，是否采纳由会议决定。"

INTERNAL = "内部资料　注意保密"
"""What every page of the internal edition bears."""

LAW_CHANNELS: dict[int, str] = {
    1: "执法检查",
    2: "代表建议",
    3: "组成人员",
    4: "调研发现",
    5: "来信来访",
    6: "社会关注",
}
"""The statutory channels of the Supervision Law, by analogy in a town."""

BODY: dict[str, str] = {
    "township": "乡镇人大没有常委会，六个渠道参照监督法的规定归类。",
    "subdistrict": "街道不设人大，人大工委受县级人大常委会委托工作，六个渠道参照监督法的规定归类。",
    "county": "六个渠道按监督法关于选题途径的规定归类。",
}
"""On what footing a level uses the six channels."""

STAGES: dict[str, str] = {
    "read": "读取文件",
    "split": "拆分意见",
    "quote": "核对引文",
    "analyse": "分析意见",
    "write": "写出报告",
}
"""Stage of a failure, id to words."""

PROJECTS_FOR = {
    "township": "供代表票决",
    "subdistrict": "供街道征求居民和辖区代表意见",
    "county": "供代表票决",
}
"""What projects for the people are proposed for, by level; a subdistrict holds no congress."""

_PAPERS = (
    ("work_report", "政府工作报告"),
    ("party_plan", "党委工作要点"),
    ("congress_plan", "上级人大监督计划"),
)
_FEW = 30  # checked opinions below which a share says little
_MAIN = "主要反映："
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DIGITS = "一二三四五六七八九十"


def plain_text(text: str) -> str:
    """Return text without the control signs that XML and Word refuse, lines ended in one way."""
    if text.isprintable():
        return text
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def chinese_date(day: date) -> str:
    """Return ``2025年3月1日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def day_range(first: date | None, last: date | None) -> str:
    """Return the stretch of time in words; the year is not repeated."""
    if first is None or last is None:
        return "时间不详"
    if first == last:
        return chinese_date(first)
    if first.year == last.year:
        return f"{chinese_date(first)}至{last.month}月{last.day}日"
    return f"{chinese_date(first)}至{chinese_date(last)}"


def month_range(first: date | None, last: date | None) -> str:
    """Return the stretch of time in months, for narrow columns: ``2025年3月至11月``."""
    if first is None or last is None:
        return "时间不详"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.year}年{first.month}月"
    year = "" if first.year == last.year else f"{last.year}年"
    return f"{first.year}年{first.month}月至{year}{last.month}月"


def channel_name(channel: str) -> str:
    """Return the Chinese name of a channel."""
    return CHANNELS[channel][0] if channel in CHANNELS else channel


def law_channel(channel: str) -> int:
    """Return the statutory channel 1-6 of a channel, 0 for none."""
    return CHANNELS[channel][1] if channel in CHANNELS else 0


def topic_name(topic: str) -> str:
    """Return the Chinese name of a topic."""
    return default_taxonomy().name_of(topic)


def subtopic_name(subtopic: str) -> str:
    """Return the Chinese name of a subtopic, empty for none."""
    found = default_taxonomy().subtopic(subtopic)
    return found.name if found else ""


def level_name(level: str) -> str:
    """Return the Chinese name of a level."""
    return LEVELS.get(level, level)


def source_of(passage: Passage) -> str:
    """Return file and place of a passage: ``登记表.xlsx，工作表“上半年”第5行第3列``."""
    place = passage.locator.describe()
    return f"{passage.locator.file}，{place}" if place else passage.locator.file


def chinese_number(number: int) -> str:
    """Return 1 as 一, 12 as 十二, 23 as 二十三."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens - 1]}十")
    return head + (_DIGITS[ones - 1] if ones else "")


def figure_words(line: FigureLine) -> str:
    """Return a row of a table of money or indicators in words, with where it stands."""
    named = (
        ("预算（金额）", line.amount),
        ("执行", line.executed),
        ("执行率", line.rate),
        ("目标", line.target),
    )
    parts = "，".join(f"{name}{value}" for name, value in named if value)
    where = source_of(line.quotes[0].passage) if line.quotes else line.table
    return f"{line.item}：{parts}（{where}）"


def place_and_people(issue: Hotspot) -> str:
    """Return place and people of an issue, or that the texts do not name any."""
    return "／".join(part for part in (issue.place, issue.people) if part) or "未写明"


def issue_status(status: str) -> str:
    """Return the Chinese name of an issue's status against an earlier report."""
    return ISSUE_STATUSES[status]


def rank_range(issue: Hotspot) -> str:
    """Return the interval of ranks, ``3—6``, or the one rank; whether it is too wide to rely on."""
    if issue.rank_low == issue.rank_high:
        return str(issue.rank_low)
    return f"{issue.rank_low}—{issue.rank_high}{'' if issue.rank_holds else ' 不稳'}"


def issue_problem(issue: Hotspot) -> str:
    """Return the sentence of the summary that says what is wrong."""
    for sentence in issue.summary:
        if sentence.text.startswith(_MAIN):
            return sentence.text.removeprefix(_MAIN)
    return issue.summary[-1].text if issue.summary else ""


def without_topics(report: Report) -> str:
    """Say that no topic is proposed, and which papers the material lacks to weigh the opinions."""
    said = "现有材料的证据不足以提出监督议题，宁缺毋滥。"
    kinds = {document.kind for document in report.documents}
    missing = "、".join(name for kind, name in _PAPERS if kind not in kinds)
    if not missing:
        return said
    return f"{said}材料里没有{missing}，无从对照“三个结合点”：请放进材料文件夹后重新生成，或者由会议直接提出议题。"


def corrected_field(field: str) -> str:
    """Return the heading of the column in which staff correct a field."""
    return CORRECTED_FIELDS[field]


def corrections_said(report: Report) -> str:
    """Return how many corrections took effect."""
    tally = Counter(item.outcome for item in report.corrections)
    said = "、".join(f"{outcome}{n}处" for outcome, n in tally.most_common())
    return f"工作人员校对{len(report.corrections)}处：{said}。"


def model_check_said(check: ModelCheck) -> str:
    """Return how the machine's topics agree with those of staff."""
    few = "件数少，只供参考。" if check.n_opinions < _FEW else ""
    return (
        f"工作人员核对过主题的意见{check.n_opinions}件，机器判断一致的{check.n_right}件，微平均F1 {check.f1:.2f}"
        f"（95%区间{check.f1_low:.2f}—{check.f1_high:.2f}）。只说明核对过的意见，不代表全部。{few}"
    )
