"""The spine chart: where one area stands between the worst and the best county."""

from typing import Any

import polars as pl

from exhibits import palette
from exhibits.draw import value_axis
from exhibits.draw.bars import Drawn
from exhibits.exhibit import Chart

#: Height of a line, and of what stands around them.
ROW, AROUND = 30, 90

#: Where the axis ends, just beyond the best county.
RIGHT = 109

MARKS = {
    "improvement": ("优于全市", "triangle-up", palette.IMPROVEMENT),
    "concern": ("劣于全市", "triangle-down", palette.CONCERN),
    "usual": ("与全市无显著差异", "circle", palette.MUTED),
}


def spine(chart: Chart) -> Drawn:
    """Where one area stands between the worst and the best county; the city is the middle."""
    data = chart.data
    labels = data["label"].to_list()
    base = {"y": labels, "orientation": "h", "hoverinfo": "skip", "type": "bar"}
    span = (data["high"] - data["low"]).to_list()
    traces: list[dict[str, Any]] = [
        {
            **base,
            "x": span,
            "base": data["low"].to_list(),
            "marker": {"color": palette.LAND},
            "name": "各县区范围（左：最差，右：最好）",
        },
        _dots(data, "last", "diamond-open", palette.MUTED, "对比日"),
    ]
    for mark, (name, symbol, colour) in MARKS.items():
        rows = data.filter(pl.col("mark") == mark)
        traces.append(_dots(rows, "value", symbol, colour, name))
    traces.append(_column(data))
    row, ticks = value_axis.wrapped(labels, ROW)
    middle = {"type": "line", "x0": 50, "x1": 50, "y0": 0, "y1": 1, "yref": "paper"}
    return traces, {
        "shapes": [{**middle, "line": {"color": palette.INK, "width": 1.5}}],
        "height": len(labels) * row + AROUND,
        "margin": {"l": 20, "r": value_axis.room(data["text"].to_list()), "t": 24, "b": 20},
        "bargap": 0.45,
        "xaxis": {"range": [-6, RIGHT], "showticklabels": False, "showgrid": False},
        "yaxis": {
            "type": "category",
            **ticks,
            "categoryorder": "array",
            "categoryarray": labels,
            "range": [len(labels) - 0.5, -0.5],
            "showgrid": False,
        },
        "legend": {"orientation": "h", "yref": "paper", "y": 1.01, "yanchor": "bottom", "x": 0},
    }


def _column(data: pl.DataFrame) -> dict[str, Any]:
    """The area's figures and the city's, one below the other at the right."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": [RIGHT] * data.height,
        "y": data["label"].to_list(),
        "text": data["text"].to_list(),
        "textposition": "middle right",
        "textfont": {"size": 12, "color": palette.INK},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _dots(rows: pl.DataFrame, column: str, symbol: str, colour: str, name: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": rows[column].to_list(),
        "y": rows["label"].to_list(),
        "name": name,
        "marker": {"symbol": symbol, "size": 12, "color": colour},
        "hovertext": rows["text"].to_list(),
        "hovertemplate": "%{y}：%{hovertext}<extra></extra>",
    }
