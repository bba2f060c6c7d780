"""Funnel charts: rates against the number of cases, between limits of chance."""

import polars as pl

from exhibits import palette
from exhibits.draw.control import guide
from exhibits.draw.lines import Drawn
from exhibits.draw.value_axis import TICKS
from exhibits.exhibit import Chart
from geo import labels

FUNNEL_MARKS = {
    "improvement": ("优于全市", "triangle-up", palette.IMPROVEMENT),
    "concern": ("劣于全市", "triangle-down", palette.CONCERN),
    "usual": ("正常波动范围", "circle", palette.MUTED),
}


#: Where a name stands beside its point, in Plotly's words.
SIDES = {
    "right": "middle right",
    "left": "middle left",
    "above": "top center",
    "below": "bottom center",
    "upper right": "top right",
    "lower right": "bottom right",
    "upper left": "top left",
    "lower left": "bottom left",
}

#: Letters that stand beside and above one another on a phone's plot.
ACROSS, UP = 24.0, 18.0


def _sides(chart: Chart) -> dict[str, str]:
    """The side of each point on which its name lies over no other, those of concern first."""
    points, most = chart.data, chart.data["x"].max() or 1
    guides = chart.guides if chart.guides is not None else points.clear()
    drawn = [v for c in ("lower_998", "upper_998") for v in guides[c]] + points["y"].to_list()
    low, high = min(drawn), max(drawn)
    placed = [
        labels.Point(label, label, x / most * (ACROSS - 3), (y - low) / (high - low or 1) * UP, 0.5)
        for label, x, y in points.sort(pl.col("mark") != "concern").select("label", "x", "y").rows()
    ]
    return labels.sides(placed, (), (0.0, -2.0, ACROSS, UP + 2), [1.0])


def funnel(chart: Chart) -> Drawn:
    """Rates against the number of cases; outside the limits is more than chance."""
    guides, data = chart.guides, chart.data
    assert guides is not None, "a funnel chart has guides"
    x, sides = guides["x"].to_list(), _sides(chart)
    traces = [
        {**guide(x, guides[column], name, dash), "showlegend": column.startswith("lower")}
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
                "text": [label if label in sides else "" for label in rows["label"]],
                "hovertext": rows["label"].to_list(),
                "customdata": rows["code"].to_list(),
                "textposition": [SIDES[sides.get(label, "above")] for label in rows["label"]],
                "textfont": {"size": 12},
                "marker": {"symbol": symbol, "size": 11, "color": colour},
                "hovertemplate": "%{hovertext} %{y:.2f}%（%{x:,}）<extra></extra>",
            }
        )
    middle = pl.Series([chart.reference] * len(x))
    traces.append(guide(x, middle, chart.reference_name, "dot", colour=palette.INK))
    return traces, {
        "height": 460,
        "xaxis": {
            "title": {"text": chart.x_title},
            "nticks": TICKS,
            "rangemode": "tozero",
            "tickformat": ",d",
        },
    }
