"""What frames a report: the key of its pseudonyms, its period, its area."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from renda_nlp.config import AUTO, Config, OfficeConfig, ReportConfig
from renda_nlp.records import UNDATED, Document
from renda_nlp.table import NO_DATE, OpinionTable

if TYPE_CHECKING:
    from renda_nlp.readers import FileEntry

__all__ = [
    "KEY_FILE",
    "Frame",
    "Period",
    "author_key",
    "find_area",
    "find_period",
    "latest_day",
    "level_of_organs",
    "settle_office",
]

KEY_FILE = ".renda-key"
_SLIP_DAYS, _SLIPS, _FEW_DATES = 731, 0.01, 2  # years behind all others, share of them, base
_AREA_SUFFIXES = {"township": ("镇", "乡"), "subdistrict": ("街道",), "county": ("县", "区", "市")}
_CONGRESS = re.compile(r"(?:人民代表大会|人大)(?:常务委员会|常委会|主席团|工委|办公室|办)*$")
_AREA_SHARE, _AREA_VOTES = 0.2, 3
_ORGAN = re.compile(
    r"(?:^|[\s/（(])(?:中共|关于)?(?P<name>[\u4e00-\u9fff]{1,8}?(?:镇|乡|街道|[县区市旗]))(?=$|人民政府|人民代表大会|人大|委员会|党工?委|办事处|政府工作报告|第)"
)
_BEARER = re.compile(
    r"^(?:中共|关于)?(?P<name>[\u4e00-\u9fff]{1,12}?(?:镇|乡|街道|[县区市旗]))"
    r"(?=人民|人大|委员会|工作?委|党工?委|办事处|政府|选民|群众|代表|居民|业主|社情|意见|建议|接待|信访|来信|来访|12345|热线|20\d\d年)"
)  # 大梁镇选民意见登记表
_UPPER = re.compile(r"^.{1,6}?[市县区旗州](?=.{2})")
_OWN_PAPERS = ("work_report", "deliberation")  # of the office itself; plans come from above too
_MANY_PLACES = 3
_LOW, _HIGH = ("镇", "乡", "街道"), ("县", "区", "市", "旗", "州")
_MAIN_SHARE = 0.6  # of the mentions of towns: the office's own town has more


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a report speaks of, both ends included."""

    first: date
    last: date
    as_of: date


@dataclass(frozen=True, slots=True)
class Frame:
    """What a report speaks of: settings, days and place."""

    config: Config
    period: Period
    area: str


def author_key(files: Iterable[FileEntry], output: Path | None) -> bytes:
    """Return the key of the author pseudonyms.

    The key kept in the run folder wins. A first run takes it from the material itself: the same
    folder gives the same ids, and nobody without the material can compute it.
    """
    if output is not None and (output / KEY_FILE).is_file():
        return bytes.fromhex((output / KEY_FILE).read_text("ascii").strip())
    digest = blake2b(digest_size=32)
    for entry in files:
        if not entry.ignored:
            digest.update(f"{entry.file}\x1f{entry.fingerprint}\x1e".encode("utf-8", "replace"))
    return digest.digest()


def find_period(table: OpinionTable, config: ReportConfig, as_of: date | None) -> Period:
    """Return the twelve months up to the latest date, or what the settings say.

    A few dates years behind all others (2052 typed for 2025) are slips and move no period.
    Without a dated opinion the dates of other papers count; without any the day is ``UNDATED``.
    """
    days, voices = table.column("days"), table.column("is_voice") == 1
    day = as_of or latest_day(days[voices]) or latest_day(days) or UNDATED
    last = date.fromisoformat(config.period_to) if config.period_to else day
    first = date.fromisoformat(config.period_from) if config.period_from else _year_up_to(last)
    return Period(first, last, day)


