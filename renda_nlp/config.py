"""Settings: one frozen dataclass per stage, read from renda.toml; an unknown key is an error."""

import json
import tomllib
from dataclasses import asdict, dataclass, field, fields, is_dataclass, replace
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any

from renda_nlp.errors import ConfigError
from renda_nlp.tomllines import describe_syntax_error, line_of

__all__ = [
    "ALLOWED",
    "AUTO",
    "LEVELS",
    "ClassifyConfig",
    "Config",
    "FollowConfig",
    "HeatWeights",
    "HistoryConfig",
    "HotspotConfig",
    "OfficeConfig",
    "PlanConfig",
    "ReadConfig",
    "ReportConfig",
    "RunConfig",
    "SegmentConfig",
    "SelectConfig",
    "SelectWeights",
    "SplitConfig",
    "config_hash",
    "find_config",
    "load_config",
    "may_be_negative",
]

AUTO = "auto"
"""Setting ``level`` that leaves the level to the material."""

LEVELS: dict[str, str] = {"township": "乡镇", "subdistrict": "街道", "county": "县"}
"""Setting ``level``, id to Chinese name."""

ALLOWED: dict[str, tuple[str, ...]] = {"office.level": (AUTO, *LEVELS)}
"""Settings with a closed list of values, by full name."""

