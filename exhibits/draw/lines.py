"""Lines: survival steps and plain series."""

from typing import Any

import polars as pl

from exhibits import palette
from exhibits.draw import remarks, stubs
from exhibits.exhibit import Chart

Drawn = tuple[list[dict[str, Any]], dict[str, Any]]

DASHES = ("solid", "dash", "dot", "dashdot")


def _line(i: int) -> dict[str, Any]:
    colours = palette.SERIES
    return {
        "width": 2,
        "color": colours[i % len(colours)],
        "dash": DASHES[i // len(colours) % len(DASHES)],
    }


def _named(data: pl.DataFrame) -> list[str]:
    return data["series"].unique(maintain_order=True).to_list()


def steps(chart: Chart) -> Drawn:
    """Survival curves; hover gives the number still under observation."""
    traces = []
    for i, name in enumerate(_named(chart.data)):
        rows = chart.data.filter(pl.col("series") == name)
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": name,
                "x": [0, *rows["x"].to_list()],
                "y": [100, *rows["y"].to_list()],
                "customdata": stubs.observed(rows["at_risk"]),
                "line": {**_line(i), "shape": "hv"},
                "hovertemplate": f"{name}<br>第%{{x}}日 %{{y:.1f}}%，"
                "在观察%{customdata}<extra></extra>",
            }
        )
    half = {"type": "line", "x0": 0, "x1": 1, "xref": "paper", "y0": 50, "y1": 50}
    return traces, {
        "height": 420,
        "shapes": [{**half, "line": {"color": palette.MUTED, "width": 1, "dash": "dot"}}],
        "xaxis": {"title": {"text": chart.x_title}, "range": [0, _shown(chart.data)]},
        "yaxis": {"title": {"text": chart.unit}, "range": [0, 101]},
        "legend": {"orientation": "h", "y": -0.22, "x": 0},
    }


def _shown(data: pl.DataFrame) -> float:
    """As far as some curve is above 2 %; the tail is in the table."""
    return 1.05 * max([10.0, *data.filter(pl.col("y") > 2)["x"]])


def lines(chart: Chart) -> Drawn:
    """Plain series over time."""
    traces, remarked = [], remarks.drawn(chart)
    for i, name in enumerate(_named(chart.data)):
        rows = chart.data.filter(pl.col("series") == name)
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": name,
                "x": rows["x"].to_list(),
                "y": rows["y"].to_list(),
                "line": _line(i),
                "marker": {"size": 5},
                "hovertemplate": f"%{{x}} {name} %{{y}}<extra></extra>",
            }
        )
    return [*traces, *hidden_key(chart.data)], {
        "shapes": remarked["shapes"],
        "annotations": [*stubs.at_foot(chart.data), *remarked["annotations"]],
        "xaxis": {
            "type": "category",
            "tickangle": 0,
            "nticks": 12,
            "title": {"text": chart.x_title},
        },
        "yaxis": {"title": {"text": chart.unit}, "rangemode": "tozero"},
    }


def hidden_key(data: pl.DataFrame) -> list[dict[str, Any]]:
    return [stubs.foot_key()] if stubs.any_in(data, "y") else []
