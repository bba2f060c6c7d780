"""A deck as PowerPoint, and one exhibit as one slide."""

import io
from uuid import NAMESPACE_OID, uuid5
from xml.sax.saxutils import quoteattr

from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import nsuri, qn
from pptx.presentation import Presentation as Opened
from pptx.util import Inches

from briefing.meeting.deck import Deck, Section
from briefing.slides import charts, maps, tables
from briefing.slides.page import (
    BODY_HEIGHT,
    BODY_WIDTH,
    HEIGHT,
    LEFT,
    TOP,
    WIDTH,
    exhibit_slide,
    foot,
    heading,
    stamp,
    text,
)
from exhibits import palette
from exhibits.exhibit import Exhibit
from exhibits.meeting.agenda_item import KINDS, Item
from exhibits.wording.mark import Mark

#: Topics of the agenda on a slide, some four lines each.
LINES = 4

OFFICE = "陇南市社会救助部门联席会议办公室"

LEFT_OUT = "未列入的内容"

SECTIONS = "http://schemas.microsoft.com/office/powerpoint/2010/main"

#: Columns of a matrix that a slide holds; more of them stand as a table.
WIDEST = 14


def pptx(deck: Deck, mark: Mark) -> bytes:
    """Cover, agenda, sections with their exhibits; figures as native charts and tables."""
    book = _blank()
    heading(book, deck.title, deck.subtitle, deck.identity, OFFICE)
    _agenda(book, deck)
    starts = {"会议": 0}
    for section in deck.sections:
        starts[section.title] = len(book.slides)
        _section(book, section, deck)
    if deck.left_out:
        starts[LEFT_OUT] = len(book.slides)
        heading(book, LEFT_OUT, "\n".join(deck.left_out), deck.identity)
    _named_sections(book, starts)
    return _to_bytes(book, mark)


def slide(exhibit: Exhibit, mark: Mark) -> bytes:
    """One exhibit as a presentation of one slide."""
    book = _blank()
    draw(book, exhibit)
    return _to_bytes(book, mark)


def _blank() -> Opened:
    book = Presentation()
    book.slide_width, book.slide_height = WIDTH, HEIGHT
    return book


def _to_bytes(book: Opened, mark: Mark) -> bytes:
    """The file, with the mark on every slide."""
    for slide in book.slides:
        stamp(slide, mark)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def draw(book: Opened, exhibit: Exhibit, unit: str = "") -> None:
    """The exhibit's slide: its chart in the form that PowerPoint has, or its table."""
    page, chart = exhibit_slide(book, exhibit, unit), exhibit.chart
    if chart and chart.kind in charts.NATIVE:
        charts.NATIVE[chart.kind](page, chart)
    elif chart and chart.kind == "map":
        maps.one(page, chart)
    elif chart and chart.kind == "maps":
        maps.several(page, chart)
    elif chart and chart.kind == "matrix" and chart.data["x"].n_unique() <= WIDEST:
        tables.matrix(page, chart)
    elif exhibit.table.height:
        _table(page, exhibit)
    if exhibit.table.is_empty():
        text(page, (LEFT, TOP, BODY_WIDTH, BODY_HEIGHT), exhibit.finding, 20)


def _table(page, exhibit: Exhibit) -> None:
    """The table, and in a line below what of it is left out."""
    if left_out := tables.grid(page, exhibit.table):
        below = (LEFT, Inches(6.75), BODY_WIDTH, Inches(0.25))
        text(page, below, left_out, 9, palette.MUTED)


def _section(book: Opened, section: Section, deck: Deck) -> None:
    """The section's slides, after a heading; units have none, their slides name them."""
    if not section.unit:
        listed = "\n".join(exhibit.title for exhibit in section.exhibits[:8])
        heading(book, section.title, listed, deck.identity)
    for exhibit in section.exhibits:
        draw(book, exhibit, section.title if section.unit else "")


def _named_sections(book: Opened, starts: dict[str, int]) -> None:
    """Writes PowerPoint's sections of slides; python-pptx has no call for them."""
    ids = [slide.get("id") for slide in book.slides._sldIdLst]
    ends = [*list(starts.values())[1:], len(ids)]
    listed = "".join(
        f'<p14:section name={quoteattr(name)} id="{{{str(uuid5(NAMESPACE_OID, name)).upper()}}}">'
        "<p14:sldIdLst>"
        + "".join(f'<p14:sldId id="{slide_id}"/>' for slide_id in ids[start:end])
        + "</p14:sldIdLst></p14:section>"
        for (name, start), end in zip(starts.items(), ends, strict=True)
    )
    extension = etree.fromstring(
        f'<p:extLst xmlns:p="{nsuri("p")}"><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}">'
        f'<p14:sectionLst xmlns:p14="{SECTIONS}">{listed}</p14:sectionLst></p:ext></p:extLst>'
    )
    # The template's own list of extensions holds nothing that is needed.
    if (existing := book.part._element.find(qn("p:extLst"))) is not None:
        book.part._element.remove(existing)
    book.part._element.append(extension)


def _agenda(book: Opened, deck: Deck) -> None:
    """What is discussed and why, four a slide."""
    for start in range(0, len(deck.agenda), LINES):
        page = book.slides.add_slide(book.slide_layouts[6])
        title = "议题" if start == 0 else "议题（续）"
        box = (LEFT, Inches(0.45), BODY_WIDTH, Inches(0.6))
        text(page, box, title, 28, palette.PRIMARY, bold=True)
        for i, item in enumerate(deck.agenda[start : start + LINES]):
            top = Inches(1.2 + 1.4 * i)
            title = f"{start + i + 1}. {item.title}"
            text(page, (LEFT, top, BODY_WIDTH, Inches(0.4)), title, 18, bold=True)
            below = (LEFT + Inches(0.35), top + Inches(0.37), BODY_WIDTH - Inches(0.4), Inches(1.0))
            text(page, below, reason(item), 12, palette.MUTED)
        foot(page, f"{deck.subtitle}；{deck.identity}", len(book.slides))


def reason(item: Item) -> str:
    """【需要关注】… 建议：… 责任单位：礼县人民政府；…"""
    return f"【{KINDS[item.kind]}】{item.reason}{item.proposal}"
