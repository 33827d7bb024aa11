"""The yearly plan of supervision 年度监督工作计划 in the layout of an official paper."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from renda_nlp.config import PlanConfig
from renda_nlp.planning.topics import PlannedTopic
from renda_nlp.planning.wording import (
    BASES,
    LAW_NOTE,
    MEETINGS,
    ORGANS,
    STEPS,
    clip,
    government,
    short_title,
)
from renda_nlp.records import UNDATED, Candidate, Report
from renda_nlp.reports.docxpage import OfficialDocument
from renda_nlp.reports.wording import PROJECTS_FOR, chinese_number, figure_words, without_topics

__all__ = ["plan_title", "write_plan"]

_QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")
_INSPECTIONS = ("代表视察", "执法检查")
_APPRAISAL = "工作评议"
_OPEN = "【待定】"
_MAX_VISITS = 4
_MAX_LAWS = 3
_MAX_QUOTED = 60
_STRONG = 40.0
_PAPERS = (("difficulty", "政府报告："), ("party", "党委部署："), ("congress", "上级人大安排："))
_KINDS_OF_PAPERS = (("party_plan", "党委"), ("work_report", "政府"), ("congress_plan", "上级人大"))
_MAX_QUESTIONS = 8
_MAX_FIGURES = 3


def plan_title(report: Report) -> str:
    """Return 柏渡镇人大主席团2026年监督工作计划."""
    return f"{report.area}{ORGANS[report.level]}{report.plan_year}年监督工作计划"


def write_plan(
    report: Report, topics: Sequence[PlannedTopic], config: PlanConfig, path: Path
) -> None:
    """Write the plan as a Word document; what only people can say is a marked gap."""
    document = OfficialDocument(plan_title(report))
    document.title(plan_title(report), "（建议稿）")
    document.body(
        f"{BASES[report.level]}，{_origin(report)}，提出{report.plan_year}年监督工作计划（建议稿）。"
    )
    _guiding(document)
    _topics(document, report, topics)
    _quarters(document, report, topics, config)
    if topics:
        _duties(document, report, topics)
    _demands(document, report, topics)
    annexes = [
        *(["调研和询问提纲"] if topics else []),
        *(["民生实事项目候选清单"] if _has_projects(report) else []),
    ]
    if annexes:
        document.blank()
        for number, name in enumerate(annexes, 1):
            document.body(f"{'附件：' if number == 1 else '　　　'}{number}.{name}")
    document.blank()
    document.right(f"{report.area}{ORGANS[report.level]}")
    document.right(f"{report.plan_year}年　月　日")
    for number, name in enumerate(annexes, 1):
        document.heading(f"附件{number}　{name}", new_page=True)
        if name == "调研和询问提纲":
            _questions(document, topics)
        else:
            _projects(document, report)
    document.save(path)


def _origin(report: Report) -> str:
    voices = report.counts.get("voices_in_period", 0)
    first, last = report.period
    months = f"{first.year}年{first.month}月至{last.year}年{last.month}月"
    kinds = {document.kind for document in report.documents}
    papers = "、".join(name for kind, name in _KINDS_OF_PAPERS if kind in kinds)
    return (
        f"从{'' if last == UNDATED else months}收集的{voices}条意见"
        f"{f'和{papers}文件' if papers else ''}中梳理"
    )


def _guiding(document: OfficialDocument) -> None:
    document.heading("一、指导思想")
    document.gap("由工作人员按上级最新精神填写，机器不代拟。可写：指导思想、总体要求、全年工作目标")


def _topics(document: OfficialDocument, report: Report, topics: Sequence[PlannedTopic]) -> None:
    document.heading("二、监督议题")
    if not topics:
        document.body(without_topics(report))
        return
    document.body(f"坚持议大事、少而精，全年安排监督议题{len(topics)}项。")
    document.table(
        ("序号", "监督议题", "监督方式", "责任单位", "时间"),
        [
            (
                str(number),
                topic.title,
                "、".join(topic.candidate.methods),
                "、".join(topic.candidate.departments) or _OPEN,
                topic.candidate.quarter or _OPEN,
            )
            for number, topic in enumerate(topics, 1)
        ],
        (10, 56, 36, 36, 18),
    )
    for number, topic in enumerate(topics, 1):
        _topic(document, report, number, topic)
    without = [topic for topic in topics if not topic.candidate.figures]
    if without:
        which = "各项议题" if len(without) == len(topics) else f"其中{len(without)}项"
        document.small(f"{which}在材料的预算、决算和指标表中没有找到有关的行，请向责任单位索取。")
    document.small(LAW_NOTE)


def _topic(document: OfficialDocument, report: Report, number: int, topic: PlannedTopic) -> None:
    item = topic.candidate
    document.heading(f"（{chinese_number(number)}）{short_title(topic.title, report.area)}", 2)
    document.body(_grounds(report, item), lead="选题依据：")
    seen = [f"察看{'、'.join(item.visits[:_MAX_VISITS])}"] if item.visits else []
    seen += [f"对照{'、'.join(item.laws[:_MAX_LAWS])}"] if item.laws else []
    if seen:
        document.body(f"{'；'.join(seen)}。", lead="监督重点：")
    if item.figures:
        figures = "；".join(figure_words(line) for line in item.figures[:_MAX_FIGURES])
        document.body(f"{figures}。", lead="资金和指标：")
    if topic.decision is not None and topic.decision.reason:
        document.body(f"{topic.decision.decision}，{topic.decision.reason}。", lead="会议意见：")


def _grounds(report: Report, item: Candidate) -> str:
    """Return on what a topic rests, with the words of the papers and where they stand."""
    titles = {document.file: document.title for document in report.documents}
    issue = next((one for one in report.issues if one.issue_id == item.lead_id), None)
    parts = []
    if issue is not None:
        parts.append(
            f"群众反映的热点{len(item.issue_ids)}个、{item.n_people}人，突出的是“{clip(issue.title, _MAX_QUOTED)}”"
        )
    for name, words in _PAPERS:
        part = next(part for part in item.criteria if part.name == name)
        if part.value > _STRONG and part.quotes:
            quote = part.quotes[0]
            file = quote.passage.locator.file
            title = titles.get(file) or file.rpartition("/")[2]
            if name == "difficulty" and "没有提到" in part.sentence:
                words = "政府承诺："
            parts.append(f"{words}“{clip(quote.text, _MAX_QUOTED)}”（《{title}》）")
    deputies = next(part for part in item.criteria if part.name == "deputies")
    if deputies.value:
        parts.append(deputies.sentence.rstrip("。"))
    return "；".join(parts) + "。" if parts else "依据待补充。"


def _quarters(
    document: OfficialDocument,
    report: Report,
    topics: Sequence[PlannedTopic],
    config: PlanConfig,
) -> None:
    document.heading("三、季度安排")
    rows = []
    for quarter in _QUARTERS:
        held = [_meeting(report, config)]
        held += [
            f"{'、'.join(topic.candidate.methods)}：{short_title(topic.title, report.area)}"
            for topic in topics
            if topic.candidate.quarter == quarter
        ]
        rows.append((quarter, "\n".join(f"{n}. {text}" for n, text in enumerate(held, 1))))
    document.table(("季度", "工作安排"), rows, (22, 134))
    document.body(_norms(report, topics, config))


def _meeting(report: Report, config: PlanConfig) -> str:
    if report.level == "county":
        return f"召开{MEETINGS[report.level]}（每两个月至少1次）"
    return f"召开{MEETINGS[report.level]}{config.meetings_per_quarter}次"


def _norms(report: Report, topics: Sequence[PlannedTopic], config: PlanConfig) -> str:
    """Compare what the topics bring with what a year needs; the norms are those of townships."""
    forms = Counter(form for topic in topics for form in topic.candidate.methods)
    if report.level == "county":
        said = "、".join(f"{form}{n}次" for form, n in sorted(forms.items()))
        return f"以上共安排{said or '0次'}；执法检查、专题询问的批次由常委会统筹。"
    planned = (
        ("视察检查", sum(forms[form] for form in _INSPECTIONS), config.inspections),
        ("站所评议", forms[_APPRAISAL], config.appraisals),
    )
    parts = []
    for name, n, norm in planned:
        short = f"，还差{norm - n}次，请结合实际补排" if n < norm else ""
        parts.append(f"{name}常规不少于{norm}次，已排{n}次{short}")
    parts.append(f"{MEETINGS[report.level]}每季度不少于{config.meetings_per_quarter}次")
    if report.level == "township":
        parts.append(
            f"人代会全年{config.congresses}次、会期不少于{config.congress_days}天，日期另定"
        )
    return "；".join(parts) + "。"


def _duties(document: OfficialDocument, report: Report, topics: Sequence[PlannedTopic]) -> None:
    document.heading("四、责任分工")
    document.table(
        ("序号", "监督议题", "报告和整改单位", "牵头人", "参加代表"),
        [
            (
                str(number),
                short_title(topic.title, report.area),
                "、".join(topic.candidate.departments) or _OPEN,
                _OPEN,
                _OPEN,
            )
            for number, topic in enumerate(topics, 1)
        ],
        (10, 62, 44, 18, 22),
    )


def _demands(document: OfficialDocument, report: Report, topics: Sequence[PlannedTopic]) -> None:
    document.heading("五、工作要求" if topics else "四、工作要求")
    outline = "，调研提纲见附件1" if topics else ""
    for number, text in enumerate(
        (
            f"会前深入调研。每项议题会前组织代表到现场察看、走访群众{outline}。",
            f"会中认真审议。{government(report.area, report.level)}有关负责人到会报告、回答询问，形成审议意见，"
            "必要时开展满意度测评。",
            "会后跟踪问效。审议意见转交办理，逐项明确责任单位和期限，办理情况向代表通报；"
            "未办结的列入下一年跟踪督办。",
        ),
        1,
    ):
        document.body(f"{number}.{text}")
    document.body(f"本计划为建议稿，按程序还须{STEPS[report.level]}。")


def _questions(document: OfficialDocument, topics: Sequence[PlannedTopic]) -> None:
    """List the questions of each topic, those that all share once at the end."""
    asked = [topic.candidate.questions for topic in topics]
    shared = (
        [text for text in asked[0] if all(text in own for own in asked[1:])] if asked[1:] else []
    )
    for number, topic in enumerate(topics, 1):
        document.heading(f"{number}.{topic.title}", 2)
        own = [text for text in topic.candidate.questions if text not in shared]
        for at, text in enumerate(own, 1):
            document.item(f"{at}. {text}")
    if shared:
        document.heading("各项议题都要问的问题", 2)
        for at, text in enumerate(shared, 1):
            document.item(f"{at}. {text}")


def _has_projects(report: Report) -> bool:
    return bool(report.livelihood or report.voted)


def _projects(document: OfficialDocument, report: Report) -> None:
    if report.livelihood:
        document.small(f"{PROJECTS_FOR[report.level]}，项目规模和资金由承办单位测算。")
        document.table(
            ("序号", "候选项目", "责任单位", "群众反映"),
            [
                (str(p.number), p.name, "、".join(p.departments) or _OPEN, p.reason)
                for p in report.livelihood
            ],
            (10, 48, 36, 62),
        )
    if report.voted:
        document.heading("往年票决项目进展", 2)
        document.table(
            ("年度", "项目", "进展", "说明"),
            [(str(p.year or ""), p.name, p.status, p.sentence) for p in report.voted],
            (14, 56, 24, 62),
        )
