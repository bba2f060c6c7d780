"""A map of the counties in km with labels, symbols and months to play."""

from typing import Any

import polars as pl

from exhibits import palette
from exhibits.draw import areas, townships
from exhibits.draw.areas import Trace
from exhibits.exhibit import Chart
from geo import boundaries

Drawn = tuple[list[Trace], dict[str, Any]]

#: In place of the shape of a county that has none.
NO_SHAPE = "地图无此区划界线"

#: Where the scale of a county's map stands, as a share of the map's height: above it.
ABOVE = 1.03


def one(chart: Chart) -> Drawn:
    """Counties coloured by class with their labels, symbols above them, months to play."""
    fills = areas.caught(areas.fills(chart.data, chart.focus), chart.data)
    traces = [
        areas.outline(boundaries.neighbours(), palette.LAND, 1.0),
        *fills,
        areas.outline(boundaries.city(), palette.PRIMARY, 2.0),
        areas.outline(areas.focused(chart.focus), palette.INK, 3.0),
        *_symbols(chart.data),
        *[areas.key(label, mark) for label, mark in chart.classes],
    ]
    west, south, east, north = boundaries.window(chart.focus)
    layout = {
        "height": 560,
        "annotations": [*_labels(chart.data, chart.focus), *_scale_bar(chart.focus)],
        "margin": {"l": 4, "r": 4, "t": 28 if chart.focus else 4, "b": 8},
        "plot_bgcolor": palette.BAND,
        "xaxis": areas.axis(west, east),
        "yaxis": {**areas.axis(south, north), "scaleanchor": "x", "constraintoward": "bottom"},
        "shapes": [_scale_line(chart.focus)],
    }
    if chart.frames is not None:
        layout |= _playing(chart.frames)
    return traces, layout


def _labels(data: pl.DataFrame, focus: str) -> list[dict[str, Any]]:
    """Counties with their figures; of one county its townships, and its neighbours in grey."""
    if focus and not boundaries.is_drawn(focus):
        look = {"xref": "paper", "yref": "paper", "showarrow": False, "font": {"size": 16}}
        return [{"text": NO_SHAPE, "x": 0.5, "y": 0.98, "bgcolor": palette.GROUND, **look}]
    row_by_code = {row["code"]: row for row in data.filter(pl.col("kind") == "county").to_dicts()}
    counties = [
        {
            "x": county.label[0],
            "y": county.label[1],
            "text": _label(county.name, row_by_code[county.code]["text"], focus),
            "showarrow": False,
            "captureevents": False,
            "font": {
                "size": 13,
                "color": palette.MUTED
                if focus
                else palette.on_class(row_by_code[county.code]["mark"]),
            },
        }
        for county in boundaries.counties()
        if county.code in row_by_code and (not focus or townships.fits(county, focus))
    ]
    return [*counties, *(townships.named(data, focus) if focus else ())]


def _label(name: str, text: str, focus: str) -> str:
    return name if focus else f"<b>{name}</b><br>{text}"


def _symbols(data: pl.DataFrame) -> list[Trace]:
    """Circles whose area is the second variable; townships are coloured by their class."""
    point_by_code = {c.code: (c.label[0], c.label[1] - 15) for c in boundaries.counties()}
    point_by_code |= boundaries.township_points()
    placed = data.filter(pl.col("code").is_in(list(point_by_code))).drop_nulls("size")
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [point_by_code[code][0] for code in placed["code"]],
            "y": [point_by_code[code][1] for code in placed["code"]],
            "marker": {
                "size": townships.across(placed["size"]),
                "sizemin": 3,
                "color": [
                    palette.CLASSES[mark] if kind == "township" else "rgba(168, 67, 0, 0.55)"
                    for kind, mark in placed.select("kind", "mark").rows()
                ],
                "line": {"color": palette.INK, "width": 1},
            },
            "customdata": placed["code"].to_list(),
            "hovertext": placed["hover"].to_list(),
            "hovertemplate": "%{hovertext}<extra></extra>",
            "showlegend": False,
        }
    ]


def _scale_line(focus: str) -> dict[str, Any]:
    """40 km outside all shapes: of the city in its corner, of a county above the map."""
    west, south, *_ = boundaries.window(focus)
    line = {"color": palette.INK, "width": 2}
    along = {"type": "line", "x0": west + 4, "x1": west + 44, "line": line}
    if focus:
        return {**along, "yref": "y domain", "y0": ABOVE, "y1": ABOVE}
    return {**along, "y0": south + 6, "y1": south + 6}


def _scale_bar(focus: str) -> list[dict[str, Any]]:
    west, south, *_ = boundaries.window(focus)
    text = {"text": "40公里", "showarrow": False, "font": {"size": 11}}
    if focus:
        at = {
            "x": west + 46,
            "y": ABOVE,
            "yref": "y domain",
            "xanchor": "left",
            "yanchor": "middle",
        }
        return [{**at, **text}]
    return [{"x": west + 24, "y": south + 8, "yanchor": "bottom", **text}]


def _playing(months: pl.DataFrame) -> dict[str, Any]:
    """Frames, a play button and a slider over the stored months."""
    names = months["frame"].unique(maintain_order=True).to_list()
    indices = list(range(1, 1 + len(boundaries.counties())))
    frames = []
    for name in names:
        rows = months.filter(pl.col("frame") == name)
        frames.append(
            {
                "name": name,
                "data": areas.fills(rows),
                "traces": indices,
                "layout": {"annotations": [*_labels(rows, ""), *_scale_bar("")]},
            }
        )
    now = {"mode": "immediate", "frame": {"duration": 0, "redraw": True}}
    play = {"frame": {"duration": 900, "redraw": True}, "fromcurrent": True}
    stop = {"mode": "immediate", "frame": {"duration": 0, "redraw": False}}
    buttons = [
        {"label": "▶ 播放", "method": "animate", "args": [None, play]},
        {"label": "❚❚ 暂停", "method": "animate", "args": [[None], stop]},
    ]
    steps = [{"label": name, "method": "animate", "args": [[name], now]} for name in names]
    slider = {"active": len(names) - 1, "steps": steps, "currentvalue": {"prefix": "月末："}}
    menu = {"type": "buttons", "direction": "left", "buttons": buttons, "x": 0, "y": 1.02}
    return {
        "frames": frames,
        "sliders": [{**slider, "x": 0.02, "len": 0.96, "y": 0}],
        "updatemenus": [{**menu, "xanchor": "left", "yanchor": "bottom", "showactive": False}],
        "height": 740,
        "margin": {"l": 4, "r": 4, "t": 44, "b": 4},
        # Below the slider.
        "legend": {"x": 0, "yref": "paper", "y": -0.24, "yanchor": "top"},
    }
