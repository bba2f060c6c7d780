"""Control charts: a series of month-ends or weeks with its mean and limits."""

from typing import Any

import polars as pl

from exhibits import palette
from exhibits.draw import remarks, stubs
from exhibits.draw.lines import Drawn, hidden_key
from exhibits.draw.value_axis import TICKS
from exhibits.exhibit import Chart

#: Signals of a control chart: name, symbol, colour. Shape and word go with the colour.
SIGNALS = {
    "improvement": ("异常好转", "triangle-up", palette.IMPROVEMENT),
    "concern": ("异常变差", "triangle-down", palette.CONCERN),
    "neutral": ("异常变化", "diamond", palette.MUTED),
}


def control(chart: Chart) -> Drawn:
    """A series with its mean and limits; points that a rule marked have a shape of their own."""
    data, remarked = chart.data, remarks.drawn(chart)
    x = data["x"].to_list()
    limits = [
        guide(x, data["lower"], "控制限", "dash"),
        guide(x, data["upper"], "控制限", "dash", show=False),
        guide(x, data["mean"], "平均", "solid"),
    ]
    traces = [
        *(limits if data["mean"].count() else ()),
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": chart.unit,
            "x": x,
            "y": data["y"].to_list(),
            "line": {"width": 2, "color": palette.PRIMARY},
            "marker": {"size": 6, "color": palette.PRIMARY},
            "showlegend": False,
            "hovertemplate": "%{x} %{y:,.2f}<extra></extra>",
        },
    ]
    for signal, (name, symbol, colour) in SIGNALS.items():
        rows = data.filter(pl.col("signal") == signal)
        if rows.height:
            traces.append(_marked(rows, name, symbol, colour))
    if chart.reference is not None:
        target = pl.Series([chart.reference] * len(x))
        traces.append(guide(x, target, chart.reference_name, "dot", colour=palette.CONCERN))
    if chart.adjusted:
        traces.append(_older(x, data["older"]))
    mark, label = _adjusted(chart.adjusted)
    return [*traces, *hidden_key(data)], {
        "shapes": [*mark, *remarked["shapes"]],
        "annotations": [*stubs.at_foot(data), *label, *remarked["annotations"]],
        "xaxis": {"type": "category", "nticks": TICKS, "showgrid": False, "tickangle": 0},
    }


def guide(
    x: list[str],
    y: pl.Series,
    name: str,
    dash: str,
    *,
    colour: str = palette.MUTED,
    show: bool = True,
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": x,
        "y": y.to_list(),
        "line": {"color": colour, "width": 1.2, "dash": dash},
        "showlegend": show,
        "hoverinfo": "skip",
    }


def _older(x: list[str], y: pl.Series) -> dict[str, Any]:
    """The figures by older definitions: beside the others, in grey, without limits."""
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "口径调整前",
        "x": x,
        "y": y.to_list(),
        "line": {"width": 1.5, "color": palette.OLDER},
        "marker": {"size": 5, "color": palette.OLDER},
        "hovertemplate": "口径调整前 %{x} %{y:,.2f}<extra></extra>",
    }


def _adjusted(x: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The vertical mark of the day since which the definitions hold, and its label."""
    if not x:
        return [], []
    line = {"color": palette.MUTED, "width": 1.2, "dash": "dashdot"}
    mark = {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper", "line": line}
    at = {"x": x, "y": 1, "yref": "paper", "xanchor": "left", "yanchor": "top", "showarrow": False}
    return [mark], [{**at, "text": "口径调整", "font": {"size": 12, "color": palette.MUTED}}]


def _marked(rows: pl.DataFrame, name: str, symbol: str, colour: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": rows["x"].to_list(),
        "y": rows["y"].to_list(),
        "marker": {"symbol": symbol, "size": 13, "color": colour},
        "hovertemplate": f"{name} %{{x}} %{{y:,.2f}}<extra></extra>",
    }
