"""A flow in layers: source → department → outcome."""

from typing import Any

import polars as pl

from exhibits import palette
from exhibits.exhibit import Chart
from exhibits.suppressed import hidden_in
from exhibits.wording.words import HIDDEN, HIDDEN_NAME

Drawn = tuple[list[dict[str, Any]], dict[str, Any]]

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
    layers = max(layer for layer, _ in nodes) if nodes else 1
    return [
        {
            "type": "sankey",
            "arrangement": "snap",
            "node": {
                "label": [name for _, name in nodes],
                "color": [palette.SERIES[2 if layer else 0] for layer, _ in nodes],
                "x": [0.001 + 0.998 * layer / layers for layer, _ in nodes],
                "y": _spread(nodes, rows),
                "pad": 14,
                "thickness": 16,
                # The sum of a node with a suppressed link is not known.
                "hovertemplate": "%{label}<extra></extra>"
                if any(stars)
                else "%{label}：%{value:,}<extra></extra>",
            },
            "link": links,
        }
    ], {"height": 520, "annotations": _hidden_note() if any(stars) else []}


def _hidden_note() -> list[dict[str, Any]]:
    """The annotation that explains grey links."""
    at = {"x": 0, "xref": "paper", "y": 0, "yref": "paper", "yanchor": "top", "showarrow": False}
    font = {"size": 12, "color": palette.MUTED}
    return [{**at, "xanchor": "left", "text": f"灰色：{HIDDEN_NAME}", "font": font}]


def _spread(nodes: list[tuple[int, str]], rows: list[tuple]) -> list[float]:
    """Heights by size, so that nodes given an x do not lie on one another."""
    size = dict.fromkeys(nodes, 0)
    for layer, source, target, n in rows:
        size[layer, source] = size[layer, source] + (n if layer == 0 else 0)
        size[layer + 1, target] += n
    heights = []
    for layer, name in nodes:
        own = [node for node in nodes if node[0] == layer]
        total = sum(size[node] for node in own) or 1
        above = sum(size[node] for node in own[: own.index((layer, name))])
        gap = 0.02 * own.index((layer, name))
        share = (above + size[layer, name] / 2) / total
        heights.append(min(0.999, max(0.001, share * (1 - 0.02 * len(own)) + gap)))
    return heights
