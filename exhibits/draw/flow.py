"""A flow in layers: source → department → outcome."""

import textwrap
from typing import Any

import polars as pl

from exhibits import palette
from exhibits.exhibit import Chart
from exhibits.suppressed import hidden_in
from exhibits.wording.words import HIDDEN, HIDDEN_NAME

Drawn = tuple[list[dict[str, Any]], dict[str, Any]]

#: Pixels of the whole, and between two nodes of a layer.
HEIGHT, PAD = 460, 36

#: Where layers stand: two texts stand beside one another between the last two.
LAYERS = {2: (0.001, 0.999), 3: (0.001, 0.36, 0.999)}

#: Letters of a line of a name.
LETTERS = 5

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
                "pad": PAD,
                "thickness": 18,
                **_at(nodes, rows),
                # The sum of a node with a suppressed link is not known.
                "hovertemplate": "%{label}<extra></extra>"
                if any(stars)
                else "%{label}：%{value:,}<extra></extra>",
            },
            "link": links,
        }
    ], {"height": HEIGHT, "annotations": _hidden_note() if any(stars) else []}


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


def _at(nodes: list[Node], rows: list[tuple]) -> dict[str, list[float]]:
    """The middle of each node as shares of the picture, each layer around its middle."""
    size, layers = _sizes(nodes, rows), [layer for layer, _ in nodes]
    places, whole = LAYERS[max(layers) + 1], HEIGHT - 48
    most = max(layers.count(layer) for layer in layers)
    total = max(sum(size[node] for node in nodes if node[0] == layer) for layer in layers) or 1
    high = {node: size[node] / total * (whole - PAD * (most - 1)) for node in nodes}
    ys = []
    for layer in range(len(places)):
        own = [node for node in nodes if node[0] == layer]
        taken = sum(high[node] for node in own) + PAD * (len(own) - 1)
        top = (whole - taken) / 2
        for node in own:
            ys.append((top + high[node] / 2) / whole)
            top += high[node] + PAD
    return {"x": [places[layer] for layer in layers], "y": ys}


def _labels(nodes: list[Node], rows: list[tuple], hidden: bool) -> list[str]:
    """Names, with what flows through each where no part of it is suppressed."""
    size = _sizes(nodes, rows)
    names = ["<br>".join(textwrap.wrap(node[1], LETTERS)) for node in nodes]
    return [
        name if hidden else f"{name}<br>{size[node]:,.0f}"
        for name, node in zip(names, nodes, strict=True)
    ]
