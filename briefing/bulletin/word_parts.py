"""Parts of a Word document that the bulletin is set with."""

from docx.document import Document as Opened
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.table import _Row
from docx.text.paragraph import Paragraph as Line
from lxml import etree

from briefing.bulletin import layout
from briefing.bulletin.document import Annex
from briefing.files.documents import BODY, HEADING, write

#: Substitutes for typefaces that a computer lacks.
FALLBACKS = {
    "SimHei": "黑体,STHeiti,Heiti SC,Noto Sans CJK SC",
    "FangSong": "仿宋,FangSong_GB2312,仿宋_GB2312,STFangsong,Noto Serif CJK SC",
    "KaiTi": "楷体,KaiTi_GB2312,楷体_GB2312,STKaiti,Noto Serif CJK SC",
}

#: Distance of a cell's text from its sides, in twentieths of a point.
INSET = 50


def field(line: Line, name: str) -> None:
    """A field that Word counts, such as the page number."""
    run = line.add_run()
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text or None
        run._r.append(element)


def in_simplified_chinese(document: Opened) -> None:
    """Says which language the text is, so that points stand where Chinese ones do."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def fallbacks(document: Opened) -> None:
    """Adds alternative names of the typefaces to the font table."""
    font_part = next(p for p in document.part.package.iter_parts() if "fontTable" in p.partname)
    fonts = etree.fromstring(font_part.blob)
    for name, others in FALLBACKS.items():
        font = etree.fromstring(
            f'<w:font {nsdecls("w")} w:name="{name}"><w:altName w:val="{others}"/></w:font>'
        )
        fonts.append(font)
    font_part._blob = etree.tostring(fonts, xml_declaration=True, encoding="UTF-8", standalone=True)


def halves(document: Opened, left: str, right: str, size: float) -> Line:
    """A line with one text at its left and one at its right end."""
    line = document.add_paragraph()
    line.paragraph_format.space_after = Pt(4)
    line.paragraph_format.tab_stops.add_tab_stop(Pt(layout.WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    write(line, f"{left}\t{right}" if right else left, BODY, size)
    return line


def bordered(line: Line, side: str, colour: str, eighths: int) -> None:
    """A line above or below a paragraph, so many eighths of a point thick."""
    form = line._p.get_or_add_pPr()
    borders = form.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        form.insert_element_before(borders, *AFTER_BORDERS)
    borders.append(
        parse_xml(
            f'<w:{side} {nsdecls("w")} w:val="single" w:sz="{eighths}" w:space="3" '
            f'w:color="{colour}"/>'
        )
    )


#: What stands after the borders in the properties of a paragraph.
AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr")


def table(document: Opened, annex: Annex) -> None:
    """The annex's rows; its header stands on every page, no row is cut by the end of one."""
    rows = [annex.head, *annex.rows]
    grid = document.add_table(rows=len(rows), cols=len(annex.head), style="Table Grid")
    grid.autofit = False
    margins = "".join(f'<w:{side} w:w="{INSET}" w:type="dxa"/>' for side in ("left", "right"))
    grid._tbl.tblPr.append(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{margins}</w:tblCellMar>"))
    widths = [Pt(layout.WIDTH * share) for share in layout.shares(annex)]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for line, texts in zip(grid.rows, rows, strict=True):
        _mark(line, "w:cantSplit")
        for cell, text, width, textual in zip(
            line.cells, texts, widths, annex.textual, strict=True
        ):
            cell.width = width
            head = texts is annex.head
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            paragraph.paragraph_format.space_before = Pt(1)
            if head or not textual:
                paragraph.alignment = (
                    WD_ALIGN_PARAGRAPH.CENTER if head else WD_ALIGN_PARAGRAPH.RIGHT
                )
            write(paragraph, text, HEADING if head else BODY, layout.size_of(annex))
    _mark(grid.rows[0], "w:tblHeader")


def _mark(row: _Row, name: str) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn(name), {qn("w:val"): "true"}))
