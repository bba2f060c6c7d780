"""Chart descriptions drawn with Plotly, the same on screen and in an exported image."""

import plotly.graph_objects as go
import polars as pl

from exhibits import palette
from exhibits.exhibit import Chart, Exhibit

FONT = '"Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", sans-serif'
DASHES = ("solid", "dash", "dot", "dashdot")


def figure(exhibit: Exhibit) -> go.Figure:
    """The exhibit's chart; colours by the palette, never by colour alone."""
    draw = {"bar": _bar, "stacked": _stacked, "step": _step, "line": _line}
    chart = exhibit.chart
    drawn = go.Figure()
    draw[chart.kind](drawn, chart, exhibit.table)
    drawn.update_layout(
        template="none",
        font={"family": FONT, "size": 14, "color": palette.INK},
        margin={"l": 60, "r": 20, "t": 10, "b": 60},
        height=380,
        paper_bgcolor=palette.GROUND,
        plot_bgcolor=palette.GROUND,
        legend={"orientation": "h", "y": -0.18},
        hoverlabel={"font": {"family": FONT}},
        yaxis={"title": chart.unit, "gridcolor": palette.LINE, "rangemode": "tozero"},
        xaxis={"automargin": True},
    )
    return drawn


def _bar(drawn: go.Figure, chart: Chart, table: pl.DataFrame) -> None:
    values = table[chart.y].to_list()
    whiskers = None
    if chart.lower:
        known = table.select(
            up=(pl.col(chart.upper) - pl.col(chart.y)).fill_null(0),
            down=(pl.col(chart.y) - pl.col(chart.lower)).fill_null(0),
        )
        whiskers = {
            "type": "data",
            "symmetric": False,
            "array": known["up"].to_list(),
            "arrayminus": known["down"].to_list(),
            "color": palette.MUTED,
            "thickness": 1.2,
        }
    drawn.add_bar(
        x=table[chart.x].to_list(),
        y=values,
        error_y=whiskers,
        marker_color=palette.PRIMARY,
        text=["" if v is None else f"{v:g}" if v == round(v) else f"{v:.2f}" for v in values],
        textposition="inside",
        insidetextanchor="start",
        name=chart.y,
    )


def _stacked(drawn: go.Figure, chart: Chart, table: pl.DataFrame) -> None:
    for colour, name in zip(palette.SERIES, _series(chart, table), strict=False):
        rows = table.filter(pl.col(chart.series) == name)
        drawn.add_bar(
            x=rows[chart.x].to_list(), y=rows[chart.y].to_list(), name=name, marker_color=colour
        )
    drawn.update_layout(barmode="stack")


def _step(drawn: go.Figure, chart: Chart, table: pl.DataFrame) -> None:
    for i, name in enumerate(_series(chart, table)):
        rows = table.filter(pl.col(chart.series) == name)
        drawn.add_scatter(
            x=[0, *rows[chart.x].to_list()],
            y=[100, *rows[chart.y].to_list()],
            name=name,
            mode="lines",
            line={
                "shape": "hv",
                "width": 2,
                "color": palette.SERIES[i % len(palette.SERIES)],
                "dash": DASHES[i // len(palette.SERIES) % len(DASHES)],
            },
        )
    drawn.update_xaxes(title=chart.x)


def _line(drawn: go.Figure, chart: Chart, table: pl.DataFrame) -> None:
    x = table[chart.x].to_list()
    for column, name in ((chart.lower, "控制下限"), (chart.upper, "控制上限")):
        drawn.add_scatter(
            x=x,
            y=table[column].to_list(),
            name=name,
            mode="lines",
            line={"color": palette.MUTED, "width": 1, "dash": "dash"},
        )
    drawn.add_scatter(
        x=x,
        y=table[chart.y].to_list(),
        name=chart.y,
        mode="lines+markers",
        line={"color": palette.PRIMARY, "width": 2},
    )


def _series(chart: Chart, table: pl.DataFrame) -> list[str]:
    return table[chart.series].unique(maintain_order=True).to_list()
