"""Cut paragraphs into sentences and messages into the matters they list."""

import re
from itertools import pairwise

from renda_nlp.config import SplitConfig
from renda_nlp.splitting.drafts import Piece

__all__ = ["split_matters", "split_sentences"]

SENTENCE_END = re.compile(r"[。！？!?][”’」』）)]*")
CLAUSE_END = re.compile(r"[；;]")
COMMA = re.compile(r"[，,、]")
POINTS = tuple(
    re.compile(
        rf"(?:(?<=[\s。；;：:，,])|^)([一二三四五六七八九十]{{1,2}}){sign}(?=[^一二三四五六七八九十])"
    )
    for sign in "是要"
)
MAX_LEAD_IN = 80  # 我们也看到存在的困难和问题：
MIN_POINT_CHARACTERS = 8
ITEM_STYLES = tuple(  # with the signs of which the second item has one
    (re.compile(pattern), seconds)
    for pattern, seconds in (
        (r"(?:(?<=[\s。；;：:，,！？!?])|^)([一二三四五六七八九十]{1,3})、", "二"),
        (r"(?:(?<=[\s。；;：:，,！？!?])|^)[（(]([一二三四五六七八九十]{1,3}|\d{1,2})[)）]", "二2"),
        (r"(?:(?<=[\s。；;：:，,！？!?])|^)(\d{1,2})(?:[、．]|[.](?!\d)|[)）])", "2"),
        (r"([①②③④⑤⑥⑦⑧⑨⑩])", "②"),
        (r"(?:(?<=[\s。；;：:，,！？!?])|^)第([一二三四五六七八九十]{1,2})[，,、：:]", "二"),
        (
            r"(?:(?<=[\s。；;：:，,！？!?])|^)([一二三四五六七八九十]{1,2})(?:是|要)(?=[^一二三四五六七八九十])",
            "二",
        ),
    )
)
ITEM_MARK = re.compile(
    r"^\s*[（(]?(?:第?[一二三四五六七八九十]{1,3}|\d{1,2}|[①-⑩])[)）、．.，,：:是要]*\s*"
)
LEANING = re.compile(
    r"(?:该|此|这|那|其|他|她|它|而|但|并|且|又|还|再|然|因|由于|所以|因此|上述|以上|答复|根据|依据|按照|按|事后|后来|现在|当时|之后|"
    r"同时|另外|既然|如果|如|若|我(?!们?[村组区镇社]))"
)
MAX_ITEM_CHARACTERS = 180
CHINESE = {sign: number for number, sign in enumerate("一二三四五六七八九", 1)}


def split_sentences(piece: Piece, config: SplitConfig) -> list[Piece]:
    """Return the sentences of a piece; short ones join their neighbour, long ones are cut.

    The points of a sentence (一是……；二是……) stand for themselves, without the words that announce
    them; so do the clauses between semicolons, each of which is a matter of its own.
    """
    text = piece.text
    ends = [found.end() for found in SENTENCE_END.finditer(text)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    bounds: list[tuple[int, int]] = []
    start = 0
    for end in ends:
        if not text[start:end].strip():
            continue
        if bounds and _is_short(text, *bounds[-1], config):
            start = bounds.pop()[0]
        bounds.append((start, end))
        start = end
    if len(bounds) > 1 and _is_short(text, *bounds[-1], config):
        last = bounds.pop()
        bounds[-1] = (bounds[-1][0], last[1])
    points = [point for bound in bounds for point in _points(text, *bound)]
    pieces = [part for bound in points for part in _cut_long(text, *bound, config)]
    return [piece.part(*bound) for bound in pieces]


def _points(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the points of a sentence: as counted, else between its semicolons."""
    for style in POINTS:
        marks = [start + mark.start() for mark in _counted(style, text[start:end])]
        if len(marks) > 1:
            lead = text[start : marks[0]].strip()
            announces = len(lead) <= MAX_LEAD_IN and lead.endswith(("：", ":"))
            return _spans([marks[0] if announces or not lead else start, *marks[1:], end])
    return _spans([start, *(found.end() for found in CLAUSE_END.finditer(text, start, end)), end])


def _spans(bounds: list[int]) -> list[tuple[int, int]]:
    """Return the stretches between bounds; one too short for a matter joins the one before."""
    spans: list[tuple[int, int]] = []
    for start, end in pairwise(bounds):
        if spans and end - start < MIN_POINT_CHARACTERS:
            spans[-1] = (spans[-1][0], end)
        elif end > start:
            spans.append((start, end))
    return spans


def _is_short(text: str, start: int, end: int, config: SplitConfig) -> bool:
    return len(text[start:end].strip()) < config.min_sentence_characters


def _cut_long(text: str, start: int, end: int, config: SplitConfig) -> list[tuple[int, int]]:
    """Cut a stretch at semicolons, then at commas, until each part is short enough."""
    parts = []
    limit = config.max_sentence_characters
    while end - start > limit:
        stop = start + limit
        cut = _last_end(CLAUSE_END, text, start, stop) or _last_end(COMMA, text, start, stop)
        if cut - start < config.min_sentence_characters:
            break
        parts.append((start, cut))
        start = cut
    return [*parts, (start, end)]


def _last_end(pattern: re.Pattern[str], text: str, start: int, stop: int) -> int:
    ends = [found.end() for found in pattern.finditer(text, start, stop)]
    return ends[-1] if ends else 0


def split_matters(piece: Piece, config: SplitConfig) -> list[Piece]:
    """Return the numbered matters of a message; an empty list when in doubt.

    There must be two items or more, counted up from one, each long enough to be a matter and
    short enough to be no argument, none leaning on the one before, and together most of the
    message.
    """
    text = piece.text
    for style, seconds in ITEM_STYLES:
        if not any(sign in text for sign in seconds):
            continue
        marks = _counted(style, text)
        if len(marks) < 2:  # noqa: PLR2004 one item is no list
            continue
        starts = [mark.start() for mark in marks]
        parts = [
            piece.part(start, end)
            for start, end in zip(starts, [*starts[1:], len(text)], strict=True)
        ]
        share = (len(text) - starts[0]) / max(1, len(text))
        if share >= config.min_item_share and all(_stands_alone(part, config) for part in parts):
            return parts
    return []


def _stands_alone(item: Piece, config: SplitConfig) -> bool:
    """Whether an item is a matter of its own: neither a fragment nor a step of an argument."""
    words = ITEM_MARK.sub("", item.text)
    long_enough = len(words) >= config.min_item_characters
    return long_enough and len(words) <= MAX_ITEM_CHARACTERS and not LEANING.match(words)


def _counted(style: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Return the marks that count 1, 2, 3 ...; others are part of the text."""
    marks: list[re.Match[str]] = []
    for found in style.finditer(text):
        if _value(found[1]) == len(marks) + 1:
            marks.append(found)
    return marks


def _value(sign: str) -> int:
    if sign.isascii():
        return int(sign)
    if sign in "①②③④⑤⑥⑦⑧⑨⑩":
        return "①②③④⑤⑥⑦⑧⑨⑩".index(sign) + 1
    tens, ten, ones = sign.rpartition("十")
    value = CHINESE.get(ones, 0)
    return value + (10 * CHINESE.get(tens, 1) if ten else 0)
