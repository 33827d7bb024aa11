"""Which opinions belong to which town: by folder, or by a column of the registers."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from renda_nlp.errors import InputError
from renda_nlp.pipeline import Intake, Reading
from renda_nlp.records import VOICE_CHANNELS, Document, Failure, Opinion, SetAside

__all__ = ["FOLDER", "Partition", "partition"]

FOLDER = "folder"
"""``by`` value that divides by folders instead of by a column."""

_TOWN = re.compile(r"(?:[镇乡]|街道)$")
_PLACE_COLUMN = re.compile(r"[镇乡街]|地址|住址|地点|区域|辖区|所属|所在")  # read as addresses
_NUMBERED = re.compile(r"^[\d一二三四五六七八九十]+[、.．_\-\s]*")
_TOWN_IN_PLACE = re.compile(
    r"^\s*(?:[^\s县市区]{1,8}[县市区])?([\u4e00-\u9fff]{1,8}?(?:镇|乡|街道))"
)


@dataclass(slots=True)
class Partition:
    """The material of a county by town.

    Attributes:
        towns: Town to its opinions, with the county's official papers added to each.
        county: Official papers of the county itself.
        unplaced: Opinions of people that no town could be found for; counted, in no report.
        intake: Everything that came in.
        key: Of the author pseudonyms.
    """

    intake: Intake
    key: bytes
    folders: dict[str, str] = field(default_factory=dict)  # folder to town
    towns: dict[str, list[Opinion]] = field(default_factory=dict)
    county: list[Opinion] = field(default_factory=list)
    unplaced: list[Opinion] = field(default_factory=list)

    def reading(self, town: str) -> Reading:
        """Return the material of one town as if it had been read alone."""
        opinions = [*self.towns[town], *self.county]
        files = {opinion.passages[0].locator.file for opinion in opinions}
        intake = Intake(
            [
                doc
                for doc in self.intake.documents
                if doc.file in files or self._owns(town, doc.file)
            ],
            [item for item in self.intake.failures if self._owns(town, item.source)],
            [item for item in self.intake.set_aside if self._owns(town, item.locator.file)],
        )
        intake.figures.rows = [
            row
            for row in self.intake.figures.rows
            if row.file in files or self._owns(town, row.file)
        ]
        intake.figures.n_tables = len(
            {(row.file, row.table) for row in intake.figures.rows if row.kind != "任务"}
        )
        return Reading(opinions, intake, self.key)

    def _owns(self, town: str, file: str) -> bool:
        return self.folders.get(file.split("/")[0]) == town


def partition(reading: Reading, by: str) -> Partition:
    """Divide the opinions of a reading among towns.

    Args:
        reading: The material of the whole county.
        by: ``folder`` for one folder per town, else the name of the column that holds the town.

    Raises:
        InputError: No town was found.
    """
    opinions = list(reading.opinions)
    out = Partition(reading.intake, reading.key)
    if by == FOLDER:
        out.folders = _town_folders(reading.intake)
        if not out.folders:
            raise InputError(
                "没有找到乡镇文件夹：--by folder 要求每个乡镇（街道）的材料各放一个文件夹"
            )
    found: dict[str, list[Opinion]] = defaultdict(list)
    for opinion in opinions:
        town = _town_of(opinion, by, out.folders)
        if town:
            found[town].append(opinion)
        elif opinion.channel in VOICE_CHANNELS:
            out.unplaced.append(opinion)
        else:
            out.county.append(opinion)
    if not found:
        raise InputError(f"没有一行的“{by}”列写着乡镇或街道，请核对 --by 的列名")
    out.towns = {town: found[town] for town in sorted(found)}
    return out


def _town_folders(intake: Intake) -> dict[str, str]:
    """Return the first-level folders that are towns: those named so, else all of them."""
    names: dict[str, None] = {}
    records: list[Document | Failure | SetAside] = [*intake.documents, *intake.failures]
    for item in records:
        file = item.file if isinstance(item, Document) else getattr(item, "source", "")
        if "/" in file:
            names[file.split("/")[0]] = None
    towns = {name: _NUMBERED.sub("", name).strip() for name in names}
    named = {name: town for name, town in towns.items() if _TOWN.search(town)}
    return named or towns


def _town_of(opinion: Opinion, by: str, folders: dict[str, str]) -> str:
    if by == FOLDER:
        return folders.get(opinion.passages[0].locator.file.split("/")[0], "")
    said = dict(opinion.attributes).get(by, "").strip()
    if said:
        return said if _TOWN.search(said) else ""
    found = _TOWN_IN_PLACE.match(opinion.place) if _PLACE_COLUMN.search(by) else None
    return found.group(1) if found else ""
