"""Funnel charts: rates against the number of cases, between limits of chance."""

import polars as pl

from exhibits import palette
from exhibits.draw.control import guide
from exhibits.draw.lines import Drawn
from exhibits.exhibit import Chart

FUNNEL_MARKS = {
    "improvement": ("优于全市", "triangle-up", palette.IMPROVEMENT),
    "concern": ("劣于全市", "triangle-down", palette.CONCERN),
    "usual": ("正常波动范围", "circle", palette.MUTED),
}


def funnel(chart: Chart) -> Drawn:
    """Rates against the number of cases; outside the limits is more than chance."""
    guides, data = chart.guides, chart.data
    assert guides is not None, "a funnel chart has guides"
    x = guides["x"].to_list()
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
                "text": rows["label"].to_list(),
                "customdata": rows["code"].to_list(),
                "textposition": "top center",
                "textfont": {"size": 12},
                "marker": {"symbol": symbol, "size": 11, "color": colour},
                "hovertemplate": "%{text} %{y:.2f}%（%{x:,}）<extra></extra>",
            }
        )
    middle = pl.Series([chart.reference] * len(x))
    traces.append(guide(x, middle, chart.reference_name, "dot", colour=palette.INK))
    return traces, {
        "height": 460,
        "xaxis": {"title": {"text": chart.x_title}, "rangemode": "tozero", "tickformat": ",d"},
        "yaxis": {"title": {"text": chart.unit}},
        "legend": {"yref": "container", "y": 0, "yanchor": "bottom"},
    }
