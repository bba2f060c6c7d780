"""The bulletin as Word: 黑体 headings, 仿宋 text, page numbers, tables, pictures."""

import io

from docx import Document
from docx.document import Document as Opened
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from lxml import etree

from briefing.bulletin.content import NUMBERS, Bulletin
from briefing.bulletin.sections import Section
from briefing.files import images
from briefing.files.documents import BODY, HEADING, table, write
from exhibits.exhibit import Exhibit
from exhibits.wording.mark import WATERMARK, Mark

#: Substitutes for typefaces that a computer lacks.
FALLBACKS = {
    "SimHei": "黑体,STHeiti,Heiti SC,Noto Sans CJK SC",
    "FangSong": "仿宋,FangSong_GB2312,仿宋_GB2312,STFangsong,Noto Serif CJK SC",
}

#: 四号 with 26 points between lines; margins of official documents.
SIZE, SPACING = 14, 24

#: Rows of a table in the text, and in an annex.
ROWS, ANNEX = 12, 60


def docx(bulletin: Bulletin, mark: Mark) -> bytes:
    """A4 upright; without Chromium on the server tables stand where pictures would."""
    document = Document()
    _page(document, bulletin, mark)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(title, bulletin.title, HEADING, 22)
    subtitle = document.add_paragraph()
    subtitle.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(subtitle, bulletin.subtitle, BODY, SIZE)
    for number, section in zip(NUMBERS, bulletin.sections, strict=False):
        _section(document, number, section)
    for i, exhibit in enumerate(bulletin.annexes, start=1):
        _annex(document, i, exhibit)
    _text(document, f"数据来源：{bulletin.identity}。", 10)
    if bulletin.left_out:
        _text(document, f"未列入：{'；'.join(bulletin.left_out)}", 10)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _page(document: Opened, bulletin: Bulletin, mark: Mark) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.0), Cm(2.8)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    head = section.header.paragraphs[0]
    write(head, f"{WATERMARK}　{bulletin.identity}", BODY, 9)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(foot, "— ", BODY, 12)
    _field(foot, "PAGE")
    write(foot, " —", BODY, 12)
    mark_line = section.footer.add_paragraph()
    mark_line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(mark_line, mark.line, BODY, 9)
    _fallbacks(document)


def _field(paragraph: Paragraph, name: str) -> None:
    """A field that Word counts, such as the page number."""
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text or None
        run._r.append(element)


def _fallbacks(document: Opened) -> None:
    """Adds alternative names of the typefaces to the font table."""
    font_part = next(p for p in document.part.package.iter_parts() if "fontTable" in p.partname)
    fonts = etree.fromstring(font_part.blob)
    for name, others in FALLBACKS.items():
        font = etree.fromstring(
            f'<w:font {nsdecls("w")} w:name="{name}"><w:altName w:val="{others}"/></w:font>'
        )
        fonts.append(font)
    font_part._blob = etree.tostring(fonts, xml_declaration=True, encoding="UTF-8", standalone=True)


def _text(document: Opened, text: str, size: float = SIZE) -> None:
    """A paragraph that begins two characters in."""
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.first_line_indent, form.space_after = Pt(size * 2), Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(SPACING)
    write(paragraph, text, BODY, size)


def _heading(document: Opened, text: str) -> None:
    paragraph = document.add_paragraph(style="Heading 1")
    paragraph.paragraph_format.space_before = Pt(8)
    write(paragraph, text, HEADING, 16)
    for run in paragraph.runs:
        run.font.color.rgb, run.font.bold = RGBColor(0, 0, 0), False


def _section(document: Opened, number: str, section: Section) -> None:
    _heading(document, f"{number}、{section.title}")
    for text in section.texts:
        _text(document, text)
    for exhibit in section.pictures:
        _picture(document, exhibit)
    for exhibit in section.tables:
        table(document, exhibit, ROWS, 9)


def _picture(document: Opened, exhibit: Exhibit) -> None:
    """The exhibit's picture, its table where none can be drawn."""
    if exhibit.chart and images.browser():
        png = io.BytesIO(images.image(exhibit, "png", None))
        document.add_picture(png, width=Cm(13.5))
        document.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif exhibit.table.height:
        table(document, exhibit, ROWS, 9)


def _annex(document: Opened, number: int, exhibit: Exhibit) -> None:
    if exhibit.table.is_empty():
        return
    _heading(document, f"附件{number}　{exhibit.title}")
    table(document, exhibit, ANNEX, 8 if exhibit.table.width > 6 else 10)
    _text(document, f"口径：{exhibit.definition}", 9)
