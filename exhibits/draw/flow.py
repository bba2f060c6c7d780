"""A flow in layers: source → department → outcome."""

from typing import Any

from exhibits import palette
from exhibits.exhibit import Chart

Drawn = tuple[list[dict[str, Any]], dict[str, Any]]


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
    rows = data.select("layer", "source", "target", "n").rows()
    links = {
        "source": [number[layer, source] for layer, source, _, _ in rows],
        "target": [number[layer + 1, target] for layer, _, target, _ in rows],
        "value": [n for *_, n in rows],
        "color": "rgba(31, 78, 140, 0.18)",
        "hovertemplate": "%{source.label} → %{target.label}：%{value:,}<extra></extra>",
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
                "hovertemplate": "%{label}：%{value:,}<extra></extra>",
            },
            "link": links,
        }
    ], {"height": 520}


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
