"""File names as the masked edition shows them: 李建国13812345678.jpg is [姓名][电话].jpg."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from renda_nlp.annotation import MASKS, find_personal_data, mask, mask_text
from renda_nlp.annotation.name_words import COMMON_SURNAMES
from renda_nlp.records import Document, Failure, Locator, Opinion, Report, Span, map_records

__all__ = ["FileNames"]

_PARTS = re.compile(r"([/!])")  # folders, and members of archives
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_PUBLIC_ACT = re.compile(
    r"讲话|致辞|述职|发言|任职|任免"
)  # of an office holder, whatever the file holds
_PUBLIC_PAPER = re.compile(
    r"报告|总结|要点|计划|规划|方案|审议|议案|纪要|简报|调研|代表.*建议|建议.*代表"
)
_OFFICIAL_KINDS = frozenset(
    ("work_report", "party_plan", "congress_plan", "deliberation", "suggestion", "study")
)
_THING_ENDS = "路街房制村镇乡区县校院厂场表站所园界坡湾沟寺店函证单局委办会组队"
_THINGS = (
    "照片|图片|相片|视频|录音|截图|扫描件|复印件|原件|附件|来信|来函|来电|来访|信件|投诉|举报|反映|信访|上访|诉求|申诉|申请|"
    "病历|病例|证明|材料|资料|证件|身份证|户口|残疾证|低保|借条|欠条|合同|发票|收据|聊天|微信|问题|情况|意见|建议|答复|回复|接访|约谈"
)
_GAP = re.compile(rf"(?:{_THINGS}|[^\u4e00-\u9fff·])+")
_SURNAME = f"[{''.join(sorted(COMMON_SURNAMES))}]"
_NAME_ALONE = re.compile(rf"(?!关于){_SURNAME}[\u4e00-\u9fff]{{1,2}}(?<![{_THING_ENDS}])")
_BEFORE_NUMBER = re.compile(
    rf"(?<![\u4e00-\u9fff]){_SURNAME}[\u4e00-\u9fff]{{1,2}}"
    r"(?=[\s_\-]?(?:1[3-9]\d{9}|\d{17}[\dXx])(?!\d))"
)


def _alone(text: str) -> Iterator[Span]:
    """Yield the people whose name stands by itself in the name of a file: 周翠花照片, 2024-周翠花."""
    gaps = [(0, 0), *(gap.span() for gap in _GAP.finditer(text)), (len(text), len(text))]
    for (_, start), (end, _) in pairwise(gaps):
        alone = text[start:end]
        if _NAME_ALONE.fullmatch(alone) and mask_text(alone, kind="other") == MASKS["PERSON"]:
            yield Span(start=start, end=end, label="PERSON")
    for found in _BEFORE_NUMBER.finditer(text):
        yield Span(start=found.start(), end=found.end(), label="PERSON")


def _spans(text: str, kind: str) -> list[Span]:
    """Return the personal data of a name; people in the names of public papers stay."""
    if _PUBLIC_ACT.search(text) or (kind in _OFFICIAL_KINDS and _PUBLIC_PAPER.search(text)):
        return find_personal_data(text, kind="work_report")
    spans = find_personal_data(text, kind="other")
    if len(spans) == 1 and spans[0].end - spans[0].start == len(text) and text[-1] in _THING_ENDS:
        return []  # 安置房, 许可证
    for span in _alone(text):
        if all(span.end <= one.start or span.start >= one.end for one in spans):
            spans.append(span)
    return sorted(spans, key=lambda span: span.start)


def _masked(text: str, kind: str) -> str:
    return mask(text, _spans(text, kind))


class FileNames:
    """Gives every file one shown name; those that would look the same are numbered as they come.

    Folders and members of archives are masked part by part, suffixes stay.
    """

    def __init__(self) -> None:
        self._shown: dict[str, str] = {}
        self._taken: set[str] = set()
        self._titles: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._sheets: dict[str, str] = {"": ""}

    @classmethod
    def of(cls, documents: Iterable[Document], failures: Iterable[Failure]) -> "FileNames":
        """Return the names for what was read and what was not, numbered in the order of the paths."""
        names = cls()
        names._kinds = {document.file: document.kind for document in documents}
        unread = {failure.source for failure in failures if failure.stage == "read"}
        for file in sorted({*names._kinds, *unread}):
            names.shown(file)
        return names

    def shown(self, file: str, kind: str = "other") -> str:
        """Return the shown name of a path; ``kind`` is that of the document, where it is known."""
        if file not in self._shown:
            *outer, name = _PARTS.split(file)
            before = self.shown("".join(outer[:-1])) + outer[-1] if outer else ""
            self._shown[file] = self._free(before, name, self._kinds.get(file, kind))
        return self._shown[file]

    def _free(self, before: str, name: str, kind: str) -> str:
        suffix = found.group() if (found := _SUFFIX.search(name)) else ""
        stem = _masked(name.removesuffix(suffix), kind)
        shown, number = f"{before}{stem}{suffix}", 1
        while shown in self._taken:
            number += 1
            shown = f"{before}{stem}（{number}）{suffix}"
        self._taken.add(shown)
        return shown

    @property
    def change(self) -> bool:
        """Whether some file is shown by another name than its own."""
        return any(file != shown for file, shown in self._shown.items())

    def locator(self, locator: Locator) -> Locator:
        """Return a place with the shown name of its file and of its sheet."""
        if locator.sheet not in self._sheets:
            self._sheets[locator.sheet] = _masked(locator.sheet, "other")
        file, sheet = self.shown(locator.file), self._sheets[locator.sheet]
        same = file == locator.file and sheet == locator.sheet
        return locator if same else replace(locator, file=file, sheet=sheet)

    def document(self, document: Document) -> Document:
        """Return a document with its shown name, and its title masked like it."""
        file = self.shown(document.file, document.kind)
        title = self._titles[document.title] = _masked(document.title, document.kind)
        self._titles[document.file.rpartition("/")[2]] = file.rpartition("/")[2]
        return replace(document, file=file, title=title)

    def failure(self, failure: Failure) -> Failure:
        """Return a failure whose source, a file or a file and a place in it, has the shown name."""
        if failure.stage == "read" or failure.source in self._shown:
            return replace(failure, source=self.shown(failure.source))
        for space in re.finditer(" ", failure.source):
            file, place = failure.source[: space.start()], failure.source[space.start() :]
            if file in self._shown:
                return replace(failure, source=self.shown(file) + _masked(place, "other"))
        return failure

    def opinion(self, opinion: Opinion) -> Opinion:
        """Return an opinion whose places have shown names."""
        changed: Opinion = map_records(opinion, Locator, self.locator)
        return changed

    def report(self, report: Report) -> Report:
        """Return a report that names its files as they are shown."""
        moved: Report = map_records(report, Locator, self.locator)
        return replace(
            moved,
            documents=tuple(self.document(document) for document in report.documents),
            failures=tuple(self.failure(failure) for failure in report.failures),
            earlier=tuple(
                replace(topic, source=self.shown(topic.source)) for topic in moved.earlier
            ),
            candidates=tuple(
                replace(
                    candidate,
                    figures=tuple(
                        replace(figure, table=self._titles.get(figure.table, figure.table))
                        for figure in candidate.figures
                    ),
                )
                for candidate in moved.candidates
            ),
        )
