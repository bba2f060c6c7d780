"""The pages that are no exhibit alone: the summary, and a topic with what is to be decided."""

from collections.abc import Sequence

from pptx.presentation import Presentation
from pptx.util import Inches

from briefing.meeting.pages import Page, asked, who
from briefing.slides import exhibits
from briefing.slides.page import (
    BODY,
    BODY_WIDTH,
    FINDING,
    GAP,
    LEFT,
    SMALLEST,
    TITLE,
    Box,
    Part,
    blank,
    foot,
    head,
    high,
    note,
    panel,
    period_of,
    source_of,
    stacked,
)
from exhibits import palette
from exhibits.exhibit import Exhibit
from exhibits.meeting.agenda_item import Item

#: Cards of the summary: beside one another, margin between and inside, width.
BESIDE, BETWEEN, INSIDE = 3, Inches(0.12), Inches(0.09)
ACROSS = (BODY_WIDTH - BETWEEN * (BESIDE - 1)) // BESIDE

#: Width of what stands beside a topic's chart, and least height of a chart.
ASIDE, CHART = Inches(4.1), Inches(2.4)

DECIDE = "请会议决定"


def summary(deck: Presentation, page: Page, identity: str) -> None:
    """The sentences and the further topics, below them six numbers; 续 where both have no room."""
    slide = blank(deck)
    body = head(slide, page.title, period_of(page.exhibit) if page.exhibit else "")
    cards = _cards(page.exhibit) if page.exhibit else []
    needed = _cards_height(cards)
    sentences = _fitting(page, body[2], body[3] - needed)
    stacked(slide, sentences, body)
    if cards and high(sentences, body[2]) + needed > body[3]:
        _close(deck, page, identity)
        slide = blank(deck)
        body = head(slide, f"{page.title}（续）")
    left, top, width, room = body
    _draw_cards(slide, cards, (left, top + room - needed, width, needed))
    _close(deck, page, identity)


def _fitting(page: Page, width: int, room: int) -> list[Part]:
    """The sentences in the largest type that the room holds."""
    lines = [f"{i}. {line}" for i, line in enumerate(page.lines, 1)]
    sentences = lines if len(lines) > 1 else list(page.lines)
    further = [(f"另有议题：{line}", SMALLEST, palette.MUTED, False) for line in page.further]
    parts: list[Part] = []
    for size in (20, 18, FINDING, SMALLEST):
        parts = [*((line, size, palette.INK, False) for line in sentences), *further]
        if high(parts, width) <= room:
            break
    return parts


def _cards(exhibit: Exhibit) -> list[list[Part]]:
    """The numbers: name, figure, change, target met or not."""
    cards = []
    for name, figure, change, target, met in exhibit.table.rows():
        bad = met.startswith("✘")
        judged = "　".join(part for part in (target, met) if part not in ("", "—"))
        card: list[Part] = [
            (name, SMALLEST, palette.MUTED, False),
            (figure, 20, palette.CONCERN if bad else palette.PRIMARY, True),
            (f"较对比日{change}", SMALLEST, palette.INK, False),
            (judged, SMALLEST, palette.CONCERN if bad else palette.MUTED, False),
        ]
        cards.append(card)
    return cards


def _card_height(cards: list[list[Part]]) -> int:
    """As high as the fullest of them."""
    return max((high(card, ACROSS - 2 * INSIDE, 0) for card in cards), default=0) + 2 * INSIDE


