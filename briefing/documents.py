"""An exhibit as a Word document: question, finding, table, definition, source."""

import io

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from exhibits.exhibit import Exhibit

#: 黑体 for headings, 仿宋 for text, as official documents have them.
HEADING, BODY = "SimHei", "FangSong"

#: Rows of the longest table that is worth a Word document; longer ones are for Excel.
MOST = 400

#: Columns from which a page lies on its side.
WIDE = 6


def docx(exhibit: Exhibit) -> bytes:
    """A4, on its side when the table is wide; the table's header repeats on every page."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    if exhibit.table.width > WIDE:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = Cm(1.8)
    _write(document.add_paragraph(), exhibit.question, HEADING, 16)
    for text in (exhibit.finding, f"口径：{exhibit.definition}", exhibit.source_line):
        _write(document.add_paragraph(), text, BODY, 12)
    _table(document, exhibit)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _write(paragraph: Paragraph, text: str, font: str, size: float) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    # Word takes Chinese from a font of its own.
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _table(document: Document, exhibit: Exhibit) -> None:
    rows = [exhibit.table.columns, *exhibit.table.rows()]
    table = document.add_table(rows=len(rows), cols=exhibit.table.width, style="Table Grid")
    for cells, values in zip(table.rows, rows, strict=True):
        head = values is rows[0]
        for cell, value in zip(cells.cells, values, strict=True):
            text = "—" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
            _write(
                cell.paragraphs[0], text, HEADING if head else BODY, 8 if len(values) > WIDE else 10
            )
    repeat = table.rows[0]._tr.get_or_add_trPr()
    repeat.append(repeat.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))
