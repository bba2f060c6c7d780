"""Footnotes of a Word document, which python-docx does not write."""

from xml.sax.saxutils import escape

from docx.document import Document as Opened
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"

#: ①, ②, … as Chinese documents have them.
NUMBERS = "decimalEnclosedCircleChinese"

#: The lines above footnotes, which every such part begins with.
SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
)

CLOSE = '<w:pPr><w:spacing w:after="0"/></w:pPr>'

RAISED = '<w:vertAlign w:val="superscript"/>'


def refer(paragraph: Paragraph, number: int) -> None:
    """The mark of a footnote; numbers begin with 1."""
    run = paragraph.add_run()
    run.font.superscript = True
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(number))
    run._r.append(reference)


def attach(document: Opened, notes: list[str], font: str, points: float) -> None:
    """The texts of the footnotes in their order; before the document is saved."""
    if not notes:
        return
    texts = "".join(
        f'<w:footnote w:id="{number}"><w:p>{CLOSE}'
        f"{_run('<w:footnoteRef/>', font, points, RAISED)}"
        f"{_run(_text(f' {note}'), font, points)}</w:p></w:footnote>"
        for number, note in enumerate(notes, start=1)
    )
    xml = f"<w:footnotes {nsdecls('w')}>{SEPARATORS}{texts}</w:footnotes>".encode()
    part = Part(PackURI("/word/footnotes.xml"), KIND, xml, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    for section in document.sections:
        references = section._sectPr.findall(qn("w:footerReference"))
        references[-1].addnext(
            parse_xml(f'<w:footnotePr {nsdecls("w")}><w:numFmt w:val="{NUMBERS}"/></w:footnotePr>')
        )


def _run(content: str, font: str, points: float, form: str = "") -> str:
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/>'
    size = f'<w:sz w:val="{int(points * 2)}"/>'
    return f"<w:r><w:rPr>{fonts}{size}{form}</w:rPr>{content}</w:r>"


def _text(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'