def _cards_height(cards: list[list[Part]]) -> int:
    return -(-len(cards) // BESIDE) * (_card_height(cards) + BETWEEN)


def _draw_cards(slide, cards: list[list[Part]], box: Box) -> None:
    height = _card_height(cards)
    for i, card in enumerate(cards):
        left = LEFT + (ACROSS + BETWEEN) * (i % BESIDE)
        top = box[1] + BETWEEN + (height + BETWEEN) * (i // BESIDE)
        panel(slide, (left, top, ACROSS, height), palette.BAND, palette.LINE)
        inner = (left + INSIDE, top + INSIDE, ACROSS - 2 * INSIDE, height - INSIDE)
        stacked(slide, card, inner, 0)


def topic(deck: Presentation, page: Page, number: int, identity: str) -> None:
    """事由, 现状, one chart, who and by when, what is to be decided; 续 where one has no room."""
    if page.item is None:
        raise ValueError("a topic needs its item")
    slide = blank(deck)
    title = f"议题{number}：{page.title}"
    body = stacked(slide, _said(title, page.item), BODY)
    if body[3] < CHART:
        _close(deck, page, identity)
        slide = blank(deck)
        body = stacked(slide, _title(f"{title}（续）"), BODY)
    left, top, width, room = body
    narrow = _decision(page.item, ASIDE, room)
    if page.exhibit and _needed(narrow, ASIDE) <= room:
        _decide(slide, narrow, (left + width - ASIDE, top, ASIDE, room))
        chart = (left, top, width - ASIDE - Inches(0.3), room)
        exhibits.captioned(slide, page.exhibit, chart)
    else:
        _decide(slide, _decision(page.item, width, room), body)
        if page.exhibit:
            _close(deck, page, identity)
            slide = blank(deck)
            body = stacked(slide, _title(f"{title}（续）"), BODY)
            exhibits.captioned(slide, page.exhibit, body)
    _close(deck, page, identity)


def _title(title: str) -> list[Part]:
    """A title in type that takes two lines at most, where it can."""
    sizes = (TITLE, 20, FINDING)
    least = [(title, size, palette.PRIMARY, True) for size in sizes]
    return [next((p for p in least if high([p], BODY_WIDTH) < 3 * p[1] * 12700), least[-1])]


def _said(title: str, item: Item) -> list[Part]:
    """Title and 现状."""
    large: Part = (item.reason, FINDING, palette.INK, False)
    small: Part = (item.reason, SMALLEST, palette.INK, False)
    return [*_title(title), large if high([large], BODY_WIDTH) < Inches(1.2) else small]


#: Who and by when; the heading and the text of the box.
Decision = tuple[list[Part], list[Part]]


def _decision(item: Item, width: int, room: int) -> Decision:
    """The largest type in which it fits."""
    drawn: Decision = ([], [])
    for names, said in ((FINDING, 20), (FINDING, FINDING), (SMALLEST, SMALLEST)):
        parties: list[Part] = [(f"{n}：{t}", names, palette.INK, False) for n, t in who(item)]
        heading: Part = (DECIDE, said, palette.CONCERN, True)
        drawn = parties, [heading, (asked(item), said, palette.INK, True)]
        if _needed(drawn, width) <= room:
            break
    return drawn


def _needed(decision: Decision, width: int) -> int:
    parties, box = decision
    return high(parties, width) + high(box, width - 2 * ACROSS_BOX) + 3 * ACROSS_BOX


#: Margin of the box.
ACROSS_BOX = Inches(0.18)


def _decide(slide, decision: Decision, box: Box) -> None:
    parties, said = decision
    left, top, width, _ = stacked(slide, parties, box)
    inner = width - 2 * ACROSS_BOX
    whole = high(said, inner) + 2 * ACROSS_BOX
    top += GAP
    panel(slide, (left, top, width, whole), palette.CONCERN_PALE, palette.CONCERN)
    stacked(slide, said, (left + ACROSS_BOX, top + ACROSS_BOX, inner, whole))


def _close(deck: Presentation, page: Page, identity: str) -> None:
    """Source, number and notes of the last slide."""
    slides: Sequence = deck.slides
    slide = slides[len(slides) - 1]
    foot(slide, source_of(page.exhibit) if page.exhibit else identity, len(slides))
    if page.exhibit:
        note(slide, page.exhibit)
