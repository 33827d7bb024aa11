"""Settings of the reading stage."""

from dataclasses import dataclass

__all__ = ["ReadConfig"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadConfig:
    """What to read and how much of it; sizes in bytes."""

    kind_overrides: tuple[tuple[str, str], ...] = ()  # (glob of the file name, key of KINDS)
    max_file_bytes: int = 2_000_000_000
    max_archive_bytes: int = 1_000_000_000  # all members together, unpacked
    max_archive_depth: int = 3
    max_archive_members: int = 20_000
    header_synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()  # (field, more column names)
