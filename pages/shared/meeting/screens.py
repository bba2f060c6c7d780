"""The screens of full-screen mode: the pages of the pack in their order, then the annex."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from html import escape

import streamlit as st

from briefing.meeting.deck import Deck
from briefing.meeting.pages import TOPICS, Page, asked, who
from exhibits import draw, recipe
from exhibits.exhibit import Exhibit, Recipe
from exhibits.recipe import RecipeError
from exhibits.wording.mark import WATERMARK
from pages.shared.markup import html
from pages.shared.meeting.presenter import STYLE, scale
from pages.shared.widgets import chart, history_note
from queries.region import Region
from queries.scope import Snapshot, store

#: Share of the screen's height that a chart takes, also below a topic's text; its type against
#: that of a page.
CHART, BELOW, TYPE = 0.72, 0.58, 1.65

#: Rows of a table that a screen holds, those of one that is longer, and from which they are dense.
ROWS, FIRST, DENSE = 20, 10, 12

Screen = Callable[[], None]


def screens(snapshot: Snapshot, deck: Deck, annex: bool) -> list[Screen]:
    """Cover and pages, and the annex where it is asked for; an old archive has sections alone."""
    drawn: list[Screen] = [partial(_cover, deck)]
    if not deck.pages:
        drawn.append(partial(_agenda, deck))
    topics = 0
    for page in deck.pages:
        topics += page.kind == "topic"
        drawn.append(partial(_page, snapshot, deck, page, topics))
    if annex or not deck.pages:
        numbered = enumerate(deck.further, start=TOPICS + 1)
        drawn += [partial(_page, snapshot, deck, page, number) for number, page in numbered]
        drawn += [
            partial(_exhibit, snapshot, each, section.title)
            for section in deck.sections
            for each in section.exhibits
        ]
    return drawn


def prepare(deck: Deck, at: int) -> None:
    """Draws the figure of the screen `at`, so that it is ready before it is asked for."""
    if not 1 <= at <= len(deck.pages):
        return
    page = deck.pages[at - 1]
    if page.exhibit and page.exhibit.chart and page.kind in ("topic", "exhibit"):
        _figure(page.exhibit, BELOW if page.kind == "topic" else CHART)


def _page(snapshot: Snapshot, deck: Deck, page: Page, number: int) -> None:
    if page.kind == "topic":
        _topic(snapshot, deck, page, number)
    elif page.kind == "summary" or page.exhibit is None:
        _summary(deck, page)
    elif page.exhibit.chart and page.exhibit.chart.kind == "matrix":
        _exhibit(snapshot, page.exhibit)
    else:
        _table(page.exhibit)


def _cover(deck: Deck) -> None:
    """Title, both days, snapshot."""
    lines = (deck.subtitle, deck.identity, WATERMARK)
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines)
    st.html(f'{STYLE}<div class="screen cover"><h1>{escape(deck.title)}</h1>{paragraphs}</div>')


def _agenda(deck: Deck) -> None:
    """What is discussed, and why."""
    lines = "".join(
        f"<li>{escape(item.title)}<small>{escape(item.reason)}{escape(item.proposal)}</small></li>"
        for item in deck.agenda
    )
    st.html(f'{STYLE}<div class="screen"><h1>议题</h1><ol>{lines}</ol></div>')
    _corner(deck.subtitle, deck.identity)


def _summary(deck: Deck, page: Page) -> None:
    """The sentences, the further topics, the numbers."""
    lines = "".join(f"<li>{escape(line)}</li>" for line in page.lines)
    further = "".join(f"<p>另有议题：{escape(line)}</p>" for line in page.further)
    cards = "".join(map(_card, page.exhibit.table.rows())) if page.exhibit else ""
    st.html(
        f'{STYLE}<div class="screen"><h1>{escape(page.title)}</h1>'
        f'<ol class="lines">{lines}</ol>{further}<div class="numbers">{cards}</div></div>'
    )
    _corner(deck.subtitle, deck.identity)


def _card(row: tuple[str, ...]) -> str:
    name, figure, change, target, met = map(escape, row)
    judged = " ".join(part for part in (target, met) if part not in ("", "—"))
    bad = " bad" if met.startswith("✘") else ""
    lines = f"{name}<b>{figure}</b>较对比日{change}<br>{judged or '&nbsp;'}"
    return f'<div class="card{bad}">{lines}</div>'


def _table(item: Exhibit) -> None:
    """Title, finding, the table; of a long one the first rows and how many there are."""
    most = ROWS if item.table.height <= ROWS else FIRST
    dense = " dense" if min(item.table.height, most) > DENSE else ""
    table = html.plain_table(item.table, most) if item.table.height else ""
    st.html(
        f'{STYLE}<div class="screen{dense}"><h1>{escape(item.title)}</h1>'
        f"<p>{escape(item.finding)}</p>{table}</div>"
    )
    _corner(item.source_line)


def _topic(snapshot: Snapshot, deck: Deck, page: Page, number: int) -> None:
    """事由, 现状, the chart, who and by when, what the meeting decides."""
    if page.item is None:
        raise ValueError("a topic needs its item")
    st.html(
        f'{STYLE}<div class="screen"><h1>议题{number}：{escape(page.title)}</h1>'
        f'<p class="reason">{escape(page.item.reason)}</p></div>'
    )
    left, right = st.columns([7, 4])
    with right:
        parties = "".join(f"<p>{name}：{escape(text)}</p>" for name, text in who(page.item))
        decision = f"<div><h2>请会议决定</h2><p>{escape(asked(page.item))}</p></div>"
        st.html(f'<div class="decide">{parties}{decision}</div>')
    with left:
        if page.exhibit and page.exhibit.chart:
            named = f"{page.exhibit.title}（{page.exhibit.when}）"
            st.html(f'<div class="screen"><p>{escape(named)}</p></div>')
            _chart(page.exhibit, f"present-topic-{number}", BELOW)
        elif page.exhibit and page.exhibit.table.height:
            st.html(html.plain_table(page.exhibit.table, FIRST))
    _corner(page.exhibit.source_line if page.exhibit else deck.identity)


def _exhibit(snapshot: Snapshot, item: Exhibit, section: str = "") -> None:
    """
    Finding, title, chart or table; a click on a region shows that region's.

    `section`: of the annex, whose charts are headed by what they find; a page by its title.
    """
    region = st.session_state.get("present_region", "")
    if region and item.recipe:
        item = _of_region(snapshot, item, item.recipe, region)
    if not item.chart:
        _table(item)
        return
    title = f"{escape(item.title)}<small>{escape(item.when)}</small>"
    first, then = title, escape(item.finding)
    if section:
        first, then = then, f"{escape(section)}　{title}"
    st.html(f'{STYLE}<div class="screen"><h1>{first}</h1><p>{then}</p></div>')
    _chart(item, f"present-{item.key}-{region}", CHART, drills=True)
    _corner("按退出键返回全市；" if region else "", item.source_line)


def _chart(item: Exhibit, key: str, share: float, drills: bool = False) -> None:
    """The chart enlarged to a share of the screen's height."""
    chart.show(_figure(item, share), key, item.finding, _drill if drills else None)


def _figure(item: Exhibit, share: float) -> draw.Packed:
    """The figure for this screen; the next one's is asked for before it is shown."""
    larger, height = scale()
    return draw.packed(item, TYPE * larger, round(height * share))


def _of_region(snapshot: Snapshot, item: Exhibit, of_city: Recipe, region: str) -> Exhibit:
    """The same exhibit of a region; unchanged where it cannot be made for one."""
    try:
        return recipe.build(snapshot, replace(of_city, region=region), item.compared)
    except RecipeError:
        st.toast("该图不能按县区展开。")
        return item


def _drill(code: str) -> None:
    st.session_state["present_region"] = str(Region(code).county)


def _corner(*parts: str) -> None:
    history = history_note.unfinished(store()).partition("，")[0]
    parts = (history, *parts)
    line = "；".join(text.strip("；") for text in (*parts, WATERMARK) if text)
    st.html(f'<div class="corner">{escape(line)}</div>')
