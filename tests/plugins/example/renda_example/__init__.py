"""One backend of each family that renda_nlp takes from other packages."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from renda_nlp.errors import ReadError
from renda_nlp.records import Block, Locator, Report, Token
from renda_nlp.table import OpinionTable


class VoiceReader:
    """Reads transcripts ``.voice``: a line is ``seconds|words``."""

    def read(self, path: Path, file: str) -> Iterator[Block]:
        """Yield a block per line; one without time makes the file unreadable."""
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            seconds, bar, words = line.partition("|")
            if not bar or not seconds.isdigit():
                raise ReadError(f"第{number}行没有时间，请用“秒数|文字”的格式")
            yield Block(text=words, locator=Locator(file=file, line=number))


class CharacterSegmenter:
    """Takes every character for a word, and the given words whole."""

    def __init__(self, words: Iterable[tuple[str, str]] = ()) -> None:
        self._words = sorted((word for word, _ in words), key=len, reverse=True)

    def segment(self, text: str) -> list[Token]:
        """Return the words of ``text``."""
        tokens, at = [], 0
        while at < len(text):
            word = next((w for w in self._words if text.startswith(w, at)), text[at])
            tokens.append(Token(start=at, end=at + len(word), tag="x"))
            at += len(word)
        return tokens


class WaterClassifier:
    """Knows one topic and the rest; the model folder names the word that tells them apart."""

    topics = ("drinking_water", "other")
    intents = ("other",)
    min_confidence = 0.6
    min_secondary = 0.3

    def __init__(self, folder: Path) -> None:
        self._word = (folder / "word.txt").read_text("utf-8").strip()

    def probabilities(
        self, texts: Sequence[str], title_ends: Sequence[int]
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return 0.9 for water where the word occurs."""
        water = np.array([0.9 if self._word in text else 0.2 for text in texts], np.float32)
        return np.stack([water, 1 - water], axis=1), np.ones((len(texts), 1), np.float32)


class MarkdownWriter:
    """Writes report.md: the hotspot issues as a list."""

    def write(self, report: Report, table: OpinionTable, path: Path) -> None:
        """Write the titles and the number of opinions."""
        lines = [f"- {issue.title}（{issue.n_opinions}件）" for issue in report.issues]
        path.write_text("\n".join([f"# {report.title}", "", *lines, ""]), "utf-8")