def latest_day(days: np.ndarray) -> date | None:
    """Return the latest of days as ordinals, but for slips; None when nothing is dated."""
    known = np.sort(days[days != NO_DATE])
    if not len(known):
        return None
    n_slips = max(1, int(len(known) * _SLIPS))
    gaps = np.flatnonzero(np.diff(known) > _SLIP_DAYS)
    if len(gaps) and len(known) > _FEW_DATES and len(known) - 1 - gaps[-1] <= n_slips:
        known = known[: gaps[-1] + 1]
    return date.fromordinal(int(known[-1]))


def _year_up_to(last: date) -> date:
    """Return the first of the twelve months that end with a day: 1 January for 31 December."""
    following = last + timedelta(days=1)
    if (following.month, following.day) == (2, 29):
        following += timedelta(days=1)
    return following.replace(year=following.year - 1)


def settle_office(
    office: OfficeConfig, table: OpinionTable, documents: Sequence[Document] = ()
) -> OfficeConfig:
    """Return the office with its level: as set, else from its name, its papers, places named."""
    if office.level != AUTO:
        return office
    papers = [paper.title for paper in documents if paper.kind in _OWN_PAPERS]
    level = level_of_organs([office.name]) or level_of_organs(papers) or _level_of_places(table)
    return replace(office, level=level)


def level_of_organs(titles: Iterable[str]) -> str:
    """Return the level of the organs that titles of papers name, "" when they name none."""
    units = {found["name"] for title in titles if (found := _ORGAN.search(title))}
    low = {unit for unit in units if unit.endswith(_LOW)}
    if len(low) >= _MANY_PLACES or (units and not low):
        return "county"
    if not low:
        return ""
    return "subdistrict" if all(unit.endswith("街道") for unit in low) else "township"


def _level_of_places(table: OpinionTable) -> str:
    """Return the level that suits the regions named: many towns or counties are a county's."""
    tally: Counter[str] = Counter()
    for regions in table.regions:
        tally.update(table.label(code) for code in set(regions))
    least = max(_MANY_PLACES, len(table) // 200)
    low = {name: n for name, n in tally.items() if name.endswith(_LOW) and n >= least}
    high = [name for name, n in tally.items() if name.endswith(_HIGH) and n >= least]
    spread = len(low) >= _MANY_PLACES and max(low.values()) < _MAIN_SHARE * sum(low.values())
    if spread or len(high) >= _MANY_PLACES:
        return "county"
    main = max(low, key=lambda name: (low[name], name), default="")
    return "subdistrict" if main.endswith("街道") else "township"


def find_area(table: OpinionTable, office: OfficeConfig, documents: Sequence[Document] = ()) -> str:
    """Return the place that the office works for: from its name, else the commonest of its level.

    A guess needs a third of all mentions of that level, in two files or in a fifth of the opinions;
    material from many places names none, unless the titles of its papers bear a single one.
    """
    if office.name:
        return _CONGRESS.sub("", office.name)
    suffixes = _AREA_SUFFIXES[office.level]
    files: dict[int, Counter[int]] = {}
    for regions, file in zip(table.regions, table.column("files").tolist(), strict=True):
        for code in regions:
            if table.label(code).endswith(suffixes):
                files.setdefault(code, Counter())[file] += 1
    total = sum(found.total() for found in files.values())
    ranked = sorted(files, key=lambda code: (-files[code].total(), table.label(code)))
    for code in ranked[:1]:
        found = files[code]
        spread = len(found) > 1 or found.total() >= _AREA_SHARE * len(table)
        if spread and found.total() * _AREA_VOTES >= total:
            return table.label(code).upper()
    borne = _borne([document.title for document in documents], suffixes)
    if len(borne) == 1:
        return borne.pop()
    return {"township": "本镇", "subdistrict": "本街道", "county": "本地区"}[office.level]


def _borne(titles: Iterable[str], suffixes: tuple[str, ...]) -> set[str]:
    """Return the places of one level whose papers, registers or organs titles name."""
    names = set()
    for title in titles:
        if (found := _BEARER.search(title)) and found["name"].endswith(suffixes):
            name = found["name"]
            while (upper := _UPPER.search(name)) and not name.endswith(upper.group()):
                name = name[upper.end() :]
            names.add(name)
    return names
