"""Parts of a Word document that the bulletin is set with."""

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

from docx.document import Document as Opened
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Pt
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

#: What XML cannot hold.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x0c\x0e-\x1f]")

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
    grid = document.add_table(rows=0, cols=len(annex.head), style="Table Grid")
    grid.autofit = False
    margins = "".join(f'<w:{side} w:w="{INSET}" w:type="dxa"/>' for side in ("left", "right"))
    grid._tbl.tblPr.append(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{margins}</w:tblCellMar>"))
    widths = [Pt(layout.WIDTH * share) for share in layout.shares(annex)]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    written = "".join(
        _row(texts, widths, annex, head=i == 0) for i, texts in enumerate((annex.head, *annex.rows))
    )
    grid._tbl.extend(list(parse_xml(f"<w:tbl {nsdecls('w')}>{written}</w:tbl>")))


def _row(texts: Sequence[str], widths: Sequence[Length], annex: Annex, *, head: bool) -> str:
    """A row as XML: python-docx's objects take ten times as long to write the same."""
    font, size = HEADING if head else BODY, int(layout.size_of(annex) * 2)
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width.twips}"/></w:tcPr><w:p><w:pPr>'
        f'<w:spacing w:after="20" w:before="20"/>{_side(head, textual)}</w:pPr><w:r><w:rPr>'
        f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/><w:sz w:val="{size}"/>'
        f"</w:rPr>{_text(text)}</w:r></w:p></w:tc>"
        for text, width, textual in zip(texts, widths, annex.textual, strict=True)
    )
    repeated = '<w:tblHeader w:val="true"/>' if head else ""
    return f'<w:tr><w:trPr><w:cantSplit w:val="true"/>{repeated}</w:trPr>{cells}</w:tr>'


def _side(head: bool, textual: bool) -> str:
    if textual and not head:
        return ""
    return f'<w:jc w:val="{"center" if head else "right"}"/>'


def _text(text: str) -> str:
    """The content of a run; without the characters that XML cannot hold."""
    shown = escape(CONTROL.sub("", text)).replace("\t", "</w:t><w:tab/><w:t>")
    shown = shown.replace("\n", "</w:t><w:br/><w:t>")
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<w:t{space}>{shown}</w:t>" if text else ""
