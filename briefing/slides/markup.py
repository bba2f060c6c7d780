"""Texts and tables of slides as XML, written at once.

python-pptx's objects write the same, attribute by attribute: most of a deck's time went there.
"""

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

FONT = "Microsoft YaHei"

#: What XML cannot hold, written as Office does: _x0007_.
CONTROL = re.compile(r"[\x00-\x08\x0B-\x1F]")


def paragraph(
    content: str,
    size: float,
    shade: str,
    bold: bool,
    align: PP_ALIGN,
    line: float,
) -> str:
    """
    A paragraph of one run; `line`: its height in points.

    Latin and Chinese in one typeface: PowerPoint takes Chinese from a field of its own.
    """
    return (
        f'<a:p><a:pPr algn="{PP_ALIGN.to_xml(align)}">'
        f'<a:lnSpc><a:spcPts val="{Pt(line).centipoints}"/></a:lnSpc></a:pPr>'
        f'<a:r><a:rPr sz="{Pt(size).centipoints}" b="{int(bold)}">{_fill(shade)}'
        f'<a:latin typeface="{FONT}"/><a:ea typeface="{FONT}"/></a:rPr>'
        f"<a:t>{shown(content)}</a:t></a:r></a:p>"
    )


def shown(content: str) -> str:
    """A text as XML has it."""
    return escape(CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", content))


def _fill(shade: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{shade.lstrip("#")}"/></a:solidFill>'


def text_box(number: int, box: tuple[int, int, int, int], anchor: MSO_ANCHOR, paragraphs: str):
    """The element of a text box without margins; `number`: its own on the slide."""
    left, top, width, height = map(int, box)
    return parse_xml(
        f'<p:sp {nsdecls("a", "p")}><p:nvSpPr><p:cNvPr id="{number}" name="TextBox {number - 1}"/>'
        '<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>'
        f'<a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody>'
        f'<a:bodyPr wrap="square" anchor="{MSO_ANCHOR.to_xml(anchor)}" '
        'lIns="0" rIns="0" tIns="0" bIns="0"><a:spAutoFit/></a:bodyPr><a:lstStyle/>'
        f"{paragraphs}</p:txBody></p:sp>"
    )


def cell(written: str, ground: str, above: int, beside: int) -> str:
    """A cell of a table: its paragraph on a ground, with margins above and beside."""
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{written}</a:txBody>"
        f'<a:tcPr marT="{above}" marB="{above}" marL="{beside}" marR="{beside}" anchor="ctr">'
        f"{_fill(ground)}</a:tcPr></a:tc>"
    )


def rows(cells_by_row: Iterable[tuple[int, Iterable[str]]]) -> list:
    """The elements of a table's rows, each of a height and its cells."""
    written = "".join(f'<a:tr h="{high}">{"".join(cells)}</a:tr>' for high, cells in cells_by_row)
    return list(parse_xml(f"<a:tbl {nsdecls('a')}>{written}</a:tbl>"))
