"""Lines: survival steps and plain series."""

from typing import Any

import polars as pl

from exhibits import palette
from exhibits.draw import remarks, stubs, value_axis
from exhibits.exhibit import Chart

Drawn = tuple[list[dict[str, Any]], dict[str, Any]]

DASHES = ("solid", "dash", "dot", "dashdot")

#: Days after which a curve is not drawn on.
LONGEST = 730

#: By this name a phone finds the names at the ends of lines (`narrow.js`).
END = "线端"

#: Lines that are named at their ends, and how far their names are apart, as a share of the highest.
DIRECT, APART = 4, 0.07


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
    traces, names, shown = [], _named(chart.data), _shown(chart.data)
    direct = len(names) * APART <= 1
    for i, name in enumerate(names):
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
                "showlegend": not direct,
                "hovertemplate": f"{name}<br>第%{{x}}日 %{{y:.1f}}%，"
                "在观察%{customdata}<extra></extra>",
            }
        )
    half = {"type": "line", "x0": 0, "x1": 1, "xref": "paper", "y0": 50, "y1": 50}
    return traces, {
        "height": 420,
        "showlegend": not direct,
        "shapes": [{**half, "line": {"color": palette.MUTED, "width": 1, "dash": "dot"}}],
        "xaxis": {
            "title": {"text": chart.x_title},
            "nticks": value_axis.TICKS,
            "range": [0, shown],
        },
        "yaxis": {"range": [0, 101]},
        "annotations": _at_ends(chart.data.filter(pl.col("x") <= shown)) if direct else [],
        "margin": {"l": 20, "r": _beside(names if direct else []), "t": 32, "b": 20},
    }


def _shown(data: pl.DataFrame) -> float:
    """As far as some curve is above 2 %, two years at most; the tail is in the table."""
    return min(1.05 * max([10.0, *data.filter(pl.col("y") > 2)["x"]]), LONGEST)


def lines(chart: Chart) -> Drawn:
    """Plain series over time."""
    traces, remarked, names = [], remarks.drawn(chart), _named(chart.data)
    direct = len(names) <= DIRECT
    for i, name in enumerate(names):
        rows = chart.data.filter(pl.col("series") == name)
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": name,
                "x": rows["x"].to_list(),
                "y": rows["y"].to_list(),
                "line": _line(i),
                "showlegend": not direct,
                "marker": {"size": 5},
                "hovertemplate": f"%{{x}} {name} %{{y}}<extra></extra>",
            }
        )
    key = hidden_key(chart.data)
    return [*traces, *key], {
        "showlegend": bool(key) or not direct,
        "shapes": remarked["shapes"],
        "annotations": [
            *stubs.at_foot(chart.data),
            *remarked["annotations"],
            *(_at_ends(chart.data) if direct else ()),
        ],
        "margin": {"l": 20, "r": _beside(names if direct else []), "t": 24, "b": 20},
        "xaxis": {
            "type": "category",
            "tickangle": 0,
            "nticks": value_axis.TICKS,
            "title": {"text": chart.x_title},
        },
        "yaxis": {"rangemode": "tozero"},
    }


def _beside(names: list[str]) -> int:
    """Pixels for the longest of names, each behind a stroke of its line's colour."""
    return value_axis.room([f"━ {name}" for name in names])


def _at_ends(data: pl.DataFrame) -> list[dict[str, Any]]:
    """The names of lines at the right in the order of their ends, apart where these are close."""
    ends = (
        data.drop_nulls("y")
        .unique("series", keep="last", maintain_order=True)
        .sort("y", descending=True)
        .select("series", "y")
        .rows()
    )
    apart = APART * max([1.0, *data["y"].drop_nulls()])
    colours = [_line(i)["color"] for i, _ in enumerate(_named(data))]
    colour_by_name = dict(zip(_named(data), colours, strict=True))
    annotations, above = [], float("inf")
    for i, (name, y) in enumerate(ends):
        # Room below for those that are still to come.
        above = max(min(y, above - apart), (len(ends) - 1 - i) * apart)
        at = {"x": 1, "xref": "paper", "y": above, "xanchor": "left", "xshift": 6}
        text = f"<span style='color:{colour_by_name[name]}'>━</span> {name}"
        look = {"showarrow": False, "font": {"size": 12}}
        annotations.append({**at, **look, "name": END, "text": text})
    return annotations


def hidden_key(data: pl.DataFrame) -> list[dict[str, Any]]:
    return [stubs.foot_key()] if stubs.any_in(data, "y") else []
