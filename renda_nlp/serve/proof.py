"""Corrections made on the page: what can be corrected, and the sheet that keeps them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from renda_nlp.corrections import read_corrections
from renda_nlp.records import CORRECTED_FIELDS, MAX_KEYS, Correction, ReplayedCorrection
from renda_nlp.reports.proofing import doubt, record_sheet
from renda_nlp.reports.workbook import Workbook

__all__ = ["PROOF_FILE", "Item", "Proof"]

PROOF_FILE = "校对.xlsx"
_SOURCE = "网页校对"
_WAITING = "待套用"
_PAGE = 30

_OPINION_FIELDS = ("topic", "intent", "place", "regroup", "not_opinion")
_ISSUE_FIELDS = ("title", "merge", "settled")

_Row = dict[str, Any]  # a line of opinions.jsonl, or an object of report.json


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing on the page that can be corrected."""

    name: str  # its id in the form
    text: str
    note: str
    keys: tuple[str, ...]
    old: Mapping[str, str]  # field to what the report says
    new: Mapping[str, str]  # field to what staff wrote before


class Proof:
    """The opinions, issues and choices of a report folder, and the corrections made so far."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stamp = 0
        self._report: _Row = {}
        self._opinions: list[_Row] = []

    def _load(self) -> None:
        """Read the report again when it was written anew."""
        path = self._folder / "report.json"
        stamp = path.stat().st_mtime_ns if path.is_file() else 0
        if stamp == self._stamp:
            return
        self._stamp = stamp
        lines = (self._folder / "opinions.jsonl").read_text("utf-8").splitlines() if stamp else []
        self._report = json.loads(path.read_text("utf-8")) if stamp else {}
        rows = [json.loads(line) for line in lines]
        self._opinions = sorted(rows, key=doubt)

    def corrections(self) -> tuple[Correction, ...]:
        """Return what was corrected so far."""
        path = self._folder / PROOF_FILE
        return read_corrections([path]) if path.is_file() else ()

    def topics(self) -> list[str]:
        """Return the names of the topics."""
        self._load()
        return [topic["name"] for topic in self._report.get("topics", ())]

    def issues(self) -> dict[str, str]:
        """Return the issues by id."""
        self._load()
        return {issue["issue_id"]: issue["title"] for issue in self._report.get("issues", ())}

    def items(self, kind: str, words: str, page: int) -> tuple[list[Item], int]:
        """Return one page of what can be corrected, and the number of all that fit.

        Args:
            kind: opinions, issues or choices.
            words: Only what holds all of these.
            page: From 1.
        """
        self._load()
        make = {"opinions": self._all_opinions, "issues": self._all_issues}.get(kind, self._all_choices)  # fmt: skip
        found = make(words.split())
        start = (max(page, 1) - 1) * _PAGE
        return found[start : start + _PAGE], len(found)

    def _written(self) -> dict[tuple[str, tuple[str, ...], str], str]:
        return {item.subject: item.new for item in self.corrections()}

    def _all_opinions(self, words: Sequence[str]) -> list[Item]:
        written = self._written()
        return [
            Item(
                name=row["key"],
                text=row["text"],
                note=f"{row['channel']}　{row['date']}　{row['file']} {row['locator']}",
                keys=(row["key"],),
                old={
                    "topic": row["topic_name"],
                    "intent": row["intent"],
                    "place": row["place"],
                    "regroup": row["issue_id"],
                    "not_opinion": "",
                },
                new={f: written.get((f, (row["key"],), ""), "") for f in _OPINION_FIELDS},
            )
            for row in self._opinions
            if all(word in row["text"] for word in words)
        ]

    def _keys_of(self, issue: _Row) -> tuple[str, ...]:
        keys = {row["id"]: row["key"] for row in self._opinions}
        return tuple(keys[name] for name in issue["members"][:MAX_KEYS] if name in keys)

    def _all_issues(self, words: Sequence[str]) -> list[Item]:
        written = self._written()
        out = []
        for issue in self._report.get("issues", ()):
            if not all(word in issue["title"] for word in words):
                continue
            keys = self._keys_of(issue)
            out.append(
                Item(
                    name=issue["issue_id"],
                    text=issue["title"],
                    note="".join(sentence["text"] for sentence in issue["summary"]),
                    keys=keys,
                    old={"title": issue["title"], "merge": "", "settled": ""},
                    new={f: written.get((f, keys, ""), "") for f in _ISSUE_FIELDS},
                )
            )
        return out

    def _all_choices(self, words: Sequence[str]) -> list[Item]:
        written = self._written()
        return [
            Item(
                name=item["title"],
                text=item["title"],
                note=item["reason"],
                keys=(),
                old={"choice": "建议选题" if item["chosen"] else "未选"},
                new={"choice": written.get(("choice", (), item["title"]), "")},
            )
            for item in self._report.get("candidates", ())
            if all(word in item["title"] for word in words)
        ]

    def save(self, item: Item, entries: Mapping[str, str]) -> int:
        """Keep what staff wrote about one item; an emptied field takes the correction back."""
        targets = {issue["issue_id"]: issue for issue in self._report.get("issues", ())}
        kept = {one.subject: one for one in self.corrections()}
        n = 0
        for field in item.old:
            new = entries.get(field, "").strip()
            subject = (field, item.keys, "" if item.keys else item.text)
            if new == item.new.get(field, ""):
                continue
            n += 1
            kept.pop(subject, None)
            if new:
                moved = field in ("merge", "regroup") and new in targets
                kept[subject] = Correction(
                    field=field,
                    keys=item.keys,
                    label=item.text,
                    old=item.old[field],
                    new=new,
                    target_keys=self._keys_of(targets[new]) if moved else (),
                    source=f"{_SOURCE}（{CORRECTED_FIELDS[field]}）",
                )
        if n:
            self._write(list(kept.values()))
        return n

    def _write(self, corrections: Sequence[Correction]) -> None:
        draft = self._folder / f".{PROOF_FILE}.part"
        book = Workbook(draft)
        book.add(
            record_sheet(ReplayedCorrection(correction=c, outcome=_WAITING) for c in corrections)
        )
        book.close()
        draft.replace(self._folder / PROOF_FILE)
