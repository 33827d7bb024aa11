"""A Word document laid out after GB/T 9704-2012: page, fonts, headings, tables, page numbers.

A4, margins 37/35/28/26 mm, title 2号小标宋, body 3号仿宋, 22 lines of 28 characters,
headings 黑体 and 楷体, page numbers 4号 outside. Equal calls give equal bytes: all dates are fixed.
"""

import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from renda_nlp.reports.docxmarks import set_element, set_font, set_indent, take_off_grid
from renda_nlp.reports.wording import plain_text

__all__ = ["OfficialDocument"]

TITLE, BODY, BLACK, KAI, SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
_TITLE_SIZE, _BODY_SIZE, _TABLE_SIZE, _PAGE_SIZE, _NOTE_SIZE = 22, 16, 11, 14, 12
_LINE = 28.95  # points: 22 lines on a page
_GRID_PITCH = "579"
_FORM_SIZE, _FORM_LINE, _FORM_WIDTHS = 12, 19, (24, 132)
_SHORT = 6  # columns of figures and short words stand in the middle
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
_ZIP_DATE = (2000, 1, 1, 0, 0, 0)
_ZIP_MODE = 0o644 << 16


class OfficialDocument:
    """Builds the document from top to bottom.

    Args:
        title: For the properties of the file.
        header: At the top of every page, such as 内部资料; empty for none.
    """

    def __init__(self, title: str, *, header: str = "") -> None:
        self._document = Document()
        self._page()
        self._styles()
        self._footers()
        if header:
            self._headers(header)
        properties = self._document.core_properties
        properties.title = plain_text(title)
        properties.author = "renda_nlp"
        properties.last_modified_by = "renda_nlp"
        properties.keywords = "renda_nlp-output"
        properties.comments = ""
        properties.created = properties.modified = _CREATED
        properties.revision = 1

    def _page(self) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.footer_distance = Mm(28)
        set_element(section._sectPr, "w:docGrid", type="lines", linePitch=_GRID_PITCH)  # noqa: SLF001
        self._document.settings.odd_and_even_pages_header_footer = True

    def _styles(self) -> None:
        normal = self._document.styles["Normal"]
        normal.font.name, normal.font.size = "Times New Roman", Pt(_BODY_SIZE)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
        layout = normal.paragraph_format
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(_LINE)
        layout.space_before = layout.space_after = Pt(0)
        layout.widow_control = False
        defaults = self._document.styles.element.find(qn("w:docDefaults"))
        run = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
        set_element(run, "w:lang", val="en-US", eastAsia="zh-CN")
        for level, font in ((1, BLACK), (2, KAI)):
            style = self._document.styles[f"Heading {level}"]
            style.font.size, style.font.bold, style.font.italic = Pt(_BODY_SIZE), False, False
            style.font.color.rgb = RGBColor(0, 0, 0)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for key in list(fonts.attrib):
                del fonts.attrib[key]
            fonts.set(qn("w:ascii"), "Times New Roman")
            fonts.set(qn("w:hAnsi"), "Times New Roman")
            fonts.set(qn("w:eastAsia"), font)
            style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
            style.paragraph_format.keep_with_next = True

    def _footers(self) -> None:
        section = self._document.sections[0]
        for footer, side, align in (
            (section.footer, "rightChars", WD_ALIGN_PARAGRAPH.RIGHT),
            (section.even_page_footer, "leftChars", WD_ALIGN_PARAGRAPH.LEFT),
        ):
            footer.is_linked_to_previous = False
            paragraph = footer.paragraphs[0]
            paragraph.alignment = align
            set_indent(paragraph, **{side: "100"})
            set_font(paragraph.add_run("— "), SONG, _PAGE_SIZE)
            for kind in ("begin", "", "end"):
                run = paragraph.add_run()
                set_font(run, SONG, _PAGE_SIZE)
                if kind:
                    element = OxmlElement("w:fldChar")
                    element.set(qn("w:fldCharType"), kind)
                else:
                    element = OxmlElement("w:instrText")
                    element.set(qn("xml:space"), "preserve")
                    element.text = " PAGE "
                run._r.append(element)  # noqa: SLF001 - fields have no public way
            set_font(paragraph.add_run(" —"), SONG, _PAGE_SIZE)

    def _headers(self, text: str) -> None:
        section = self._document.sections[0]
        for header in (section.header, section.even_page_header):
            header.is_linked_to_previous = False
            paragraph = header.paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            set_font(paragraph.add_run(plain_text(text)), BLACK, _PAGE_SIZE)

    def title(self, text: str, note: str) -> None:
        """Add the title and the line below it."""
        paragraph = self._document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.line_spacing = Pt(36)
        set_font(paragraph.add_run(plain_text(text)), TITLE, _TITLE_SIZE)
        below = self._document.add_paragraph()
        below.alignment = WD_ALIGN_PARAGRAPH.CENTER
        set_font(below.add_run(plain_text(note)), KAI, _BODY_SIZE)
        self._document.add_paragraph()

    def heading(self, text: str, level: int = 1, *, new_page: bool = False) -> None:
        """Add a heading: 1 黑体, 2 楷体, both indented like the body."""
        paragraph = self._document.add_paragraph(style=f"Heading {level}")
        paragraph.paragraph_format.page_break_before = new_page
        set_indent(paragraph, firstLineChars="200", firstLine="640")
        set_font(paragraph.add_run(plain_text(text)), BLACK if level == 1 else KAI, _BODY_SIZE)

    def body(self, text: str, *, lead: str = "", keep: bool = False) -> None:
        """Add a paragraph of body text, after a bold lead, kept with the next, if asked."""
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = keep
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        set_indent(paragraph, firstLineChars="200", firstLine="640")
        if lead:
            set_font(paragraph.add_run(plain_text(lead)), BODY, _BODY_SIZE, bold=True)
        set_font(paragraph.add_run(plain_text(text)), BODY, _BODY_SIZE)

    def gap(self, text: str) -> None:
        """Add a marked gap that people fill in: 【…】 on yellow."""
        paragraph = self._document.add_paragraph()
        set_indent(paragraph, firstLineChars="200", firstLine="640")
        run = paragraph.add_run(f"【{plain_text(text)}】")
        set_font(run, KAI, _BODY_SIZE)
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW

    def quote(self, text: str, source: str) -> None:
        """Add a quote with its source in small type."""
        paragraph = self._dense(22)
        set_indent(paragraph, leftChars="200", left="640")
        set_font(paragraph.add_run(f"“{plain_text(text)}”"), KAI, _PAGE_SIZE)
        set_font(paragraph.add_run(f"（{plain_text(source)}）"), BODY, _NOTE_SIZE)

    def _dense(self, line: float) -> Paragraph:
        paragraph = self._document.add_paragraph()
        take_off_grid(paragraph, line)
        return paragraph

    def small(self, text: str) -> None:
        """Add a note in small type."""
        paragraph = self._dense(20)
        set_font(paragraph.add_run(plain_text(text)), BODY, _NOTE_SIZE)

    def right(self, text: str) -> None:
        """Add a line at the right, four characters from the edge."""
        paragraph = self._document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        set_indent(paragraph, rightChars="400", right="1280")
        set_font(paragraph.add_run(plain_text(text)), BODY, _BODY_SIZE)

    def blank(self) -> None:
        """Add an empty line."""
        self._document.add_paragraph()

    def item(self, text: str) -> None:
        """Add one point of a list, indented, on its own line."""
        paragraph = self._dense(25)
        set_indent(paragraph, leftChars="200", left="640")
        set_font(paragraph.add_run(plain_text(text)), BODY, _PAGE_SIZE)

    def picture(self, data: bytes, caption: str, alternative: str) -> None:
        """Add a centred picture with a caption below and a text for those who cannot see it."""
        paragraph = self._document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_before = Pt(8)
        shape = paragraph.add_run().add_picture(BytesIO(data), width=Mm(105))
        shape._inline.docPr.set("descr", plain_text(alternative))  # noqa: SLF001 - no public way
        shape._inline.docPr.set("title", plain_text(caption))  # noqa: SLF001
        below = self._document.add_paragraph()
        below.alignment = WD_ALIGN_PARAGRAPH.CENTER
        set_font(below.add_run(plain_text(caption)), KAI, _NOTE_SIZE)

    def table(
        self, headings: Sequence[str], rows: Sequence[Sequence[str]], widths_mm: Sequence[float]
    ) -> None:
        """Add a table whose header row repeats on every page and whose rows do not break."""
        table = self._document.add_table(rows=1, cols=len(headings), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        set_element(table._tbl.tblPr, "w:tblLayout", type="fixed")  # noqa: SLF001
        for column, width in zip(table.columns, widths_mm, strict=True):
            column.width = Mm(width)
        margins = set_element(table._tbl.tblPr, "w:tblCellMar")  # noqa: SLF001
        for side in ("left", "right"):
            set_element(margins, f"w:{side}", w="57", type="dxa")
        short = [all(len(row[at]) <= _SHORT for row in rows) for at in range(len(headings))]
        self._row(table.rows[0].cells, headings, widths_mm, [True] * len(headings), BLACK)
        set_element(table.rows[0]._tr.get_or_add_trPr(), "w:cantSplit")  # noqa: SLF001
        set_element(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader", val="true")  # noqa: SLF001
        for values in rows:
            row = table.add_row()
            set_element(row._tr.get_or_add_trPr(), "w:cantSplit")  # noqa: SLF001
            self._row(row.cells, values, widths_mm, short, BODY)
        self._dense(10)

    def form(self, title: str, rows: Sequence[tuple[str, str]]) -> None:
        """Add a sheet of two columns: what is said of one thing, below its title."""
        table = self._document.add_table(rows=1, cols=2, style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        set_element(table._tbl.tblPr, "w:tblLayout", type="fixed")  # noqa: SLF001
        for column, width in zip(table.columns, _FORM_WIDTHS, strict=True):
            column.width = Mm(width)
        head = table.rows[0].cells[0].merge(table.rows[0].cells[1])
        paragraph = head.paragraphs[0]
        take_off_grid(paragraph, _FORM_LINE)
        set_font(paragraph.add_run(plain_text(title)), BLACK, _FORM_SIZE + 1)
        set_element(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader", val="true")  # noqa: SLF001
        for label, text in rows:
            cells = table.add_row().cells
            for cell, value, width, font in (
                (cells[0], label, _FORM_WIDTHS[0], BLACK),
                (cells[1], text, _FORM_WIDTHS[1], BODY),
            ):
                cell.width = Mm(width)
                lines = value.split("\n")
                for number, line in enumerate(lines):
                    own = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
                    take_off_grid(own, _FORM_LINE)
                    set_font(own.add_run(plain_text(line)), font, _FORM_SIZE)
        self._dense(10)

    def _row(
        self,
        cells: Sequence[_Cell],
        values: Sequence[str],
        widths_mm: Sequence[float],
        centred: Sequence[bool],
        font: str,
    ) -> None:
        for cell, value, width, middle in zip(cells, values, widths_mm, centred, strict=True):
            cell.width = Mm(width)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            paragraph = cell.paragraphs[0]
            take_off_grid(paragraph, 16)
            if middle:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            set_font(paragraph.add_run(plain_text(value)), font, _TABLE_SIZE)

    def save(self, path: Path) -> None:
        """Write the document with fixed dates in a fixed order."""
        draft = BytesIO()
        self._document.save(draft)
        with zipfile.ZipFile(draft) as source, zipfile.ZipFile(path, "w") as target:
            for name in source.namelist():
                entry = zipfile.ZipInfo(name, _ZIP_DATE)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = _ZIP_MODE
                entry.create_system = 3
                target.writestr(entry, source.read(name))
