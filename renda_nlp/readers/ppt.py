"""Presentations of PowerPoint 97-2003 (ppt): text of slides and notes, by [MS-PPT]."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import olefile

from renda_nlp.errors import ReadError
from renda_nlp.records import Block, Locator

__all__ = ["PptReader"]

DOCUMENT, SLIDE, NOTES = 0x03E8, 0x03EE, 0x03F0
SLIDE_LIST, SLIDE_PERSIST, NOTES_ATOM = 0x0FF0, 0x03F3, 0x03F1
TEXT_UNICODE, TEXT_LATIN, TEXT_REFERENCE = 0x0FA0, 0x0FA8, 0x0F9E
TEXT_HEADER = 0x0F9F
USER_EDIT, PERSIST_DIRECTORY = 0x0FF5, 0x1772
CONTAINER = 0xF
SLIDES_OF_DOCUMENT = 0  # instance of the list that holds the slides
TITLES = (0, 6)  # text types: title, centred title
MAX_BYTES = 200_000_000
MAX_EDITS = 10_000
MAX_DEPTH = 40
ENCRYPTED_EDIT_BYTES = 32
PERSIST_ID = (1 << 20) - 1
Record = tuple[int, int, int, int, int]  # type, instance, version, start, end of the content


@dataclass(slots=True)
class _Slide:
    persist_id: int
    slide_id: int
    texts: list[tuple[int, str]] = field(default_factory=list)  # (text type, text) of the outline


class PptReader:
    """Reads slides in order, each with its notes."""

    def read(self, path: Path, file: str) -> Iterator[Block]:
        """Yield paragraphs; the locator carries slide (page) and number on it.

        Raises:
            ReadError: The file is damaged or encrypted.
        """
        try:
            with olefile.OleFileIO(path) as ole:
                with ole.openstream("PowerPoint Document") as stream:
                    data = stream.read(MAX_BYTES)
                with ole.openstream("Current User") as stream:
                    (edit_at,) = struct.unpack_from("<I", stream.read(), 16)
            slides = _Presentation(data, edit_at)
            for page, texts in enumerate(slides.pages(), 1):
                paragraphs = [
                    (level, part)
                    for level, text in texts
                    for part in text.replace("\x0b", "\n").split("\r")
                ]
                kept = [(level, part) for level, part in paragraphs if part.strip()]
                for number, (level, part) in enumerate(kept, 1):
                    place = Locator(file=file, page=page, paragraph=number)
                    yield Block(text=part.strip("\n"), locator=place, heading_level=level)
        except (OSError, ValueError, IndexError, struct.error) as error:
            raise ReadError("演示文稿已损坏，请用原软件打开后另存为 pptx") from error


class _Presentation:
    """The records of the stream ``PowerPoint Document``."""

    def __init__(self, data: bytes, edit_at: int) -> None:
        self._data = data
        self._places, document_id = self._persist_places(edit_at)
        self._document = self._record(self._places[document_id])

    def pages(self) -> Iterator[list[tuple[int, str]]]:
        """Yield (heading level, text) of each slide and its notes."""
        notes = self._notes()
        for slide in self._slides():
            texts = []
            at = self._places.get(slide.persist_id)
            used: set[int] = set()
            if at is not None:
                texts = list(self._shapes(self._record(at), slide, used))
            outline = [item for index, item in enumerate(slide.texts) if index not in used]
            yield [(1 if kind in TITLES else 0, text) for kind, text in outline + texts] + [
                (0, text) for text in notes.get(slide.slide_id, ())
            ]

    def _persist_places(self, at: int) -> tuple[dict[int, int], int]:
        """Return where each object stands after the last edit, and the document's id."""
        places: dict[int, int] = {}
        document_id = 0
        for _ in range(MAX_EDITS):
            kind, _, _, start, end = self._record(at)
            if kind != USER_EDIT:
                raise ValueError(f"no edit at {at}")
            if end - start >= ENCRYPTED_EDIT_BYTES:
                raise ReadError("演示文稿有密码，请去掉密码后再放入")
            previous, directory, edited = struct.unpack_from("<III", self._data, start + 8)
            document_id = document_id or edited
            for persist_id, place in self._directory(directory):
                places.setdefault(persist_id, place)
            if not previous:
                break
            at = previous
        return places, document_id

    def _directory(self, at: int) -> Iterator[tuple[int, int]]:
        _, _, _, start, end = self._record(at)
        while start + 4 <= end:
            (entry,) = struct.unpack_from("<I", self._data, start)
            first, count = entry & PERSIST_ID, entry >> 20
            start += 4
            for index in range(min(count, (end - start) // 4)):
                yield first + index, struct.unpack_from("<I", self._data, start + 4 * index)[0]
            start += 4 * count

    def _record(self, at: int) -> Record:
        head, kind, length = struct.unpack_from("<HHI", self._data, at)
        return kind, head >> 4, head & 0xF, at + 8, min(at + 8 + length, len(self._data))

    def _children(self, record: Record) -> Iterator[Record]:
        at, end = record[3], record[4]
        while at + 8 <= end:
            child = self._record(at)
            yield child
            at = child[4] if child[4] > at else end

    def _slides(self) -> list[_Slide]:
        slides: list[_Slide] = []
        for child in self._children(self._document):
            if child[0] != SLIDE_LIST or child[1] != SLIDES_OF_DOCUMENT:
                continue
            kind = -1
            for atom in self._children(child):
                if atom[0] == SLIDE_PERSIST:
                    persist_id = struct.unpack_from("<I", self._data, atom[3])[0]
                    slide_id = struct.unpack_from("<i", self._data, atom[3] + 12)[0]
                    slides.append(_Slide(persist_id, slide_id))
                elif atom[0] == TEXT_HEADER:
                    (kind,) = struct.unpack_from("<I", self._data, atom[3])
                elif slides and (text := self._text(atom)) is not None:
                    slides[-1].texts.append((kind, text))
        return slides

    def _shapes(
        self, record: Record, slide: _Slide, used: set[int], depth: int = 0
    ) -> Iterator[tuple[int, str]]:
        """Yield the texts of the shapes; those of the outline where a shape refers to them."""
        kind = -1
        for child in self._children(record):
            if child[0] == TEXT_REFERENCE:
                (index,) = struct.unpack_from("<I", self._data, child[3])
                if index < len(slide.texts) and index not in used:
                    used.add(index)
                    yield slide.texts[index]
            elif child[0] == TEXT_HEADER:
                (kind,) = struct.unpack_from("<I", self._data, child[3])
            elif (text := self._text(child)) is not None:
                yield kind, text
            elif child[2] == CONTAINER and depth < MAX_DEPTH:
                yield from self._shapes(child, slide, used, depth + 1)

    def _notes(self) -> dict[int, list[str]]:
        """Return the texts of the notes of each slide."""
        notes: dict[int, list[str]] = {}
        for at in self._places.values():
            record = self._record(at)
            if record[0] != NOTES:
                continue
            atom = next((one for one in self._children(record) if one[0] == NOTES_ATOM), None)
            if atom is None:
                continue
            slide_id = struct.unpack_from("<i", self._data, atom[3])[0]
            texts = [text for _, text in self._shapes(record, _Slide(0, 0), set())]
            notes.setdefault(slide_id, []).extend(text for text in texts if text.strip("*\r "))
        return notes

    def _text(self, record: Record) -> str | None:
        content = self._data[record[3] : record[4]]
        if record[0] == TEXT_UNICODE:
            return content.decode("utf-16-le", "replace")
        return content.decode("latin-1") if record[0] == TEXT_LATIN else None
