"""A flow in layers: source → department → outcome."""

from typing import Any

import polars as pl

from exhibits import palette
from exhibits.exhibit import Chart
from exhibits.suppressed import hidden_in
from exhibits.wording.words import HIDDEN, HIDDEN_NAME

Drawn = tuple[list[dict[str, Any]], dict[str, Any]]

#: A layer and a name in it.
Node = tuple[int, str]

#: Colours of a link and of a suppressed one; the latter's width as a share of the widest.
LINK, UNSHOWN, STUB = "rgba(31, 78, 140, 0.18)", "rgba(85, 96, 108, 0.4)", 0.02


def flow(chart: Chart) -> Drawn:
    """A Sankey diagram; nodes of a layer stand in the order of the data."""
    data = chart.data
    nodes = list(
        dict.fromkeys(
            node
            for layer in sorted(data["layer"].unique())
            for side in (0, 1)
            for node in (
                (layer + side, name)
                for name in data.filter(layer=layer)["target" if side else "source"]
            )
        )
    )
    nodes.sort(key=lambda node: node[0])
    number = {node: i for i, node in enumerate(nodes)}
    stars = hidden_in(data, "n")
    stub = STUB * (max(data["n"].drop_nulls(), default=0) or 1)
    rows = data.select("layer", "source", "target", pl.col("n").fill_null(stub)).rows()
    links = {
        "source": [number[layer, source] for layer, source, _, _ in rows],
        "target": [number[layer + 1, target] for layer, _, target, _ in rows],
        "value": [n for *_, n in rows],
        "color": [UNSHOWN if star else LINK for star in stars],
        "customdata": [
            HIDDEN if star else f"{n:,}" for (*_, n), star in zip(rows, stars, strict=True)
        ],
        "hovertemplate": "%{source.label} → %{target.label}：%{customdata}<extra></extra>",
    }
    return [
        {
            "type": "sankey",
            "arrangement": "snap",
            "node": {
                "label": _labels(nodes, rows, any(stars)),
                "color": [palette.SERIES[2 if layer else 0] for layer, _ in nodes],
                "pad": 22,
                "thickness": 18,
                # The sum of a node with a suppressed link is not known.
                "hovertemplate": "%{label}<extra></extra>"
                if any(stars)
                else "%{label}：%{value:,}<extra></extra>",
            },
            "link": links,
        }
    ], {"height": 420, "annotations": _hidden_note() if any(stars) else []}


def _hidden_note() -> list[dict[str, Any]]:
    """The annotation that explains grey links."""
    at = {"x": 0, "xref": "paper", "y": 0, "yref": "paper", "yanchor": "top", "showarrow": False}
    font = {"size": 12, "color": palette.MUTED}
    return [{**at, "xanchor": "left", "text": f"灰色：{HIDDEN_NAME}", "font": font}]


def _sizes(nodes: list[Node], rows: list[tuple]) -> dict[Node, float]:
    """What flows through each node."""
    size = dict.fromkeys(nodes, 0.0)
    for layer, source, target, n in rows:
        size[layer, source] += n if layer == 0 else 0
        size[layer + 1, target] += n
    return size


def _labels(nodes: list[Node], rows: list[tuple], hidden: bool) -> list[str]:
    """Names, with what flows through each where no part of it is suppressed."""
    size = _sizes(nodes, rows)
    return [node[1] if hidden else f"{node[1]}　{size[node]:,.0f}" for node in nodes]
