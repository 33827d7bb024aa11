"""What has been written and planted: the facts behind the answer key."""

from dataclasses import dataclass, field

SEVERE_TAG = "!"
HOTSPOT_PREFIX = "S"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedOpinion:
    """An opinion that the answer key names: the file it stands in, and its text."""

    file: str
    text: str


@dataclass(slots=True, kw_only=True)
class Ledger:
    """Running account of one build; files are named relative to the sample folder.

    Attributes:
        kinds: Kind of document per readable file.
        texts: Source text per readable file, to check that planted pieces occur once.
        n_rows: Rows per register.
        n_opinions: Opinions per file.
        members: Planted opinions per hotspot id.
        severe: Single opinions that must be pointed out.
        unreadable: Damaged files.
    """

    kinds: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    n_rows: dict[str, int] = field(default_factory=dict)
    n_opinions: dict[str, int] = field(default_factory=dict)
    members: dict[str, list[PlantedOpinion]] = field(default_factory=dict)
    severe: list[PlantedOpinion] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)

    def note_file(self, file: str, kind: str, text: str) -> None:
        """Enter a readable file with its kind and source text."""
        self.kinds[file] = kind
        self.texts[file] = text

    def note_opinion(self, file: str, tags: str, text: str) -> None:
        """Count one opinion and remember it if it is planted.

        Args:
            file: File the opinion stands in.
            tags: Comma-separated: ``S01`` member of that hotspot, ``!`` severe, ``.`` plain;
                empty means plain.
            text: The opinion as written in the content folder.
        """
        self.n_opinions[file] = self.n_opinions.get(file, 0) + 1
        opinion = PlantedOpinion(file=file, text=text)
        for tag in tags.split(","):
            if tag == SEVERE_TAG:
                self.severe.append(opinion)
            elif tag.startswith(HOTSPOT_PREFIX):
                self.members.setdefault(tag, []).append(opinion)

    def count_occurrences(self, piece: str) -> int:
        """Return how often a piece of text stands in the whole folder."""
        return sum(text.count(piece) for text in self.texts.values())
