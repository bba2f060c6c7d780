"""The watermark over every page: pale, slantwise, repeated; clicks go through it."""

from base64 import b64encode
from html import escape

import streamlit as st

from exhibits import palette
from exhibits.wording.mark import WATERMARK, Mark, marked
from queries.access import User

#: A tile of the pattern in pixels, and how dark its text is (0–1).
WIDE, HIGH, FAINT = 460, 300, 0.065

FONT = "Microsoft YaHei, PingFang SC, Noto Sans CJK SC, sans-serif"


def show(user: User) -> None:
    """Shows it over the page, with the minute of this run."""
    # In a container out of the flow, so that it leaves no gap above the title.
    with st.container(key="watermark"):
        st.html(overlay(marked(user.account, user.unit)))


def overlay(mark: Mark) -> str:
    """The layer and its style; the text is in a picture, so it is not parsed as markup."""
    tiles = b64encode(tile(mark).encode()).decode()
    return (
        "<style>.st-key-watermark { position: absolute; height: 0; }\n"
        ".board-watermark { position: fixed; inset: 0; pointer-events: none; z-index: 2000000;\n"
        f"  background: url('data:image/svg+xml;base64,{tiles}') repeat; }}</style>"
        '<div class="board-watermark" aria-hidden="true"></div>'
    )


def tile(mark: Mark) -> str:
    """One tile as SVG."""
    lines = (WATERMARK, mark.who, mark.when)
    spans = "".join(
        f'<tspan x="{WIDE / 2:.0f}" dy="{24 if i else -20}">{escape(_clean(line))}</tspan>'
        for i, line in enumerate(lines)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{HIGH}">'
        f'<text transform="rotate(-22 {WIDE / 2:.0f} {HIGH / 2:.0f})" y="{HIGH / 2:.0f}" '
        f'text-anchor="middle" font-family="{FONT}" font-size="16" '
        f'fill="{palette.INK}" fill-opacity="{FAINT}">{spans}</text></svg>'
    )


def _clean(line: str) -> str:
    """Without characters that XML forbids, which would break the picture."""
    return "".join(letter for letter in line if letter.isprintable())
