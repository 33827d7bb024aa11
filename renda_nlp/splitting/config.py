"""Settings of the splitting stage."""

from dataclasses import dataclass

__all__ = ["SplitConfig"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitConfig:
    """How long a unit may be and which columns registers may have; lengths in characters."""

    min_sentence_characters: int = 15
    max_sentence_characters: int = 200
    min_item_characters: int = 12  # of each item of a message that lists several matters
    min_item_share: float = 0.7  # of the message that its items make up
    header_synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()  # (field, more column names)
