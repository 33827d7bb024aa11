"""What python-docx has no way for: East Asian fonts, indents in characters, lines off the grid."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

__all__ = ["set_element", "set_font", "set_indent", "take_off_grid"]


def set_element(parent: object, name: str, **values: str) -> object:
    """Return the child of this name, made where missing, with its attributes set."""
    child = parent.find(qn(name))  # type: ignore[attr-defined]
    if child is None:
        child = OxmlElement(name)
        parent.append(child)  # type: ignore[attr-defined]
    for key, value in values.items():
        child.set(qn(f"w:{key}"), value)
    return child


def set_font(run: Run, name: str, size: float, *, bold: bool = False) -> None:
    """Set the font of Chinese signs, and Times New Roman for the others."""
    run.font.size = Pt(size)
    run.font.bold = bold
    run.font.name = "Times New Roman"
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001 - no public way
    fonts.set(qn("w:eastAsia"), name)
    fonts.set(qn("w:hint"), "eastAsia")


def set_indent(paragraph: Paragraph, **values: str) -> None:
    """Set indents in hundredths of a character, such as ``firstLineChars``."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - characters are no python-docx unit
    indent = properties.get_or_add_ind()
    for key, value in values.items():
        indent.set(qn(f"w:{key}"), value)


def take_off_grid(paragraph: Paragraph, line: float) -> None:
    """Set a line height of its own: the grid of 22 lines a page would stretch small type."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - no public way
    paragraph.paragraph_format.line_spacing = Pt(line)
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    properties.insert_element_before(
        snap, "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr", "w:sectPr"
    )
