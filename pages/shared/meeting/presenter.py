"""Full-screen mode: one exhibit a screen, moved by keys, a clicker or its own pace."""

from dataclasses import replace
from html import escape
from pathlib import Path

import streamlit as st

from briefing.meeting.deck import Deck
from exhibits import draw, palette, recipe
from exhibits.exhibit import Exhibit, Recipe
from exhibits.recipe import RecipeError
from exhibits.wording.mark import WATERMARK
from pages.shared.markup import html, style
from pages.shared.widgets import history_note
from queries.region import Region
from queries.scope import Snapshot, store

#: The screen that sizes are meant for; others are scaled to it.
WIDTH, HEIGHT = 1920, 1080

#: Share of the screen's height that a chart takes, and its type against that of a page.
CHART, TYPE = 0.72, 1.65

#: Rows of a table that are legible from the back of a room.
ROWS = 12

PACES = {0: "手动", 10: "10秒", 20: "20秒", 30: "30秒", 60: "60秒"}

OPTIONS = "".join(f'<option value="{pace}">{name}</option>' for pace, name in PACES.items())

STYLE = f"""{style.STYLE}
<style>
html {{ font-size: min(calc(100vw / 96), calc(100vh / 54)) !important; }}
[data-testid=stHeader], [data-testid=stToolbar], [data-testid=stDecoration] {{ display: none; }}
.stMainBlockContainer {{ padding: 1.1rem 2rem 0 !important; max-width: none !important; }}
[data-testid=stMain] {{ overflow: hidden; }}
.screen h1 {{ font-size: 1.95rem; line-height: 1.35; color: {palette.PRIMARY}; margin: 0;
  padding: 0; min-height: 2.6rem; }}
.screen p {{ font-size: 1.05rem; color: {palette.MUTED}; margin: .3rem 0 0; }}
.screen.cover {{ padding: 14rem 4rem 0; border-left: 1.2rem solid {palette.PRIMARY};
  height: 48rem; }}
.screen.cover h1 {{ font-size: 3.6rem; }}
.screen.cover p {{ font-size: 1.6rem; margin-top: 1.6rem; }}
.screen ol {{ font-size: 1.45rem; line-height: 1.45; margin: 1rem 0 0 1.2rem; color: {palette.INK};
  columns: 2; column-gap: 3rem; }}
.screen ol small {{ display: block; font-size: 1rem; color: {palette.MUTED}; }}
.screen li {{ break-inside: avoid; margin-bottom: .7rem; }}
.screen .board-table th {{ font-size: 1.1rem; text-align: right; }}
.screen .board-table td {{ font-size: 1.25rem; padding: .55rem .7rem; }}
.screen .board-scroll {{ max-height: 40rem; overflow: hidden; margin-top: 1rem; }}
.corner {{ position: fixed; left: 2rem; bottom: .7rem; font-size: .85rem;
  color: {palette.MUTED}; }}
[class*="st-key-presenter"] {{ position: fixed; right: 2rem; bottom: .5rem; width: 16rem;
  z-index: 9; }}
</style>
"""

BAR = f"""
<style>
.presenter {{ display: flex; gap: .8rem; align-items: center; justify-content: flex-end;
  font: .85rem sans-serif; color: {palette.MUTED}; }}
.presenter-whole {{ width: 7rem; height: .3rem; background: {palette.LINE}; }}
.presenter-done {{ height: 100%; background: {palette.PRIMARY}; }}
.presenter select {{ font-size: .85rem; color: {palette.MUTED}; background: {palette.GROUND};
  border: 1px solid {palette.LINE}; }}
</style>
<div class="presenter"><div class="presenter-whole"><div class="presenter-done"></div></div>
<span class="presenter-count"></span>
<select aria-label="自动播放间隔">{OPTIONS}</select></div>
"""

_bar = st.components.v2.component(
    "presenter", html=BAR, js=(Path(__file__).with_name("presenter.js")).read_text("utf-8")
)


def keys(at: int, of: int) -> str:
    """Shows the bar that listens for keys; returns next, previous, first, last, back or nothing."""
    state = st.session_state.get("presenter", {})
    data = {
        "at": at,
        "of": of,
        "pace": state.get("pace", 0),
        "size": state.get("size", f"{WIDTH}x{HEIGHT}"),
    }
    with st.container(key="presenter-bar"):
        result = _bar(
            key="presenter",
            data=data,
            on_go_change=lambda: None,
            on_size_change=lambda: None,
            on_pace_change=lambda: None,
        )
    return result.go or ""


def _scale() -> tuple[float, int]:
    """How much larger than on a 1080p screen, and the height in pixels."""
    size = st.session_state.get("presenter", {}).get("size") or f"{WIDTH}x{HEIGHT}"
    width, height = (int(length) for length in size.split("x"))
    return min(width / WIDTH, height / HEIGHT), height


def cover(deck: Deck) -> None:
    """Title, both days, snapshot."""
    lines = (deck.subtitle, deck.identity, WATERMARK)
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines)
    st.html(f'{STYLE}<div class="screen cover"><h1>{escape(deck.title)}</h1>{paragraphs}</div>')


def agenda(deck: Deck) -> None:
    """What is discussed, and why."""
    lines = "".join(
        f"<li>{escape(item.title)}<small>{escape(item.reason)}{escape(item.proposal)}</small></li>"
        for item in deck.agenda
    )
    st.html(f'{STYLE}<div class="screen"><h1>议题</h1><ol>{lines}</ol></div>')
    _corner(deck.subtitle, deck.identity)


def exhibit(snapshot: Snapshot, item: Exhibit, section: str) -> None:
    """Finding, title, chart or table; a click on a region shows that region's."""
    region = st.session_state.get("present_region", "")
    if region and item.recipe:
        item = _of_region(snapshot, item, item.recipe, region)
    table = "" if item.chart else html.plain_table(item.table, ROWS)
    st.html(
        f'{STYLE}<div class="screen"><h1>{escape(item.finding)}</h1>'
        f"<p>{escape(section)}　{escape(item.title)}</p>{table}</div>"
    )
    if item.chart:
        scale, height = _scale()
        figure = draw.enlarged(item, TYPE * scale, round(height * CHART))
        key = f"present-{item.key}-{region}"
        st.plotly_chart(
            figure,
            theme=None,
            key=key,
            config={"displayModeBar": False, "responsive": True},
            on_select=lambda: _drill(key),
            selection_mode="points",
            alt=item.finding,
        )
    back = "按退出键返回全市；" if region else ""
    _corner(back, item.source_line)


def _of_region(snapshot: Snapshot, item: Exhibit, of_city: Recipe, region: str) -> Exhibit:
    """The same exhibit of a region; unchanged where it cannot be made for one."""
    try:
        return recipe.build(snapshot, replace(of_city, region=region), item.compared)
    except RecipeError:
        st.toast("该图不能按县区展开。")
        return item


def _drill(key: str) -> None:
    points = st.session_state[key]["selection"]["points"]
    code = next((p["customdata"] for p in points if p.get("customdata")), "")
    code = code[0] if isinstance(code, list) else code
    if code:
        st.session_state["present_region"] = str(Region(code).county)


def _corner(*parts: str) -> None:
    history = history_note.unfinished(store()).partition("，")[0]
    parts = (history, *parts)
    line = "；".join(text.strip("；") for text in (*parts, WATERMARK) if text)
    st.html(f'<div class="corner">{escape(line)}</div>')
