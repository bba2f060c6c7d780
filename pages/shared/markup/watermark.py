"""The mark along the lower edge of every page: repeated, legible in a picture of the screen."""

from base64 import b64encode
from html import escape

import streamlit as st

from exhibits import palette
from exhibits.wording.mark import WATERMARK, Mark, marked
from queries.access import User

#: A tile of the strip in pixels, and the size of its text.
WIDE, HIGH, SIZE = 520, 22, 12

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
        ".board-watermark { position: fixed; inset: auto 0 0 0; pointer-events: none;\n"
        f"  height: {HIGH}px; z-index: 2000000; border-top: 1px solid {palette.LINE};\n"
        f"  background: {palette.BAND} url('data:image/svg+xml;base64,{tiles}') repeat-x; }}"
        "</style>"
        '<div class="board-watermark" aria-hidden="true"></div>'
    )


def tile(mark: Mark) -> str:
    """One tile as SVG."""
    text = " · ".join((WATERMARK, mark.who, mark.when))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{HIGH}">'
        f'<text x="12" y="{HIGH - 6}" font-family="{FONT}" font-size="{SIZE}" '
        f'fill="{palette.MUTED}">{escape(_clean(text))}</text></svg>'
    )


def _clean(line: str) -> str:
    """Without characters that XML forbids, which would break the picture."""
    return "".join(letter for letter in line if letter.isprintable())
