"""Bars, stacked or with whiskers, upright or lying."""

from typing import Any

import polars as pl

from exhibits import palette
from exhibits.draw import stubs
from exhibits.exhibit import Chart

Drawn = tuple[list[dict[str, Any]], dict[str, Any]]

#: Height of one lying bar, and of what stands around them.
ROW, AROUND = 30, 90


def bars(chart: Chart) -> Drawn:
    """One trace a series; whiskers are 95 % intervals."""
    data = chart.data
    names = (
        data["series"].unique(maintain_order=True).to_list() if "series" in data.columns else [""]
    )
    traces = [trace for i, name in enumerate(names) for trace in _bars(chart, data, name, i)]
    legend = [stubs.key()] if stubs.any_in(data) else []
    layout: dict[str, Any] = {
        "barmode": "stack" if chart.stacked else "group",
        "bargap": 0.35,
        "showlegend": len(names) > 1 or bool(legend),
        "uniformtext": {"mode": "hide", "minsize": 11} if chart.stacked else {},
        "shapes": _reference(chart),
        "annotations": [
            *_reference_name(chart),
            *(stubs.on_stack(chart) if chart.stacked else ()),
        ],
    }
    labels = data["label"].unique(maintain_order=True).to_list()
    category = {"type": "category", "categoryorder": "array", "categoryarray": labels}
    value = {"title": {"text": chart.unit}, "rangemode": "tozero", **stubs.axis(chart)}
    if chart.horizontal:
        rows = len(labels) * (1 if chart.stacked else max(1, len(names) * 0.85))
        layout["height"] = max(240, round(rows * ROW + AROUND))
        layout["yaxis"] = {**category, "autorange": "reversed", "showgrid": False}
        layout["xaxis"] = value
        layout["legend"] = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0}
    else:
        layout["xaxis"] = {**category, "showgrid": False}
        layout["yaxis"] = value
    return [*traces, *legend], layout


def _bars(chart: Chart, data: pl.DataFrame, name: str, i: int) -> list[dict[str, Any]]:
    """The traces of a series: its bars, and stubs for suppressed figures."""
    rows = data.filter(pl.col("series") == name) if name else data
    labels, values = rows["label"].to_list(), rows["value"].to_list()
    along = (
        {"x": values, "y": labels, "orientation": "h"}
        if chart.horizontal
        else {
            "x": labels,
            "y": values,
        }
    )
    text = rows["text"].to_list() if "text" in rows.columns else [_short(v) for v in values]
    inside = chart.stacked or "lower" in rows.columns
    bar = {
        "type": "bar",
        "name": name,
        **({} if chart.stacked else {"offsetgroup": str(i)}),
        **along,
        "marker": {"color": _colours(rows, i), "line": {"width": 1, "color": palette.GROUND}},
        "showlegend": bool(name),
        "text": text,
        "textposition": "inside" if inside else "auto",
        "insidetextanchor": "middle" if chart.stacked else "start",
        "textangle": 0,
        "textfont": {"size": 12},
        "cliponaxis": False,
        "constraintext": "both" if chart.stacked else "none",
        "customdata": rows["code"].to_list() if "code" in rows.columns else None,
        "hovertemplate": f"%{{{'y' if chart.horizontal else 'x'}}} {name} %{{text}}<extra></extra>",
        **_whiskers(chart, rows),
    }
    return [bar, *stubs.bar(chart, rows, bar)]


def _colours(rows: pl.DataFrame, i: int) -> str | list[str]:
    if "mark" in rows.columns:
        return [palette.CLASSES.get(mark, palette.PRIMARY) for mark in rows["mark"]]
    return palette.SERIES[i % len(palette.SERIES)]


def _short(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value == round(value) else f"{value:,.2f}"


def _whiskers(chart: Chart, rows: pl.DataFrame) -> dict[str, Any]:
    if "lower" not in rows.columns:
        return {}
    lengths = rows.select(
        up=(pl.col("upper") - pl.col("value")).fill_null(0),
        down=(pl.col("value") - pl.col("lower")).fill_null(0),
    )
    return {
        "error_x" if chart.horizontal else "error_y": {
            "type": "data",
            "symmetric": False,
            "array": lengths["up"].to_list(),
            "arrayminus": lengths["down"].to_list(),
            "color": palette.INK,
            "thickness": 1.2,
        }
    }


def _reference(chart: Chart) -> list[dict[str, Any]]:
    if chart.reference is None:
        return []
    line = {"color": palette.INK, "width": 1.5, "dash": "dot"}
    value, other = ("x", "y") if chart.horizontal else ("y", "x")
    ends = {f"{value}0": chart.reference, f"{value}1": chart.reference}
    return [
        {
            "type": "line",
            **ends,
            f"{other}0": 0,
            f"{other}1": 1,
            f"{other}ref": "paper",
            "line": line,
        }
    ]


def _reference_name(chart: Chart) -> list[dict[str, Any]]:
    if chart.reference is None:
        return []
    at = (
        {"x": chart.reference, "y": 1, "yref": "paper", "yanchor": "bottom"}
        if chart.horizontal
        else {
            "x": 1,
            "xref": "paper",
            "y": chart.reference,
            "xanchor": "right",
            "yanchor": "bottom",
        }
    )
    return [{**at, "text": chart.reference_name, "showarrow": False, "font": {"size": 12}}]
