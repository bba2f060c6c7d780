"""The bulletin as Word: 版头, 仿宋 text with footnotes, tables, 版记, page numbers."""

import io

from docx import Document
from docx.document import Document as Opened
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as Line

from briefing.bulletin import footnotes, layout
from briefing.bulletin.document import Bulletin, Paragraph, in_chinese
from briefing.bulletin.word_parts import (
    bordered,
    fallbacks,
    field,
    halves,
    in_simplified_chinese,
    table,
)
from briefing.files.documents import BODY, HEADING, write
from exhibits.wording.mark import Mark

#: 楷体 for the headings that open a paragraph.
OPENING = "KaiTi"

RED = RGBColor(0xC0, 0, 0)

#: Points between lines; of the tables' notes.
SPACING, NOTE = 24, 9


def docx(bulletin: Bulletin, mark: Mark) -> bytes:
    """A4 upright; every part of the bulletin in its order."""
    document = Document()
    _page(document, bulletin, mark)
    _masthead(document, bulletin, mark)
    _text(document, f"主送：{bulletin.recipients}", indent=False)
    notes: list[str] = []
    for i, section in enumerate(bulletin.sections, start=1):
        _heading(document, f"{in_chinese(i)}、{section.title}")
        for paragraph in section.paragraphs:
            _paragraph(document, paragraph, notes)
    _annexes(document, bulletin)
    _end(document, bulletin, mark)
    footnotes.attach(document, notes, BODY, NOTE)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _page(document: Opened, bulletin: Bulletin, mark: Mark) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.0), Cm(2.8)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    write(section.header.paragraphs[0], layout.head(bulletin), BODY, 9)
    number = section.footer.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(number, "— ", BODY, 12)
    field(number, "PAGE")
    write(number, " —", BODY, 12)
    foot = section.footer.add_paragraph()
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(foot, layout.foot(bulletin, mark), BODY, 9)
    fallbacks(document)
    in_simplified_chinese(document)


def _masthead(document: Opened, bulletin: Bulletin, mark: Mark) -> None:
    """Name in red, 期号 and 文号 to be filled in, issuer and day over a red line."""
    name = _centred(document, bulletin.title, HEADING, layout.title_size(bulletin.title))
    for run in name.runs:
        run.font.color.rgb = RED
    _centred(document, layout.NUMBER, BODY, layout.SIZE)
    _centred(document, layout.REFERENCE, BODY, 12)
    issued = halves(document, bulletin.issuer, layout.issued_on(mark), layout.SIZE)
    bordered(issued, "bottom", "C00000", 12)
    _centred(document, bulletin.day, BODY, layout.SIZE)


def _centred(document: Opened, text: str, font: str, size: float) -> Line:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(4)
    write(paragraph, text, font, size)
    return paragraph


def _text(document: Opened, text: str, size: float = layout.SIZE, indent: bool = True) -> Line:
    """A paragraph that begins two characters in."""
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.first_line_indent = Pt(size * 2 if indent else 0)
    form.space_after = Pt(0)
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = Pt(SPACING if size == layout.SIZE else size * 1.5)
    write(paragraph, text, BODY, size)
    return paragraph


def _paragraph(document: Opened, paragraph: Paragraph, notes: list[str]) -> None:
    """The heading that opens it, its text, the mark of its footnote; `notes` gets the footnote."""
    line = _text(document, "")
    if paragraph.heading:
        write(line, paragraph.heading, OPENING, layout.SIZE)
        line.runs[-1].bold = True
    write(line, paragraph.text, BODY, layout.SIZE)
    line.paragraph_format.keep_with_next = not paragraph.text
    if paragraph.note:
        notes.append(paragraph.note)
        footnotes.refer(line, len(notes))


def _heading(document: Opened, text: str) -> Line:
    heading = document.add_paragraph(style="Heading 1")
    heading.paragraph_format.space_before = Pt(8)
    write(heading, text, HEADING, 16)
    for run in heading.runs:
        run.font.color.rgb, run.font.bold = RGBColor(0, 0, 0), False
    return heading


def _annexes(document: Opened, bulletin: Bulletin) -> None:
    """Their list, then each; the first begins a page."""
    if listed := layout.annex_list(bulletin):
        _text(document, listed)
    for i, annex in enumerate(bulletin.annexes, start=1):
        heading = _heading(document, f"附件{i}　{annex.title}")
        heading.paragraph_format.page_break_before = i == 1
        table(document, annex)
        if annex.note:
            _text(document, f"注：{annex.note}", NOTE)


def _end(document: Opened, bulletin: Bulletin, mark: Mark) -> None:
    """What is left out, where the figures are from, and the block of an official document."""
    _text(document, f"数据来源：{bulletin.identity}。", NOTE)
    if bulletin.left_out:
        _text(document, f"未列入：{'；'.join(bulletin.left_out)}", NOTE)
    lines = layout.imprint(bulletin, mark)
    for i, (left, right) in enumerate(lines):
        line = halves(document, left, right, 12)
        line.paragraph_format.keep_with_next = i < len(lines) - 1
        if i == 0:
            line.paragraph_format.space_before = Pt(24)
        if i < len(lines) - 1:
            bordered(line, "top", "000000", 8 if i == 0 else 4)
        if i == len(lines) - 2:
            bordered(line, "bottom", "000000", 8)
