"""Small multiples of a map of the counties."""

import textwrap

import polars as pl

from exhibits.draw import areas, value_axis
from exhibits.draw.areas import Trace
from exhibits.draw.maps import Drawn
from exhibits.exhibit import Chart
from geo import boundaries

#: Letters of a line above a panel.
LETTERS = 7

#: Panels a row of small multiples, and the space between them in km.
PANELS, GAP = 3, 75.0


def _lines(panel: str) -> str:
    """A name in lines that a panel has room for on a phone."""
    count = -(-len(panel) // LETTERS)
    return "<br>".join(textwrap.wrap(panel, -(-len(panel) // count)))


def several(chart: Chart) -> Drawn:
    """Small multiples: the same map a panel, side by side on one pair of axes."""
    west, south, east, north = boundaries.window()
    wide, high = east - west, north - south + GAP
    panels = chart.data["panel"].unique(maintain_order=True).to_list()
    traces: list[Trace] = []
    titles = []
    for i, panel in enumerate(panels):
        rows = chart.data.filter(pl.col("panel") == panel)
        marks = areas.marks(rows)
        dx, dy = wide * (i % PANELS), -high * (i // PANELS)
        traces += [areas.fill(c, marks.get(c.code, "none"), dx, dy) for c in boundaries.counties()]
        titles.append({"x": (west + east) / 2 + dx, "y": north + dy, "text": _lines(panel)})
    rows_of = -(-len(panels) // PANELS)
    font = {"showarrow": False, "font": {"size": 12}, "yanchor": "bottom"}
    return [*traces, *[areas.key(label, mark) for label, mark in chart.classes]], {
        "height": 60 + 220 * max(1, rows_of),
        "annotations": [{**title, **font} for title in titles],
        "xaxis": areas.axis(west, west + wide * PANELS),
        "yaxis": {
            **areas.axis(south - high * (rows_of - 1), north + GAP),
            "scaleanchor": "x",
            "constraintoward": "top",
        },
        "legend": value_axis.ON_TOP,
    }
