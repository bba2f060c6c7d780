"""The counties of a map: filled polygons that take clicks, and borders."""

from typing import Any

import polars as pl

from exhibits import palette
from geo import boundaries

Trace = dict[str, Any]

#: Clicked, but without a text.
_SILENT = {"hoverinfo": "none"}


def fill(shape: boundaries.Shape, mark: str, dx: float = 0, dy: float = 0) -> Trace:
    """A county in the colour and pattern of its class, moved by so many km."""
    xs, ys = shape.outline
    colour = palette.CLASSES[mark]
    pattern = {"size": 7, "fgcolor": palette.LINE, "bgcolor": colour}
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [None if x is None else x + dx for x in xs] if dx else list(xs),
        "y": [None if y is None else y + dy for y in ys] if dy else list(ys),
        "fill": "toself",
        "fillcolor": colour,
        "fillpattern": {**pattern, "shape": palette.PATTERNS.get(mark, "")},
        "line": {"color": palette.GROUND, "width": 1.2},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def marks(data: pl.DataFrame) -> dict[str, str]:
    """The class of each county by its code."""
    counties = data.filter(pl.col("kind") == "county") if "kind" in data.columns else data
    return dict(counties.select("code", "mark").rows())


def fills(data: pl.DataFrame, focus: str = "") -> list[Trace]:
    """In a county its townships carry the classes, and the counties step back."""
    if focus:
        return [fill(c, "usual" if c.code == focus else "aside") for c in boundaries.counties()]
    classes = marks(data)
    return [fill(c, classes.get(c.code, "none")) for c in boundaries.counties()]


def outline(path: boundaries.Path2D, colour: str, width: float) -> Trace:
    """A border line."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(path[0]),
        "y": list(path[1]),
        "line": {"color": colour, "width": width},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def focused(code: str) -> boundaries.Path2D:
    """The border of a county; nothing for the whole city."""
    return next((c.outline for c in boundaries.counties() if c.code == code), ((), ()))


def axis(first: float, last: float) -> dict[str, Any]:
    """An axis in km that shows no more than this: by default a window made smaller shows more."""
    return {"visible": False, "range": [first, last], "constrain": "domain"}


def caught(counties: list[Trace], data: pl.DataFrame) -> list[Trace]:
    """The filled counties, each hovered and clicked anywhere inside: its text, and its code."""
    hover = dict(data.select("code", "hover").rows())
    return [
        {**county, "hoveron": "fills", "customdata": [shape.code]}
        | ({"hoverinfo": "text", "text": text} if (text := hover.get(shape.code)) else _SILENT)
        for county, shape in zip(counties, boundaries.counties(), strict=True)
    ]


def key(label: str, mark: str, size: int = 14) -> Trace:
    """An entry of the legend: a class and its name, beside a square of so many pixels."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [None],
        "y": [None],
        "name": label,
        "marker": {
            "symbol": "square",
            "size": size,
            "color": palette.CLASSES[mark],
            "line": {"width": 1, "color": palette.MUTED},
        },
    }
