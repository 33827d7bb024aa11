"""How the reports say things in Chinese: dates, places, counts, sources; alike in every format."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from renda_nlp.config import LEVELS
from renda_nlp.records import (
    CHANNELS,
    CORRECTED_FIELDS,
    GAP_KINDS,
    ISSUE_STATUSES,
    LINK_STATUSES,
    REPLY_FLAGS,
    Candidate,
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
    "STAGES",
    "accounting",
    "channel_name",
    "chinese_date",
    "common_questions",
    "corrected_field",
    "corrections_said",
    "day_range",
    "findings",
    "issue_problem",
    "issue_status",
    "law_channel",
    "level_name",
    "link_tally",
    "model_check_said",
    "out_of_period",
    "place_and_people",
    "plain_text",
    "rank_range",
    "reply_quality",
    "source_of",
    "subtopic_name",
    "topic_name",
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

_LOUDEST = 3
_FEW = 30  # checked opinions below which a share says little
_MAIN = "主要反映："
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def plain_text(text: str) -> str:
    """Return text without the control signs that XML and Word refuse."""
    return _UNPRINTABLE.sub("", text)


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


def place_and_people(issue: Hotspot) -> str:
    """Return place and people of an issue, or that the texts do not name any."""
    return "／".join(part for part in (issue.place, issue.people) if part) or "未写明"


def issue_status(status: str) -> str:
    """Return the Chinese name of an issue's status against an earlier report."""
    return ISSUE_STATUSES[status]


def rank_range(issue: Hotspot) -> str:
    """Return the interval of ranks, ``3—6``, or the one rank."""
    if issue.rank_low == issue.rank_high:
        return str(issue.rank_low)
    return f"{issue.rank_low}—{issue.rank_high}"


def issue_problem(issue: Hotspot) -> str:
    """Return the sentence of the summary that says what is wrong."""
    for sentence in issue.summary:
        if sentence.text.startswith(_MAIN):
            return sentence.text.removeprefix(_MAIN)
    return issue.summary[-1].text if issue.summary else ""


def accounting(report: Report) -> tuple[str, str]:
    """Return both sums: files in = read + left out, rows in = opinions + set aside."""
    n = report.counts
    rows = (
        f"共有内容{n['rows_in']}行（段）＝成为意见{n['rows_with_opinions']}行"
        f"＋单列{n['rows_set_aside']}行"
    )
    if n["opinions_from_lists"]:
        rows += f"；其中一行讲几件事的拆开，共得意见{n['opinions']}件"
    return (
        f"收到文件{n['files_in']}份＝已读{n['files_read']}份＋未读{n['files_left_out']}份",
        rows,
    )


def out_of_period(report: Report) -> str:
    """Return what is counted apart: older material, and papers of government and party."""
    n = report.counts
    parts = []
    if n["voices"] > n["voices_in_period"]:
        parts.append(f"统计期以外的意见{n['voices'] - n['voices_in_period']}件，只作历史参考")
    if n["official_sentences"]:
        parts.append(f"政府、党委和上级人大文件语句{n['official_sentences']}条，单独统计")
    return f"另有{'；'.join(parts)}。" if parts else ""


def findings(report: Report) -> list[str]:
    """Return the opening sentences: what is proposed, what is loudest, severe, moving; its base."""
    n, issues = report.counts, report.issues
    chosen = [candidate for candidate in report.candidates if candidate.chosen]
    parts = [_proposal(report, chosen)]
    received = f"本期收到群众和代表意见{n['voices_in_period']}件"
    if issues:
        received += (
            f"，其中{n['in_issues']}件归并为{len(issues)}个热点问题，"
            f"其余{max(0, n['single'])}件没有同类意见，单独列出"
        )
        loudest = sorted(issues, key=lambda issue: (-issue.n_people, issue.rank))[:_LOUDEST]
        named = "、".join(f"“{issue.title}”（{issue.n_people}人）" for issue in loudest)
        parts.append(f"反映人数最多的是{named}。")
    else:
        received += "，没有发现两人以上反映同一具体事项的热点问题"
    if report.severe:
        parts.append(f"有{len(report.severe)}件提到人身安全、水质污染等严重情形，请先核实。")
    return [*parts, *_moves(report), f"{received}。"]


def _proposal(report: Report, chosen: Sequence[Candidate]) -> str:
    if chosen:
        first = f"第一项是“{chosen[0].title}”" if len(chosen) > 1 else f"“{chosen[0].title}”"
        return f"从{len(report.candidates)}项备选工作中建议监督议题{len(chosen)}项，{first}。"
    if report.candidates:
        return f"{len(report.candidates)}项备选工作证据不足或不属本级，本期不提出建议议题。"
    return "材料中没有可作监督议题的工作，本期不提出建议议题。"


def _moves(report: Report) -> list[str]:
    """Return what changed: trends, comparison with an earlier report, promises, replies."""
    trends = Counter(issue.trend for issue in report.issues)
    names = ("新出现", "升温", "反复", "回落", "已平息")
    moving = [f"{name}{trends[name]}个" for name in names if trends[name]]
    said = [f"变化情况：{'、'.join(moving)}"] if moving else []
    statuses = Counter(match.status for match in report.history)
    if statuses:
        known = [
            f"{name}{statuses[key]}个" for key, name in ISSUE_STATUSES.items() if statuses[key]
        ]
        said.append(f"与往年对照，{'、'.join(known)}")
    if report.returned:
        said.append(f"答复后又反映的{len(report.returned)}个")
    if promised := sum(gap.kind == GAP_KINDS[0] for gap in report.gaps):
        said.append(f"报告有承诺、群众仍反映的{promised}个")
    return ["；".join(said) + "。"] if said else []


def link_tally(report: Report) -> str:
    """Return how many promises the next report says are kept, empty when no report follows."""
    tally = Counter(link.status for link in report.links)
    known = [f"{status}{tally[status]}条" for status in LINK_STATUSES[:-1] if tally[status]]
    if not known:
        return ""
    open_ones = tally[LINK_STATUSES[-1]]
    rest = f"；另有{open_ones}条材料中没有下一年报告，无从对照" if open_ones else ""
    return f"与下一年报告对照：{'、'.join(known)}{rest}。"


def reply_quality(report: Report) -> str:
    """Return how many replies carry which warning, empty when none was looked at."""
    looked = [reply for reply in report.replies if reply.scores]
    if not looked:
        return ""
    tally = Counter(flag.label for reply in looked for flag in reply.flags)
    flagged = sum(bool(reply.flags) for reply in looked)
    said = "、".join(f"{label}{tally[label]}件" for label in REPLY_FLAGS if tally[label])
    start = f"看了答复{len(looked)}件"
    return f"{start}，提醒注意的{flagged}件：{said}。" if said else f"{start}，没有需要提醒的。"


def common_questions(chosen: Sequence[Candidate]) -> tuple[str, ...]:
    """Return the questions that every chosen topic asks: said once, not with each."""
    if len(chosen) <= 1:
        return ()
    shared = set(chosen[0].questions).intersection(*(item.questions for item in chosen))
    return tuple(text for text in chosen[0].questions if text in shared)


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
