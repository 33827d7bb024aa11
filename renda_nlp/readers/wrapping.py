"""Plain text whose lines a program broke at a fixed width: the lines joined to paragraphs again."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

__all__ = ["join_wrapped"]

SAMPLE_LINES = 400
MIN_WIDTH, MAX_WIDTH = 40, 110  # columns; a Chinese character takes two
SLACK = 3  # a line may end so much before the width
MIN_FULL_LINES = 3
MIN_FULL_SHARE = 0.3
MIN_RUNNING_SHARE = 0.6  # of the full lines that end within a sentence
FIRST_WIDE = 0x2E80
BEGINS = re.compile(
    r"[ \u3000]{2,}|\t|\s*(?:[-*•·>]|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,3}[.、．)])"
)
ENDS = re.compile(r"[。！？!?；;：:…”」』）)]\s*$")
NumberedLine = tuple[int, str]


def join_wrapped(lines: Iterable[NumberedLine]) -> Iterator[NumberedLine]:
    """Yield (number of the first line, paragraph); lines as they are where no width is fixed.

    Args:
        lines: (number, text) in order; a number comes again where a line is cut into pieces.
    """
    lines = iter(lines)
    sample = list(islice(lines, SAMPLE_LINES))
    width = _fixed_width([text for _, text in sample])
    everything = chain(sample, lines)
    return everything if width is None else _joined(everything, width)


def _fixed_width(texts: Sequence[str]) -> int | None:
    """Return the width at which the lines are broken, or None."""
    filled = [text.rstrip() for text in texts if text.strip()]
    widths = [_width(text) for text in filled]
    width = max(widths, default=0)
    if not MIN_WIDTH <= width <= MAX_WIDTH:
        return None
    full = [text for text, own in zip(filled, widths, strict=True) if own >= width - SLACK]
    running = sum(not ENDS.search(text) for text in full)
    enough = len(full) >= max(MIN_FULL_LINES, MIN_FULL_SHARE * len(filled))
    return width if enough and running >= MIN_RUNNING_SHARE * len(full) else None


def _joined(lines: Iterable[NumberedLine], width: int) -> Iterator[NumberedLine]:
    first, text, is_open = 0, "", False
    for number, line in lines:
        goes_on = is_open and line.strip() and not BEGINS.match(line)
        if text and not goes_on:
            yield first, text
            text = ""
        if text:
            words = text[-1:].isascii() and line[:1].isascii()
            text += (" " if words else "") + line.strip()
        else:
            first, text = number, line.rstrip()
        is_open = bool(line.strip()) and _width(line.rstrip()) >= width - SLACK
    if text:
        yield first, text


def _width(text: str) -> int:
    return sum(2 if ord(char) >= FIRST_WIDE else 1 for char in text)
