"""A deck as PowerPoint, and one exhibit as slides."""

import io
from uuid import NAMESPACE_OID, uuid5
from xml.sax.saxutils import quoteattr

from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import nsuri, qn
from pptx.presentation import Presentation as Opened

from briefing.meeting.annex import Section
from briefing.meeting.deck import Deck
from briefing.meeting.pages import TOPICS, Page
from briefing.slides import exhibits, front, marking
from briefing.slides.page import (
    FINDING,
    HEIGHT,
    WIDTH,
    blank,
    foot,
    head,
    heading,
    stacked,
    stamp,
)
from exhibits import palette
from exhibits.exhibit import Exhibit
from exhibits.wording import names
from exhibits.wording.mark import Mark
from queries.cache import cached

LEFT_OUT = "未列入的内容"

FURTHER = "其他议题"

SECTIONS = "http://schemas.microsoft.com/office/powerpoint/2010/main"


def pptx(deck: Deck, mark: Mark, annex: bool = False) -> bytes:
    """Cover and pages, and the annex where it is asked for; figures as native charts and tables."""
    return marking.marked(_unmarked(deck, annex), mark)


# Who exports a deck after somebody else, or a minute later, needs another mark alone.
@cached(4)
def _unmarked(deck: Deck, annex: bool) -> bytes:
    book = _blank()
    heading(book, deck.title, deck.subtitle, deck.identity, names.office())
    starts = {"会议": 0}
    topic = 0
    for page in deck.pages:
        topic += page.kind == "topic"
        _page(book, page, topic, deck)
    if annex or not deck.pages:
        _annex(book, deck, starts)
    if deck.left_out:
        starts[LEFT_OUT] = len(book.slides)
        _left_out(book, deck)
    _named_sections(book, starts)
    return _to_bytes(book, marking.PLACE)


def slide(exhibit: Exhibit, mark: Mark) -> bytes:
    """One exhibit as a presentation: of one slide, of more where its table goes on."""
    book = _blank()
    exhibits.draw(book, exhibit)
    return _to_bytes(book, mark.line)


def _blank() -> Opened:
    book = Presentation()
    book.slide_width, book.slide_height = WIDTH, HEIGHT
    return book


def _to_bytes(book: Opened, line: str) -> bytes:
    """The file, with a mark's line on every slide."""
    for each in book.slides:
        stamp(each, line)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _page(book: Opened, page: Page, topic: int, deck: Deck) -> None:
    """The slides of a page: one, but for texts that are longer than a page."""
    if page.kind == "table" and page.exhibit:
        exhibits.draw(book, page.exhibit, alone=True)
        return
    if page.kind == "topic":
        front.topic(book, page, topic, deck.identity)
    else:
        front.summary(book, page, deck.identity)


def _annex(book: Opened, deck: Deck, starts: dict[str, int]) -> None:
    """The further topics, then the sections, each after a heading."""
    if deck.further:
        starts[FURTHER] = len(book.slides)
    for number, page in enumerate(deck.further, start=TOPICS + 1):
        _page(book, page, number, deck)
    for section in deck.sections:
        starts[section.title] = len(book.slides)
        _section(book, section, deck)


def _section(book: Opened, section: Section, deck: Deck) -> None:
    """The section's slides, after a heading; units have none, their slides name them."""
    if not section.unit:
        listed = "\n".join(exhibits.title_of(exhibit) for exhibit in section.exhibits[:5])
        heading(book, f"附件：{section.title.removeprefix('附：')}", listed, deck.identity)
    for exhibit in section.exhibits:
        exhibits.draw(book, exhibit, section.title if section.unit else "")


def _left_out(book: Opened, deck: Deck) -> None:
    """What is not in the file, a line each with the reason."""
    page = blank(book)
    body = head(page, LEFT_OUT)
    stacked(page, [(line, FINDING, palette.INK, False) for line in deck.left_out], body)
    foot(page, deck.identity, len(book.slides))


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
