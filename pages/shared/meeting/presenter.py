"""The bar of full-screen mode: keys, a clicker or its own pace; and how a screen looks."""

from pathlib import Path

import streamlit as st

from exhibits import palette
from pages.shared.markup import style

#: The screen that sizes are meant for; others are scaled to it.
WIDTH, HEIGHT = 1920, 1080

#: The least size of type beside that on a 1080p screen: a phone shows a screen that scrolls.
LEAST = 0.6

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
.screen h1 small, .screen p small {{ font-size: 1.05rem; font-weight: 400; margin-left: .8rem;
  color: {palette.MUTED}; white-space: nowrap; }}
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
.screen .board-table th.text {{ text-align: left; }}
.screen .board-table td {{ font-size: 1.25rem; padding: .55rem .7rem; }}
.screen .board-scroll {{ max-height: none; overflow: visible; margin-top: 1rem; }}
.screen.dense .board-table th {{ padding: .2rem .7rem; }}
.screen.dense .board-table td {{ font-size: 1.15rem; padding: .16rem .7rem; }}
.screen .lines {{ columns: 1; font-size: 1.6rem; }}
.screen .numbers {{ display: grid; grid-template-columns: repeat(3, 1fr); gap: 1rem;
  margin-top: 1.4rem; }}
.screen .numbers .card {{ background: {palette.BAND}; border: 1px solid {palette.LINE};
  padding: .8rem 1.1rem; font-size: 1.1rem; color: {palette.MUTED}; }}
.screen .numbers b {{ display: block; font-size: 2rem; color: {palette.PRIMARY}; }}
.screen .numbers .bad, .screen .numbers .bad b {{ color: {palette.CONCERN}; }}
.screen p.reason {{ color: {palette.INK}; font-size: 1.15rem; }}
.decide p {{ font-size: 1.25rem; margin: 0 0 .4rem; color: {palette.INK}; }}
.decide div {{ border: 3px solid {palette.CONCERN}; background: {palette.CONCERN_PALE};
  padding: 1.1rem 1.3rem; margin-top: 1.2rem; }}
.decide h2 {{ font-size: 1.5rem; color: {palette.CONCERN}; margin: 0 0 .5rem; padding: 0; }}
.decide div p {{ font-size: 1.5rem; font-weight: 700; margin: 0; line-height: 1.45; }}
.corner {{ position: fixed; left: 2rem; bottom: 1.9rem; font-size: .85rem;
  color: {palette.MUTED}; }}
[class*="st-key-presenter"] {{ position: fixed; right: 2rem; bottom: 1.7rem; width: 16rem;
  z-index: 9; }}
@media (max-width: 600px), (max-height: 500px) {{
  html {{ font-size: {20 * LEAST}px !important; }}
  [data-testid=stMain] {{ overflow: auto; }}
  .stMainBlockContainer {{ padding-bottom: 5rem !important; }}
  .corner {{ position: static; }}
  [class*="st-key-presenter"] {{ right: 0; background: {palette.GROUND}; padding: 0 .6rem; }}
  .screen .numbers {{ grid-template-columns: repeat(2, 1fr); }}
  .screen ol {{ columns: 1; }}
  .screen.cover {{ padding: 6rem 1.5rem 0; height: 30rem; }} }}
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
    """Shows the bar that listens for keys; returns the screen to go to, back or nothing."""
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


def scale() -> tuple[float, int]:
    """How much larger than on a 1080p screen, legible on a phone; the height in pixels."""
    size = st.session_state.get("presenter", {}).get("size") or f"{WIDTH}x{HEIGHT}"
    width, height = (int(length) for length in size.split("x"))
    return max(min(width / WIDTH, height / HEIGHT), LEAST), height
