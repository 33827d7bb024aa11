"""content/docs_*.md to reports, plans, deliberations, suggestions, replies and studies.

Each document starts with a line ``@@ path | kind``. A line ``[tags] text`` is one opinion; the
tags are those of ``Ledger.note_opinion``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ledger import Ledger
from markup import Heading, Table, parse_blocks, strip_heading_marks
from people import People
from table_files import Layout, write_xlsx
from web_pages import write_html, write_pdf
from word_files import write_docx
from workspace import Workspace

START = "@@ "
TAGGED_LINE = re.compile(r"(\|?)\[([S!.][\w,!]*)\] ?(.*)")
FIRST_TWO_CELLS = re.compile(r"^\|[^|]*\|[^|]*\|")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDocument:
    """One document of the content folder, with its tags still in the lines."""

    file: str
    kind: str
    lines: list[str] = field(default_factory=list)


def build_documents(workspace: Workspace) -> None:
    """Write every document of content/docs_*.md and enter it in the ledger."""
    for source in sorted(workspace.content.glob("docs_*.md")):
        for document in _read_documents(source, workspace.people):
            path = workspace.make_path(document.file)
            lines = _note_opinions(document, workspace.ledger)
            workspace.ledger.note_file(document.file, document.kind, "\n".join(lines))
            if not workspace.keeps(path):
                _write_document(path, lines)


def _read_documents(source: Path, people: People) -> Iterator[SourceDocument]:
    """Yield the documents of one content file."""
    document = None
    for line in source.read_text("utf-8").split("\n"):
        if line.startswith(START):
            if document:
                yield document
            file, kind = (part.strip() for part in line.removeprefix(START).split("|"))
            document = SourceDocument(file=file, kind=kind)
        elif document:
            document.lines.append(people.fill(line))
    if document:
        yield document


def _note_opinions(document: SourceDocument, ledger: Ledger) -> list[str]:
    """Enter the tagged lines of a document in the ledger; return all lines without tags."""
    lines = []
    for line in document.lines:
        tagged = TAGGED_LINE.match(line)
        if not tagged:
            lines.append(line)
            continue
        text = tagged[1] + tagged[3]
        lines.append(text)
        ledger.note_opinion(document.file, tagged[2], FIRST_TWO_CELLS.sub("", text).strip("|"))
    return lines


def _write_document(path: Path, lines: list[str]) -> None:
    """Write a document in the format of its file name."""
    match path.suffix:
        case ".docx":
            write_docx(path, lines)
        case ".html":
            write_html(path, lines)
        case ".pdf":
            write_pdf(path, lines)
        case ".xlsx":
            _write_table_document(path, lines)
        case ".md":
            _write_plain(path, lines)
        case _:
            _write_plain(path, [strip_heading_marks(line) for line in lines])


def _write_table_document(path: Path, lines: list[str]) -> None:
    """Write a document of one title and one table as a workbook."""
    blocks = list(parse_blocks(lines))
    (title,) = (block.text for block in blocks if isinstance(block, Heading) and block.level == 1)
    (table,) = (block for block in blocks if isinstance(block, Table))
    write_xlsx(path, table.rows[0], table.rows[1:], Layout(title=title, merge_first=True))


def _write_plain(path: Path, lines: list[str]) -> None:
    """Write lines as UTF-8 text."""
    path.write_text("\n".join(lines).strip() + "\n", "utf-8", newline="\n")
