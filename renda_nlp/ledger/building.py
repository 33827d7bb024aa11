"""From an 审议意见 and the papers of its handling to the ledger."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from renda_nlp.analysis import fill_table, make_segmenter
from renda_nlp.annotation import parse_number
from renda_nlp.config import AUTO, Config
from renda_nlp.errors import InputError, ReadError
from renda_nlp.filenames import FileNames
from renda_nlp.followup.matching import StatementMatcher
from renda_nlp.followup.objects import find_departments
from renda_nlp.followup.quantities import find_deadlines
from renda_nlp.followup.replies import clause_span
from renda_nlp.followup.scoring import Asked, assess_reply
from renda_nlp.followup.terms import TermFinder
from renda_nlp.framing import level_of_organs
from renda_nlp.ledger.clock import days_after
from renda_nlp.ledger.items import find_items
from renda_nlp.ledger.material import Paper, Unit, Vote, handed_over, reply_units, speeches, votes
from renda_nlp.readers import read_file, read_folder
from renda_nlp.records import (
    Answer,
    Failure,
    Ledger,
    LedgerItem,
    Opinion,
    Passage,
    Quote,
    ReplyFlag,
    Satisfaction,
)
from renda_nlp.splitting.dates import parse_date
from renda_nlp.splitting.deliberations import PROCEEDINGS, minutes_of
from renda_nlp.taxonomy import default_taxonomy

__all__ = ["build_ledger"]

_REPORT_BACK = re.compile(
    r"(?P<number>[一二两三四五六七八九十\d]+)(?:个)?(?P<unit>月|工作日|日|天)内.{0,24}(?:报告|报送|反馈|通报|答复|报[县市区镇乡])|(?:报告|报送|反馈).{0,12}(?P<late>[一二两三四五六七八九十\d]+)个月内"
)
_SETTLED_HEADING = re.compile(r"办结|已完成|已落实|已解决|整改到位")
_OPEN_HEADING = re.compile(r"正在|办理中|推进|研究|尚未|未完成|困难|长期|计划|下一步|暂")
_SETTLED = re.compile(
    r"(?:已|全部|均)[^，。；]{0,14}(?:完成|停航|统一|到位|整改|修复|拆除|配足|建成|通水|解决|落实|公布|公开|恢复|办结|清理|关停|更换)|全部停|办理完毕|整改完毕"
)
_STILL = re.compile(r"正在|尚|预计|下一步|列入|计划|争取|拟|将|待|研究|协商|推进|差\d")
_CHARGED = re.compile(
    r"(?:请|由|责成|督促|要求)(?P<names>[\u4e00-\u9fff、]{2,18}?(?:中心|局|站|所|办公室|委员会|办|院|学校|公司))(?![事理法])"
)
_AND = re.compile(r"会同|[、和与及]")
_MIN_SCORE = 0.4


def build_ledger(source: Path, material: Path | None, config: Config) -> Ledger:
    """Read the 审议意见 and the folder of its handling and return the ledger.

    Args:
        source: The 审议意见.
        material: The folder with hand-over, replies, reports and votes; None when there is none.
        config: Settings.

    Raises:
        InputError: The 审议意见 cannot be read or holds no item.
    """
    try:
        opinion = _papers_of_file(source, config)
    except ReadError as error:
        raise InputError(f"{source}：{error}") from error
    if not opinion:
        raise InputError(f"{source}：没有可读的内容，请核对文件")
    failures: list[Failure] = []
    papers = _papers_of_folder(material, source, config, failures) if material else []
    names = FileNames()
    paper, *papers = [_shown(paper, names) for paper in (opinion[0], *papers)]
    failures = [names.failure(failure) for failure in failures]
    drafts = find_items(paper)
    if not drafts:
        raise InputError(
            f"{source}：没有找到审议意见的条目；条目应为“1. ……”或带有“请、要、应”的段落"
        )
    return _Builder(config, paper, papers, failures).build(drafts)


def _papers_of_file(path: Path, config: Config) -> list[Paper]:
    sources = read_file(path, path.name, config.read)
    return [Paper(source.document, tuple(source.blocks)) for source in sources]


def _papers_of_folder(
    folder: Path, source: Path, config: Config, failures: list[Failure]
) -> list[Paper]:
    papers = []
    for found in read_folder(folder, config.read, failures):
        blocks = tuple(found.blocks)
        if (folder / found.document.file).resolve() != source.resolve():
            papers.append(Paper(found.document, blocks))
    return papers


def _shown(paper: Paper, names: FileNames) -> Paper:
    """Return a paper whose places name it as it is shown; the ledger has no internal edition."""
    document = names.document(paper.document)
    blocks = (replace(block, locator=names.locator(block.locator)) for block in paper.blocks)
    return Paper(document, tuple(blocks))


class _Builder:
    """Builds one ledger."""

    def __init__(
        self, config: Config, paper: Paper, papers: Sequence[Paper], failures: Sequence[Failure]
    ) -> None:
        self._config = config
        self._level = config.office.level
        if self._level == AUTO:
            self._level = level_of_organs([config.office.name, paper.document.title])
        self._paper = paper
        self._papers = papers
        self._failures = tuple(failures)
        self._segmenter = make_segmenter(config.segment)
        self._matcher = StatementMatcher(self._segmenter)
        self._finder = TermFinder(self._segmenter)

    def build(self, drafts: Sequence[tuple[Quote, str]]) -> Ledger:
        """Return the ledger of these items."""
        start, start_from = self._start()
        due, due_from = self._due(start)
        texts = [quote.text for quote, _ in drafts]
        answers = self._assign(texts, list(reply_units(self._papers)))
        by_item, overall = self._votes(texts)
        table = fill_table(map(_opinion, drafts), self._config, "serial")
        items = []
        for at, (quote, heading) in enumerate(drafts):
            row = table.row(at)
            topic, subtopic = row.scores.topic, row.subtopic
            named, named_from = self._departments(quote.text, topic, subtopic)
            found = answers[at]
            status, reason = _status(found)
            items.append(
                LedgerItem(
                    number=at + 1,
                    quote=quote,
                    heading=heading,
                    topic=topic,
                    subtopic=subtopic,
                    departments=named,
                    departments_from=named_from,
                    asked_by=self._asked_by(quote.text),
                    handed_over=start,
                    due=due,
                    answers=found,
                    status=status,
                    reason=reason,
                    flags=self._flags(quote.text, found, start, due),
                    satisfaction=by_item.get(at),
                )
            )
        return Ledger(
            title=self._paper.document.title,
            file=self._paper.document.file,
            items=tuple(items),
            handed_over_from=start_from,
            due_from=due_from,
            overall=overall,
            speeches=tuple(speeches(self._papers)),
            failures=self._failures,
        )

    def _start(self) -> tuple[date | None, str]:
        found = handed_over(self._papers)
        if found:
            return found[0], f"交办材料 {found[1]}"
        day = self._paper.document.date
        if day is not None:
            return day, "没有交办材料，按审议意见的日期"
        texts = [block.text.strip() for block in self._paper.blocks]
        met = (parse_date(text) for text in texts if minutes_of(text) == PROCEEDINGS)
        day = next((day for day in met if day), None)
        return day, "没有交办材料，按审议的会议日期" if day else "没有日期，请填写"

    def _due(self, start: date | None) -> tuple[date | None, str]:
        """Return the last day for the report back, and where it comes from."""
        if start is None:
            return None, "没有交办日期，无法计算"
        for block in self._paper.blocks:
            found = _REPORT_BACK.search(block.text)
            if found is None:
                continue
            number = int(parse_number(found["number"] or found["late"]))
            unit = found["unit"] or "月"
            words = f"审议意见原文“{found.group()}”（{block.locator.describe()}）"
            return days_after(start, number, unit), words
        days = self._config.follow.deliberation_days
        return start + timedelta(
            days=days
        ), f"按设置 follow.deliberation_days={days} 天，请按本地规定核对"

    def _asked_by(self, text: str) -> str:
        year = self._paper.document.date.year if self._paper.document.date else None
        return "；".join(dict.fromkeys(d.text for d in find_deadlines(text, year)))

    def _departments(self, text: str, topic: str, subtopic: str) -> tuple[tuple[str, ...], str]:
        """Return who is responsible: named in the item, else by its subject."""
        named = list(find_departments(text))
        for found in _CHARGED.finditer(text):
            named += [name for name in _AND.split(found["names"]) if len(name) > 1]
        if re.search(r"请镇?(?:人民)?政府", text) and "镇政府" not in named:
            named.append("镇政府")
        if "承办单位" in text:
            named.append("各承办单位")
        if named:
            return tuple(dict.fromkeys(named)), "审议意见原文"
        return default_taxonomy().responsible(topic, subtopic, self._level), "按主题推定"

    def _assign(self, texts: Sequence[str], units: Sequence[Unit]) -> list[tuple[Answer, ...]]:
        """Give each paragraph of the replies to the item that it is about, if it is about one."""
        found: list[list[Answer]] = [[] for _ in texts]
        if not units:
            return [()] * len(texts)
        scores = self._matcher.scores(texts, [unit.quote.text for unit in units])
        for column, unit in enumerate(units):
            best = int(np.argmax(scores[:, column]))
            if scores[best, column] >= _MIN_SCORE:
                found[best].append(Answer(quote=unit.quote, heading=unit.heading, day=unit.day))
        return [tuple(sorted(one, key=_answer_order)) for one in found]

    def _votes(self, texts: Sequence[str]) -> tuple[dict[int, Satisfaction], Satisfaction | None]:
        """Return the votes by item and those on the whole."""
        rows = list(votes(self._papers))
        whole = [vote for vote in rows if vote.is_whole]
        single = [vote for vote in rows if not vote.is_whole and vote.label]
        by_item: dict[int, list[Vote]] = {}
        scores = self._matcher.scores(texts, [vote.label for vote in single])
        for column, vote in enumerate(single):
            number = re.match(r"^第?(\d{1,2})(?:项|条|号|\s|$)", vote.label)
            best = int(np.argmax(scores[:, column])) if len(texts) else 0
            if scores[best, column] >= _MIN_SCORE:
                by_item.setdefault(best, []).append(vote)
            elif number and 1 <= int(number[1]) <= len(texts):
                by_item.setdefault(int(number[1]) - 1, []).append(vote)
        made = {at: _satisfaction(found) for at, found in by_item.items()}
        return made, _satisfaction(whole[-1:]) if whole else None

    def _flags(
        self, text: str, answers: Sequence[Answer], start: date | None, due: date | None
    ) -> tuple[ReplyFlag, ...]:
        if not answers or start is None or due is None:
            return ()
        first = answers[0]
        days = (first.day - start).days if first.day else None
        asked = Asked(title=text[:60], text=text, days=days, limit_days=(due - start).days)
        flags = assess_reply(asked, first.quote.text, self._finder).flags
        return tuple(
            ReplyFlag(
                label=flag.name,
                sentence=flag.sentence,
                quotes=tuple(
                    _part(first.quote, *clause_span(first.quote.text, *span)) for span in flag.spans
                ),
            )
            for flag in flags
            if flag.name != "答非所问"  # the paragraph was found by what it says of the item
        )


def _opinion(draft: tuple[Quote, str]) -> Opinion:
    quote, heading = draft
    return Opinion(
        opinion_id="item",
        text=quote.text,
        passages=(quote.passage,),
        kind="deliberation",
        channel="deliberation",
        section=heading,
    )


def _part(quote: Quote, start: int, end: int) -> Quote:
    at = quote.passage.start
    place = Passage(locator=quote.passage.locator, start=at + start, end=at + end)
    return Quote(opinion_id=quote.opinion_id, passage=place, text=quote.text[start:end])


def _answer_order(answer: Answer) -> tuple[str, str, int]:
    place = answer.quote.passage.locator
    return (str(answer.day or ""), place.file, place.paragraph or place.row or place.line or 0)


def _satisfaction(found: Sequence[Vote]) -> Satisfaction:
    return Satisfaction(
        satisfied=sum(vote.counts[0] for vote in found),
        fairly=sum(vote.counts[1] for vote in found),
        dissatisfied=sum(vote.counts[2] for vote in found),
        quotes=tuple(vote.quote for vote in found),
    )


def _status(answers: Sequence[Answer]) -> tuple[str, str]:
    """Return where an item stands and why; the latest answer decides."""
    if not answers:
        return "未回应", "办理材料里没有找到对应的答复。"
    last = answers[-1]
    if _SETTLED_HEADING.search(last.heading) and not _OPEN_HEADING.search(last.heading):
        return "已办结", f"答复列在“{last.heading}”之下。"
    if last.heading and _OPEN_HEADING.search(last.heading):
        return "办理中", f"答复列在“{last.heading}”之下。"
    settled = _SETTLED.search(last.quote.text)
    if settled and not _STILL.search(last.quote.text):
        return "已办结", f"答复说“{settled.group()}”。"
    still = _STILL.search(last.quote.text)
    if still is None:
        return "办理中", "答复没有说已经完成。"
    left, right = clause_span(last.quote.text, *still.span())
    return "办理中", f"答复说“{last.quote.text[left:right]}”。"
