"""Small multiples of a map of the counties."""

import polars as pl

from exhibits.draw import areas
from exhibits.draw.areas import Trace
from exhibits.draw.maps import Drawn
from exhibits.exhibit import Chart
from geo import boundaries

#: Panels a row of small multiples, and the space between them in km.
PANELS, GAP = 4, 30.0


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
        titles.append({"x": (west + east) / 2 + dx, "y": north + dy, "text": panel})
    rows_of = -(-len(panels) // PANELS)
    font = {"showarrow": False, "font": {"size": 13}, "yanchor": "bottom"}
    return [*traces, *[areas.key(label, mark) for label, mark in chart.classes]], {
        "height": 60 + 250 * max(1, rows_of),
        "annotations": [{**title, **font} for title in titles],
        "xaxis": {"visible": False, "range": [west, west + wide * PANELS]},
        "yaxis": {
            "visible": False,
            "range": [south - high * (rows_of - 1), north + GAP],
            "scaleanchor": "x",
        },
        "legend": {"orientation": "h", "y": -0.02, "yanchor": "top", "x": 0},
    }
