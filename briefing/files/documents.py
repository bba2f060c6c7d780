"""An exhibit as a Word document: title, finding, table, definition, source."""

import io

import polars as pl
from docx import Document
from docx.document import Document as Opened
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt
from docx.text.paragraph import Paragraph

from briefing.files import cells
from exhibits.exhibit import Exhibit
from exhibits.wording.mark import Mark

#: 黑体 for headings, 仿宋 for text, as official documents have them.
HEADING, BODY = "SimHei", "FangSong"

#: Rows of the longest table that is worth a Word document; longer ones are for Excel.
MOST = 400

#: Columns from which a page lies on its side.
WIDE = 6


def docx(exhibit: Exhibit, mark: Mark) -> bytes:
    """A4, on its side when the table is wide; its header and the mark are on every page."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    if exhibit.table.width > WIDE:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = Cm(1.8)
    write(document.add_paragraph(), exhibit.title, HEADING, 16)
    for text in (exhibit.finding, f"口径：{exhibit.definition}", exhibit.source_line):
        write(document.add_paragraph(), text, BODY, 12)
    table(document, exhibit)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(foot, mark.line, BODY, 9)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def write(paragraph: Paragraph, text: str, font: str, size: float) -> None:
    """Text in one typeface."""
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    # Word takes Chinese from a font of its own.
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def table(document: Opened, exhibit: Exhibit, most: int = MOST) -> None:
    """The exhibit's first rows as a table with its header on every page."""
    first_rows = exhibit.table.head(most)
    points = 8 if first_rows.width > WIDE else 10
    rows = [first_rows.columns, *cells.texts(first_rows)]
    grid = document.add_table(rows=len(rows), cols=first_rows.width, style="Table Grid")
    section = document.sections[0]
    margins = (section.left_margin or 0) + (section.right_margin or 0)
    body_width = (section.page_width or 0) - margins
    widths = [Emu(int(body_width * share)) for share in cells.shares(rows)]
    textual = [kind == pl.String for kind in first_rows.dtypes]
    for line, texts in zip(grid.rows, rows, strict=True):
        head = texts is rows[0]
        for cell, text, width, left in zip(line.cells, texts, widths, textual, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            paragraph.paragraph_format.space_before = Pt(1)
            if not left:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            write(paragraph, text, HEADING if head else BODY, points)
    repeat = grid.rows[0]._tr.get_or_add_trPr()
    repeat.append(repeat.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))
