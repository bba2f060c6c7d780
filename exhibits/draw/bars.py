"""Bars, stacked or side by side, upright or lying, each with its value at its end."""

from typing import Any

import polars as pl

from exhibits import palette
from exhibits.draw import dots, stack, stubs, value_axis
from exhibits.exhibit import Chart
from exhibits.suppressed import hidden_in

Drawn = tuple[list[dict[str, Any]], dict[str, Any]]

#: Height of one lying bar, and of what stands around them.
ROW, AROUND = 30, 78

#: By this name a phone finds what stands beyond a stack (`narrow.js`).
END = "柱端"

#: Series that are named at their first bar; more have a legend.
DIRECT = 4


def bars(chart: Chart) -> Drawn:
    """One trace a series of a chart that was `arranged`; with limits they are dots."""
    if "lower" in chart.data.columns:
        return dots.dots(chart)
    data = chart.data
    names = (
        data["series"].unique(maintain_order=True).to_list() if "series" in data.columns else [""]
    )
    direct = len(names) <= DIRECT and (
        not chart.stacked or len(stack.named_inside(chart)) == len(names)
    )
    traces = [trace for i, name in enumerate(names) for trace in _bars(chart, name, i, direct)]
    legend = [stubs.key()] if stubs.any_in(data) else []
    labels = data["label"].unique(maintain_order=True).to_list()
    layout: dict[str, Any] = {
        "barmode": "stack" if chart.stacked else "group",
        "bargap": 0.22 if chart.stacked else 0.35,
        "showlegend": bool(legend) or not direct,
        "uniformtext": {"mode": "hide", "minsize": 11} if chart.stacked else {},
        "shapes": value_axis.reference(chart),
        "annotations": [
            *value_axis.reference_name(chart),
            *(_on_stacks(chart) if chart.stacked else ()),
        ],
        "legend": value_axis.ON_TOP,
        "margin": {"l": 20, "r": 20, "t": 40, "b": 20},
    }
    category = {"type": "category", "categoryorder": "array", "categoryarray": labels}
    value = {"visible": False, "range": [0, stubs.longest(chart)]}
    if chart.horizontal:
        rows = len(labels) * (1 if chart.stacked else max(1, len(names) * 0.85))
        row, ticks = value_axis.wrapped(labels, ROW)
        layout["height"] = max(160, round(rows * row + AROUND))
        layout["yaxis"] = {**category, **ticks, "autorange": "reversed", "showgrid": False}
        layout["xaxis"] = value
        layout["margin"]["r"] = value_axis.room(_beyond(chart, traces))
    else:
        layout["xaxis"] = {**category, "showgrid": False}
        layout["yaxis"] = value
    return [*traces, *legend], layout


def _beyond(chart: Chart, traces: list[dict[str, Any]]) -> list[str]:
    """The texts that stand beyond bars."""
    if chart.stacked:
        return list(stack.ends(chart).values())
    return [text or "" for trace in traces for text in trace["text"]]


def _bars(chart: Chart, name: str, i: int, direct: bool) -> list[dict[str, Any]]:
    """The traces of a series: its bars, and stubs for suppressed figures."""
    rows = chart.data.filter(pl.col("series") == name) if name else chart.data
    labels, values = rows["label"].to_list(), _lengths(chart, rows)
    along: dict[str, Any] = {"x": labels, "y": values}
    if chart.horizontal:
        along = {"x": values, "y": labels, "orientation": "h"}
    bar = {
        "type": "bar",
        "name": name,
        **({} if chart.stacked else {"offsetgroup": str(i)}),
        **along,
        "marker": {"color": _colours(rows, i), "line": {"width": 1, "color": palette.GROUND}},
        "showlegend": bool(name) and not direct,
        "text": _texts(chart, rows, name if direct else ""),
        "textposition": "inside" if chart.stacked else "outside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"size": 12},
        "cliponaxis": False,
        "constraintext": "both" if chart.stacked else "none",
        "customdata": rows["code"].to_list() if "code" in rows.columns else None,
        "hovertext": _said(rows),
        "hovertemplate": f"%{{{'y' if chart.horizontal else 'x'}}} {name} "
        "%{hovertext}<extra></extra>",
    }
    return [bar, *stubs.bar(chart, rows, bar)]


def _lengths(chart: Chart, rows: pl.DataFrame) -> list[float | None]:
    """Values; 0 where a text such as 未达到 stands for one, since no bar has no label."""
    if chart.stacked or "text" not in rows.columns:
        return rows["value"].to_list()
    stars = hidden_in(rows, "value")
    return [
        0 if value is None and said and not star else value
        for value, said, star in zip(rows["value"], rows["text"], stars, strict=True)
    ]


def _colours(rows: pl.DataFrame, i: int) -> str | list[str]:
    if "mark" in rows.columns:
        return [palette.CLASSES.get(mark, palette.PRIMARY) for mark in rows["mark"]]
    return palette.SERIES[i % len(palette.SERIES)]


def _said(rows: pl.DataFrame) -> list[str]:
    """The values as texts, or the texts that the exhibit gives."""
    if "text" in rows.columns:
        return rows["text"].fill_null("").to_list()
    return [
        "" if v is None else f"{v:,.0f}" if v == round(v) else f"{v:,.2f}" for v in rows["value"]
    ]


def _texts(chart: Chart, rows: pl.DataFrame, name: str) -> list[str]:
    """What stands in wide parts or at a bar's end; the name of a series at its first bar."""
    said = _said(rows)
    if chart.stacked:
        where = stack.named_inside(chart).get(name) if name else None
        return [
            (f"{name} {text}" if label == where else text) if stack.is_wide(chart, value) else ""
            for text, label, value in zip(said, rows["label"], rows["value"], strict=True)
        ]
    first = next((i for i, text in enumerate(said) if text), None)
    return [f"{text}　{name}" if name and i == first else text for i, text in enumerate(said)]


def _on_stacks(chart: Chart) -> list[dict[str, Any]]:
    """Annotations of stacks: the stars of suppressed parts, and what stands beyond each stack."""
    star = pl.Series("star", hidden_in(chart.data, "value"), dtype=pl.Boolean)
    long = pl.when("star").then(stubs.length(chart)).otherwise("value").sum()
    length_by_label = dict(chart.data.with_columns(star).group_by("label").agg(long).rows())
    look = {"showarrow": False, "font": {"size": 12}}
    beyond = [
        {**look, "name": END, "text": text, **_at(chart, label, length_by_label[label])}
        for label, text in stack.ends(chart).items()
        if text
    ]
    return [*stubs.on_stack(chart), *beyond]


def _at(chart: Chart, label: str, length: float) -> dict[str, Any]:
    """Just beyond the end of a stack."""
    if chart.horizontal:
        return {"x": length, "y": label, "xanchor": "left", "xshift": 4}
    return {"x": label, "y": length, "yanchor": "bottom"}
