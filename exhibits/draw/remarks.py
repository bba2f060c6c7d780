"""Remarks on a line chart: a dotted line at a month, and the text beside it."""

import textwrap
from typing import Any

from exhibits import palette
from exhibits.exhibit import Chart

#: Characters on a line of a text, heights at which neighbours stand, share of the height between.
CHARACTERS, HEIGHTS, STEP = 14, 3, 0.14


def drawn(chart: Chart) -> dict[str, list[dict[str, Any]]]:
    """Shapes and annotations of the remarks at places that the chart has."""
    places = chart.data["x"].unique(maintain_order=True).to_list()
    shown = [(x, text) for x, text in chart.remarks if x in places]
    line = {"color": palette.MUTED, "width": 1.2, "dash": "dot"}
    across = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "line": line}
    return {
        "shapes": [{**across, "x0": x, "x1": x} for x, _ in shown],
        "annotations": [
            _text(text, x, i, is_right=2 * places.index(x) > len(places))
            for i, (x, text) in enumerate(shown)
        ],
    }


def _text(text: str, x: str, number: int, *, is_right: bool) -> dict[str, Any]:
    """Towards the middle of the chart, one below the other."""
    return {
        "x": x,
        "y": 1 - STEP * (number % HEIGHTS),
        "yref": "paper",
        "xanchor": "right" if is_right else "left",
        "yanchor": "top",
        "align": "left",
        "showarrow": False,
        "text": "<br>".join(textwrap.wrap(text, CHARACTERS)),
        "font": {"size": 12, "color": palette.INK},
        "bgcolor": "rgba(255,255,255,0.8)",
    }
