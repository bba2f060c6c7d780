"""A matrix of cells with their figures; a cell's class is its colour, and is named in its text."""

import textwrap
from typing import Any

from exhibits import palette
from exhibits.draw import areas
from exhibits.exhibit import Chart

Drawn = tuple[list[dict[str, Any]], dict[str, Any]]

#: Height of a row, of what stands around them, and the columns from which text is smaller.
ROW, AROUND, MANY = 32, 130, 14

#: Characters of a column name that fit on one line; pixels of a line.
WIDE, LINE = 6, 18


def matrix(chart: Chart) -> Drawn:
    """Cells as a heat map of classes, their text above, and points that take clicks."""
    data = chart.data
    columns = data["x"].unique(maintain_order=True).to_list()
    rows = data["y"].unique(maintain_order=True).to_list()
    marks = [mark for _, mark in chart.classes]
    number = {mark: i for i, mark in enumerate(marks)}
    at = {(x, y): number.get(mark) for x, y, mark in data.select("x", "y", "mark").rows()}
    filled = {
        "type": "heatmap",
        "x": columns,
        "y": rows,
        "z": [[at.get((x, y)) for x in columns] for y in rows],
        "zmin": 0,
        "zmax": max(1, len(marks) - 1),
        "colorscale": _scale(marks),
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hoverinfo": "skip",
    }
    size = 11 if len(columns) > MANY else 13
    above = 90 if len(columns) > MANY else LINE * max(2, max(map(_lines, columns), default=0)) + 16
    texts = [
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": data["x"].to_list(),
            "y": data["y"].to_list(),
            "text": [_bold(row) for row in data.to_dicts()],
            "textfont": {"size": size, "color": [palette.on_class(m) for m in data["mark"]]},
            "marker": {"symbol": "square", "size": 24, "opacity": 0},
            "customdata": data["code"].to_list(),
            "hovertext": data["hover"].to_list(),
            "hovertemplate": "%{hovertext}<extra></extra>",
            "showlegend": False,
        }
    ]
    used = set(data["mark"])
    legend = [areas.key(label, mark, 12) for label, mark in chart.classes if mark in used]
    return [filled, *texts, *legend], {
        "height": len(rows) * ROW + AROUND + above - 52 + (22 if len(columns) > MANY else 0),
        "margin": {"l": 20, "r": 20, "t": above, "b": 20},
        "xaxis": {
            "side": "top",
            "range": [-0.5, len(columns) - 0.5],
            "showgrid": False,
            "type": "category",
            "tickangle": -60 if len(columns) > MANY else 0,
            "tickvals": columns,
            "ticktext": columns if len(columns) > MANY else [_wrapped(name) for name in columns],
        },
        "yaxis": {"range": [len(rows) - 0.5, -0.5], "showgrid": False, "type": "category"},
        "legend": {"orientation": "h", "yref": "paper", "y": -0.02, "yanchor": "top", "x": 0},
    }


def _bold(row: dict[str, Any]) -> str:
    """A cell's text; in bold type where the sentence names it."""
    return f"<b>{row['text']}</b>" if row.get("named") else row["text"]


def _wrapped(name: str) -> str:
    """A long name in lines of equal length."""
    return "<br>".join(textwrap.wrap(name, -(-len(name) // _lines(name)) or 1))


def _lines(name: str) -> int:
    return -(-len(name) // WIDE)


def _scale(marks: list[str]) -> list[list[float | str]]:
    """Steps of one colour a class."""
    last = max(1, len(marks) - 1)
    points: list[list[float | str]] = []
    for i, mark in enumerate(marks):
        colour = palette.CLASSES[mark]
        points += [[max(0.0, (i - 0.5) / last), colour], [min(1.0, (i + 0.5) / last), colour]]
    if len(marks) == 1:
        points[-1][0] = 1.0
    return points
