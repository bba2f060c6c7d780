"""Rates as dots with their 95 % intervals: bars from zero would all look alike."""

from math import ceil, floor, log10
from typing import Any

import polars as pl

from exhibits import palette
from exhibits.draw import stubs, value_axis
from exhibits.exhibit import Chart
from exhibits.suppressed import hidden_in
from exhibits.wording.words import HIDDEN

Drawn = tuple[list[dict[str, Any]], dict[str, Any]]

#: Height of one dot's line, and of what stands around them.
LINE, AROUND = 28, 84


def dots(chart: Chart) -> Drawn:
    """A dot a label and series with a line over its interval; the values stand in a column."""
    data = chart.data
    names = (
        data["series"].unique(maintain_order=True).to_list() if "series" in data.columns else [""]
    )
    by_series = [data.filter(pl.col("series") == name) if name else data for name in names]
    texts = [_texts(rows, name) for rows, name in zip(by_series, names, strict=True)]
    first, last = _ends(chart)
    traces = [
        trace
        for i, (name, rows, said) in enumerate(zip(names, by_series, texts, strict=True))
        for trace in (_dots(rows, name, i, said), _column(rows, i, said, last))
    ]
    labels = data["label"].unique(maintain_order=True).to_list()
    line, ticks = value_axis.wrapped(labels, LINE)
    legend = [stubs.key()] if stubs.any_in(data) else []
    return [*traces, *legend], {
        "scattermode": "group",
        "scattergap": 0.3,
        "showlegend": bool(legend),
        "shapes": value_axis.reference(chart),
        "annotations": _above_unit(chart),
        "height": max(200, len(labels) * max(line, len(names) * 26) + AROUND),
        "margin": {
            "l": 20,
            "r": value_axis.room([t for said in texts for t in said], 14),
            "t": 32,
            "b": 20,
        },
        "xaxis": {"range": [first, last], "nticks": value_axis.TICKS},
        "yaxis": {
            "type": "category",
            **ticks,
            "categoryorder": "array",
            "categoryarray": labels,
            "range": [len(labels) - 0.5, -0.5],
            "showgrid": True,
        },
    }


def _above_unit(chart: Chart) -> list[dict[str, Any]]:
    """The reference's name: on a phone the unit is as near as the line's end."""
    return [{**name, "yshift": 14} for name in value_axis.reference_name(chart)]


def _texts(rows: pl.DataFrame, name: str) -> list[str]:
    """The values as texts; the first with the name of its series."""
    if "text" in rows.columns:
        said = rows["text"].fill_null("").to_list()
    else:
        said = ["" if v is None else f"{v:.1f}" for v in rows["value"]]
    stars = hidden_in(rows, "value")
    said = [HIDDEN if star else text for star, text in zip(stars, said, strict=True)]
    first = next((i for i, v in enumerate(rows["value"]) if v is not None), None)
    return [f"{text}　{name}" if name and i == first else text for i, text in enumerate(said)]


def _dots(rows: pl.DataFrame, name: str, i: int, said: list[str]) -> dict[str, Any]:
    known = rows.select(
        value="value",
        up=(pl.col("upper") - pl.col("value")).fill_null(0),
        down=(pl.col("value") - pl.col("lower")).fill_null(0),
    )
    colours = (
        [palette.CLASSES.get(mark, palette.PRIMARY) for mark in rows["mark"]]
        if "mark" in rows.columns
        else palette.SERIES[i]
    )
    return {
        "type": "scatter",
        "mode": "markers",
        "orientation": "h",
        "offsetgroup": str(i),
        "name": name,
        "x": known["value"].to_list(),
        "y": rows["label"].to_list(),
        "marker": {"size": 11, "color": colours},
        "cliponaxis": False,
        "text": said,
        "customdata": rows["code"].to_list() if "code" in rows.columns else None,
        "hovertemplate": f"%{{y}} {name} %{{text}}<extra></extra>",
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": known["up"].to_list(),
            "arrayminus": known["down"].to_list(),
            "color": palette.MUTED,
            "thickness": 1.5,
            "width": 0,
        },
    }


def _column(rows: pl.DataFrame, i: int, said: list[str], at: float) -> dict[str, Any]:
    """The texts of a series, one below the other at the right."""
    return {
        "type": "scatter",
        "mode": "text",
        "orientation": "h",
        "offsetgroup": str(i),
        "x": [at] * rows.height,
        "y": rows["label"].to_list(),
        "text": [f"　{text}" for text in said],
        "textposition": "middle right",
        "textfont": {"size": 13, "color": palette.INK},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _ends(chart: Chart) -> tuple[float, float]:
    """Where the axis starts and ends: round figures around all intervals, percents within 0–100."""
    columns = chart.data.select("value", "lower", "upper")
    drawn = [v for column in columns.iter_columns() for v in column.drop_nulls()]
    drawn += [] if chart.reference is None else [chart.reference]
    low, high = min(drawn, default=0), max(drawn, default=1)
    step = _step((high - low) / 4 or 1)
    first, last = floor(low / step) * step, ceil(high / step) * step
    # From zero where that takes little more room.
    return (0 if low < high / 3 else first), (min(last, 100) if chart.percent else last)


def _step(least: float) -> float:
    """The next of 1, 2, 5, 10 … from a length on."""
    power = 10 ** floor(log10(least))
    return next(power * times for times in (1, 2, 5, 10) if power * times >= least)
