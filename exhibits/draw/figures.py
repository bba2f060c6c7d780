"""An exhibit's chart as a Plotly figure: how every kind is drawn, and what all figures share."""

from typing import Any

import plotly.graph_objects as go

from exhibits import palette
from exhibits.draw import (
    bars,
    control,
    enlarge,
    flow,
    funnel,
    lines,
    maps,
    matrix,
    small_maps,
    spine,
    value_axis,
)
from exhibits.draw.arrange import arranged
from exhibits.exhibit import Exhibit
from queries.cache import cached

FONT = '"Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", sans-serif'

DRAWN_BY = {
    "bars": bars.bars,
    "spine": spine.spine,
    "steps": lines.steps,
    "control": control.control,
    "lines": lines.lines,
    "funnel": funnel.funnel,
    "matrix": matrix.matrix,
    "map": maps.one,
    "maps": small_maps.several,
    "flow": flow.flow,
}

LAYOUT: dict[str, Any] = {
    "font": {"family": FONT, "size": 14, "color": palette.INK},
    "margin": {"l": 20, "r": 20, "t": 24, "b": 20},
    "height": 340,
    "paper_bgcolor": palette.GROUND,
    "plot_bgcolor": palette.GROUND,
    # Of the picture, not of the plot: a legend keeps its lines when a phone is turned.
    "legend": {"orientation": "h", "yref": "container", "y": 0, "yanchor": "bottom", "x": 0},
    "hoverlabel": {
        "bgcolor": palette.GROUND,
        "bordercolor": palette.MUTED,
        "font": {"family": FONT, "color": palette.INK},
    },
    "separators": ".,",
    "dragmode": False,
    "clickmode": "event+select",
}

AXIS = {
    "automargin": True,
    "gridcolor": palette.LINE,
    "linecolor": palette.LINE,
    "zeroline": False,
    "separatethousands": True,
    "exponentformat": "none",
    "fixedrange": True,
}


#: Charts whose figures stand along the y axis; charts with an axis of figures.
ALONG_Y = ("lines", "control", "steps", "funnel")
SCALED = ("bars", *ALONG_Y)

#: Where an axis of percents ends: a point at 100 % is whole, and no tick stands above it.
WHOLE = 100.4


# A few hundred kilobytes each at most; exhibits are cached, so they are equal by identity.
@cached(24)
def figure(exhibit: Exhibit) -> go.Figure:
    """The chart of an exhibit that has one; the figure is shared, so it must not be changed."""
    chart = arranged(exhibit)
    assert chart is not None, "the exhibit has a chart"
    traces, layout = DRAWN_BY[chart.kind](chart)
    frames = layout.pop("frames", [])
    axes = {axis: {**AXIS, **layout.pop(axis, {})} for axis in ("xaxis", "yaxis")}
    if chart.kind in SCALED:
        unit = value_axis.unit(chart, exhibit.title)
        layout["annotations"] = [*layout.get("annotations", ()), *unit]
    if chart.kind in ALONG_Y and chart.percent and not (chart.data["y"] > 100).any():
        axes["yaxis"]["maxallowed"] = WHOLE
    # Stacked bars would otherwise be named from the last to the first.
    layout["legend"] = {"traceorder": "normal", **LAYOUT["legend"], **layout.get("legend", {})}
    whole = {"data": traces, "layout": {**LAYOUT, **axes, **layout}, "frames": frames}
    # Validation costs seven times the drawing.
    return go.Figure(whole, _validate=False)


@cached(6)
def enlarged(exhibit: Exhibit, scale: float, height: int) -> go.Figure:
    """The exhibit's figure for a large screen: type `scale` times as large, `height` in pixels."""
    whole = enlarge.enlarged(figure(exhibit).to_plotly_json(), scale)
    whole["layout"] = {**whole["layout"], "height": height}
    whole["layout"].setdefault("font", {})
    return go.Figure(whole, _validate=False)
