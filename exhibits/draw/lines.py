"""Lines: survival steps, control charts, plain series, funnels."""

from typing import Any

import polars as pl

from exhibits import palette
from exhibits.draw import stubs
from exhibits.exhibit import Chart

Drawn = tuple[list[dict[str, Any]], dict[str, Any]]

DASHES = ("solid", "dash", "dot", "dashdot")

#: Signals of a control chart: name, symbol, colour. Shape and word go with the colour.
SIGNALS = {
    "improvement": ("好转信号", "triangle-up", palette.IMPROVEMENT),
    "concern": ("变差信号", "triangle-down", palette.CONCERN),
    "neutral": ("变化信号", "diamond", palette.MUTED),
}


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
    """Survival curves; hover tells how many are still observed."""
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
    above = data.filter(pl.col("y") > 2)
    return 1.05 * max(above["x"].max() or 0, 10)


def lines(chart: Chart) -> Drawn:
    """Plain series over time."""
    traces = []
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
    return [*traces, *_hidden_key(chart.data)], {
        "annotations": stubs.at_foot(chart.data),
        "xaxis": {
            "type": "category",
            "tickangle": 0,
            "nticks": 12,
            "title": {"text": chart.x_title},
        },
        "yaxis": {"title": {"text": chart.unit}, "rangemode": "tozero"},
    }


def _hidden_key(data: pl.DataFrame) -> list[dict[str, Any]]:
    return [stubs.foot_key()] if stubs.any_in(data, "y") else []


def control(chart: Chart) -> Drawn:
    """A series with its mean and limits; points that a rule marked have a shape of their own."""
    data = chart.data
    x = data["x"].to_list()
    traces = [
        _guide(x, data["lower"], "控制限", "dash"),
        _guide(x, data["upper"], "控制限", "dash", show=False),
        _guide(x, data["mean"], "平均", "solid"),
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
        traces.append(_guide(x, target, chart.reference_name, "dot", colour=palette.CONCERN))
    return [*traces, *_hidden_key(data)], {
        "annotations": stubs.at_foot(data),
        "xaxis": {"type": "category", "nticks": 9, "showgrid": False, "tickangle": 0},
        "yaxis": {"title": {"text": chart.unit}},
    }


def _guide(
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


def funnel(chart: Chart) -> Drawn:
    """Rates against the number of cases; outside the limits is more than chance."""
    guides, data = chart.guides, chart.data
    x = guides["x"].to_list()
    traces = [
        {**_guide(x, guides[column], name, dash), "showlegend": column.startswith("lower")}
        for name, dash, columns in (
            ("95%限", "dash", ("lower_95", "upper_95")),
            ("99.8%限", "solid", ("lower_998", "upper_998")),
        )
        for column in columns
    ]
    for mark, (name, symbol, colour) in FUNNEL_MARKS.items():
        rows = data.filter(pl.col("mark") == mark)
        traces.append(
            {
                "type": "scatter",
                "mode": "markers+text",
                "name": name,
                "x": rows["x"].to_list(),
                "y": rows["y"].to_list(),
                "text": rows["label"].to_list(),
                "customdata": rows["code"].to_list(),
                "textposition": "top center",
                "textfont": {"size": 12},
                "marker": {"symbol": symbol, "size": 11, "color": colour},
                "hovertemplate": "%{text} %{y:.2f}%（%{x:,}）<extra></extra>",
            }
        )
    middle = pl.Series([chart.reference] * len(x))
    traces.append(_guide(x, middle, chart.reference_name, "dot", colour=palette.INK))
    return traces, {
        "height": 420,
        "xaxis": {"title": {"text": chart.x_title}, "rangemode": "tozero", "tickformat": ",d"},
        "yaxis": {"title": {"text": chart.unit}},
    }


FUNNEL_MARKS = {
    "improvement": ("优于全市", "triangle-up", palette.IMPROVEMENT),
    "concern": ("劣于全市", "triangle-down", palette.CONCERN),
    "usual": ("正常波动范围", "circle", palette.MUTED),
}
