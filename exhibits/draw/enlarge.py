"""A figure for a large screen: the same drawing with larger type, lines and margins."""

from typing import Any

#: What holds type or a line, whose `size` or `width` grows with the screen.
SIZED = ("font", "tickfont", "textfont", "marker", "insidetextfont", "outsidetextfont")

PLAIN = ("l", "r", "t", "b")


def enlarged(node: Any, scale: float, parent: str = "") -> Any:
    """A copy of a figure's JSON with sizes multiplied."""
    if isinstance(node, dict):
        return {key: _value(key, value, scale, parent) for key, value in node.items()}
    if isinstance(node, list):
        return [enlarged(child, scale, parent) for child in node]
    return node


def _value(key: str, value: Any, scale: float, parent: str) -> Any:
    grows = (
        (key == "size" and parent in SIZED)
        or (key == "width" and parent == "line")
        or (key in PLAIN and parent == "margin")
        or key in ("thickness", "pad", "minsize", "xshift", "yshift")
    )
    if grows and isinstance(value, int | float):
        return value * scale
    if grows and isinstance(value, list):
        return [number * scale for number in value]
    return enlarged(value, scale, key)
