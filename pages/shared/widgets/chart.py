"""A chart on a page: its figure is drawn in place when it changes, by our own part of Plotly."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from exhibits import draw
from pages.shared.server import scripts

HTML = """
<style>
/* As wide as its place, not as its drawing: a phone that is turned would keep the wider one. */
.board-chart { contain: inline-size; width: 100%; }
.board-chart[data-state=waiting] > * { visibility: hidden; }
</style>
<div class="board-chart" role="figure" data-state="waiting"></div>
"""

#: What a phone needs stands before what draws.
_script = "".join(
    Path(__file__).with_name(name).read_text("utf-8") for name in ("narrow.js", "chart.js")
)
_component = st.components.v2.component(
    "chart",
    html=HTML,
    js=_script.replace("__BUNDLE__", scripts.PLOTLY.lstrip("/")),
    # Plotly's style sheet stands in the document.
    isolate_styles=False,
)


def show(
    packed: draw.Packed, key: str, alt: str, on_click: Callable[[str], None] | None = None
) -> None:
    """
    The chart of a figure; `alt` says in words what it shows.

    `on_click`: told the code of the region that was clicked.
    """
    data = {
        "name": packed.name,
        "text": packed.text,
        "height": packed.height,
        "alt": alt,
        "live": on_click is not None,
    }

    def clicked() -> None:
        if on_click and (code := st.session_state[key].clicked):
            on_click(code)

    _component(key=key, data=data, on_clicked_change=clicked)
