"""How a suppressed figure is drawn: a short hatched bar with `*`, or `*` at the foot.

A small number is not drawn as nothing, and a stub is as long for 1 as for 7.
"""

from functools import lru_cache
from typing import Any

import polars as pl

from exhibits import palette
from exhibits.exhibit import Chart
from exhibits.suppressed import hidden_in
from exhibits.wording.words import HIDDEN, HIDDEN_NAME

Trace = dict[str, Any]

#: Length of a stub as a share of the longest bar: lying, upright.
LYING, UPRIGHT = 0.03, 0.04


def any_in(data: pl.DataFrame, value: str = "value") -> bool:
    """Whether some figure of a chart is suppressed."""
    return any(hidden_in(data, value))


# Asked for each part of each bar.
@lru_cache(maxsize=32)
def longest(chart: Chart) -> float:
    """The longest bar of a chart, or its reference line; 1 where all are null or 0."""
    bars = chart.data.group_by("label").agg(pl.col("value").sum()) if chart.stacked else chart.data
    return max([0.0, chart.reference or 0, *bars["value"].drop_nulls()]) or 1.0


def length(chart: Chart) -> float:
    """How long the stubs of a chart are, in its unit."""
    return (LYING if chart.horizontal else UPRIGHT) * longest(chart)


def bar(chart: Chart, rows: pl.DataFrame, main: dict[str, Any]) -> list[dict[str, Any]]:
    """The trace of stubs of a series, beside its bars in the trace `main`; empty without any."""
    stars = rows.filter(pl.Series(hidden_in(rows, "value"), dtype=pl.Boolean))
    if stars.is_empty():
        return []
    labels, ends = stars["label"].to_list(), [length(chart)] * stars.height
    along: Trace = {"x": ends, "y": labels} if chart.horizontal else {"x": labels, "y": ends}
    colour = main["marker"]["color"]
    if isinstance(colour, list):
        colour = palette.CLASSES.get(stars["mark"][0], palette.PRIMARY)
    like_main: Trace = {
        name: main[name] for name in ("type", "orientation", "offsetgroup") if name in main
    }
    trace = {
        **like_main,
        **along,
        "marker": hatched(colour),
        "showlegend": False,
        "text": [HIDDEN] * stars.height,
        # In a stack another bar may follow: the star stands on the stub (`on_stack`).
        "textposition": "none" if chart.stacked else "outside",
        "textfont": {"size": 14},
        "cliponaxis": False,
        "customdata": stars["code"].to_list() if "code" in stars.columns else None,
        "hovertemplate": f"%{{{'y' if chart.horizontal else 'x'}}} {HIDDEN_NAME}<extra></extra>",
    }
    return [trace]


def on_stack(chart: Chart) -> list[dict[str, Any]]:
    """The stars of the stubs in a stack, each in the middle of its own."""
    ends: dict[str, float] = {}
    stub, positions = length(chart), []
    rows = chart.data.select("label", "value").rows()
    for (label, value), star in zip(rows, hidden_in(chart.data, "value"), strict=True):
        start = ends.get(label, 0.0)
        ends[label] = start + (stub if star else value or 0)
        if star:
            at = start + stub / 2
            positions.append({"x": at, "y": label} if chart.horizontal else {"x": label, "y": at})
    look = {"text": f"<b>{HIDDEN}</b>", "showarrow": False, "font": {"size": 15}}
    return [{**position, **look} for position in positions]


def axis(chart: Chart) -> dict[str, Any]:
    """The range of an axis that has stubs alone, without tick labels; else empty."""
    is_drawn = any(value > 0 for value in chart.data["value"].drop_nulls())
    if not any_in(chart.data) or is_drawn or chart.reference:
        return {}
    return {"range": [0, longest(chart)], "showticklabels": False}


def hatched(colour: str) -> dict[str, Any]:
    """How a stub looks: lines in its series' colour on white."""
    return {
        "color": palette.GROUND,
        "pattern": {"shape": palette.STUB, "fgcolor": colour, "size": 6, "solidity": 0.4},
        "line": {"width": 1, "color": palette.MUTED},
    }


def key() -> dict[str, Any]:
    """The legend's words for stubs."""
    return {
        "type": "bar",
        "x": [None],
        "y": [None],
        "name": HIDDEN_NAME,
        "showlegend": True,
        "marker": hatched(palette.MUTED),
    }


def observed(at_risk: pl.Series) -> list[Any]:
    """Numbers under observation along a curve, from its start."""
    return [at_risk.max(), *[HIDDEN if n is None else n for n in at_risk]]


def at_foot(data: pl.DataFrame) -> list[dict[str, Any]]:
    """Annotations of a line chart: `*` above the axis where a point is suppressed."""
    stars = pl.Series(hidden_in(data, "y"), dtype=pl.Boolean)
    at = {"yref": "paper", "y": 0, "yanchor": "bottom", "showarrow": False, "text": HIDDEN}
    font = {"size": 16, "color": palette.MUTED}
    return [
        {**at, "x": x, "font": font} for x in data.filter(stars)["x"].unique(maintain_order=True)
    ]


def foot_key() -> dict[str, Any]:
    """The legend's words for stars at the foot of a line chart."""
    return {
        "type": "scatter",
        "mode": "markers",
        "marker": {"symbol": "asterisk-open", "size": 8, "color": palette.MUTED},
        "x": [None],
        "y": [None],
        "name": HIDDEN_NAME,
        "showlegend": True,
    }