_DAYS = ("report.period_from", "report.period_to")
_TYPE_NAMES = {str: "文字（加引号）", bool: "true 或 false", int: "整数", float: "数", tuple: "方括号里的列表"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeConfig:
    """Who writes the report."""

    name: str = ""  # 如 云溪镇人大；空则由材料推断
    level: str = AUTO


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadConfig:
    """Which files are read and how they are understood."""

    kind_overrides: tuple[tuple[str, str], ...] = ()  # (glob, kind)
    max_file_bytes: int = 2_000_000_000
    max_archive_bytes: int = 1_000_000_000
    max_archive_depth: int = 3
    max_archive_members: int = 20_000
    ocr: bool = True  # recognise pictures of pages where the extra is installed
    ocr_folder: str = ""  # keeps recognised pages; renda report keeps them in its own folder
    isolated: bool = True  # read in a process of its own, so that no file can take the run down
    max_memory_bytes: int = 4_000_000_000  # of that process; not enforced on Windows and macOS
    max_silent_seconds: int = 180  # without a further paragraph or row
    max_file_seconds: int = 3600
    header_synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()  # (field, names)


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitConfig:
    """How documents are cut into opinions."""

    min_sentence_characters: int = 15
    max_sentence_characters: int = 200
    min_item_characters: int = 12  # of each item of a message that lists several matters
    min_item_share: float = 0.7  # of the message that its items make up
    header_synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()  # (field, more column names)


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentConfig:
    """The word segmenter."""

    engine: str = "rjieba"
    dictionaries: tuple[str, ...] = ()  # the office's own word lists


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassifyConfig:
    """The topic model."""

    model: str = ""  # a model folder; empty = the shipped one
    engine: str = ""  # linear, transformer or a plug-in; empty = what the folder holds
    taxonomy: str = ""  # a file of own topics with cue terms, in the place of a model


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatWeights:
    """Weights of the heat index; only their proportions matter."""

    people: float = 40.0
    places: float = 8.0
    channels: float = 8.0
    recency: float = 10.0
    growth: float = 8.0
    endorsements: float = 8.0
    heads: float = 6.0
    persistence: float = 6.0
    severity: float = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class HotspotConfig:
    """Clustering and heat."""

    min_size: int = 2
    min_link: float = 30.0  # strength of evidence from which two opinions are one matter
    max_block: int = 300_000  # opinions that are compared in one go; more are compared in blocks
    duplicate_similarity: float = 0.8  # share of common 5-grams from which two texts are copies
    half_life_days: float = 120.0
    encoder: str = ""  # folder of a sentence-embedding model; empty = the shipped word space
    n_quotes: int = 3
    weights: HeatWeights = field(default_factory=HeatWeights)


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryConfig:
    """Matching of issues with those of an earlier report, and the staff's corrections."""

    min_similarity: float = 0.55
    same: tuple[tuple[str, str], ...] = ()  # (earlier issue id, an opinion id of the issue)
    apart: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectWeights:
    """Weights of the selection criteria; only their proportions matter."""

    heat: float = 24.0
    difficulty: float = 16.0
    party: float = 16.0
    congress: float = 8.0
    deputies: float = 10.0
    persistence: float = 6.0
    severity: float = 8.0
    power: float = 6.0
    feasibility: float = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectConfig:
    """Choice of supervision topics."""

    plan_year: int = 0  # the year that topics are proposed for; 0 = by the date of the report
    max_topics: int = 8
    min_people: int = 3  # fewer voices are thin evidence
    min_people_alone: int = 10  # voices without which a matter in no official paper is too small
    min_score: float = 40.0  # below it, as one circle alone gives, the evidence is thin
    max_per_topic: int = 2  # one more where the list is not full
    max_per_place: int = 3  # topics whose evidence comes from one place
    weights: SelectWeights = field(default_factory=SelectWeights)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanConfig:
    """Yearly norms of the office; the defaults are the practice of one county."""

    inspections: int = 4  # 视察检查
    appraisals: int = 2  # 站所评议
    meetings_per_quarter: int = 1  # 主席团会议
    congress_days: int = 2  # 人代会会期
    congresses: int = 2  # 人代会次数


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowConfig:
    """Clocks of what is handed over, where the papers set none."""

    deliberation_days: int = 60  # 审议意见研究处理情况报告的期限，按本地规定


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportConfig:
    """Which days the report speaks of."""

    period_from: str = ""  # 2025-01-01; empty = twelve months up to the latest date
    period_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunConfig:
    """Where the per-opinion work runs."""

    jobs: int = 0  # 0 = all cores
    batch_size: int = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything that changes a result."""

    office: OfficeConfig = field(default_factory=OfficeConfig)
    read: ReadConfig = field(default_factory=ReadConfig)
    split: SplitConfig = field(default_factory=SplitConfig)
    segment: SegmentConfig = field(default_factory=SegmentConfig)
    classify: ClassifyConfig = field(default_factory=ClassifyConfig)
    hotspots: HotspotConfig = field(default_factory=HotspotConfig)
    history: HistoryConfig = field(default_factory=HistoryConfig)
    select: SelectConfig = field(default_factory=SelectConfig)
    plan: PlanConfig = field(default_factory=PlanConfig)
    follow: FollowConfig = field(default_factory=FollowConfig)
    report: ReportConfig = field(default_factory=ReportConfig)
    run: RunConfig = field(default_factory=RunConfig)


def _as_tuples(value: object) -> object:
    """Turn TOML lists and tables into the tuples that frozen settings hold."""
    if isinstance(value, list):
        return tuple(_as_tuples(item) for item in value)
    if isinstance(value, dict):
        return tuple((key, _as_tuples(item)) for key, item in value.items())
    return value


def may_be_negative(path: str) -> bool:
    """Return whether a number may lie below zero; ``path`` is its full name."""
    return path == "hotspots.min_link"


class _Filler:
    """Puts the values of a settings file into the settings; a wrong one is named with its line."""

    def __init__(self, text: str) -> None:
        self._text = text

    def _wrong(self, path: str, problem: str) -> ConfigError:
        line = line_of(self._text, path)
        return ConfigError(f"renda.toml：{f'第{line}行 ' if line else ''}{path} {problem}")

    def fill(self, base: Any, values: dict[str, object], where: str = "") -> Any:
        """Return ``base`` with the values of its section."""
        known = {item.name: getattr(base, item.name) for item in fields(base)}
        changes: dict[str, object] = {}
        for key, value in values.items():
            path = f"{where}{key}"
            if key not in known:
                raise self._wrong(path, f"不是可用的设置；可用：{'、'.join(sorted(known))}")
            if not is_dataclass(known[key]):
                changes[key] = self._value(path, value, known[key])
            elif isinstance(value, dict):
                changes[key] = self.fill(known[key], value, f"{path}.")
            else:
                raise self._wrong(path, f"应为一节 [{path}]，现为 {value!r}")
        return replace(base, **changes)

    def _value(self, path: str, value: object, current: object) -> object:
        made = _as_tuples(value)
        if isinstance(current, float) and isinstance(made, int) and not isinstance(made, bool):
            made = float(made)
        if type(made) is not type(current):
            raise self._wrong(path, f"应为 {_TYPE_NAMES[type(current)]}，现为 {value!r}")
        number = isinstance(made, int | float) and not isinstance(made, bool)
        if number and made < 0 and not may_be_negative(path):  # type: ignore[operator]
            raise self._wrong(path, f"不应小于 0，现为 {made}")
        if path in ALLOWED and made not in ALLOWED[path]:
            raise self._wrong(path, f"应为 {'、'.join(ALLOWED[path])} 之一，现为 {made!r}")
        if path == "hotspots.half_life_days" and not made:
            raise self._wrong(path, f"应大于 0，现为 {made}")
        if path in _DAYS and made:
            try:
                date.fromisoformat(str(made))
            except ValueError as error:
                raise self._wrong(path, f"应为 2025-01-31 这样的日期，现为 {made!r}") from error
        return made


def load_config(path: Path | None) -> Config:
    """Read ``renda.toml``; None gives the defaults.

    Raises:
        ConfigError: The file is missing, no TOML, or holds an unknown key or a wrong value.
    """
    if path is None:
        return Config()
    try:
        text = path.read_text("utf-8-sig")
        values = tomllib.loads(text)
    except OSError as error:
        raise ConfigError(f"{path}：配置文件不存在或无法读取") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}：不是 UTF-8 文本，请用记事本另存为 UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            f"{path}：不是正确的 TOML 文件，{describe_syntax_error(error)}"
        ) from error
    config: Config = _Filler(text).fill(Config(), values)
    return config


def find_config(folder: Path, given: Path | None) -> Path | None:
    """Return the settings file of a run: the given one, else ``renda.toml`` in the folder."""
    if given is not None:
        return given
    inside = folder / "renda.toml"
    return inside if inside.is_file() else None


def config_hash(config: Config) -> str:
    """Return 16 hex digits that change with any setting that can change a result."""
    values = asdict(config)
    values.pop("run")
    values["read"].pop("ocr_folder")
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return blake2b(text.encode(), digest_size=8).hexdigest()
