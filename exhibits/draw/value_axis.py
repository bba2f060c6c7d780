"""What stands along the values of bars and dots: the reference line, room for texts at the end."""

from typing import Any

from exhibits import palette
from exhibits.exhibit import Chart

#: Pixels of a Chinese letter of a label, and what is left of a margin anyway.
LETTER, LEAST = 12, 20

#: A legend above the plot. Of the plot it would lie over bars after a phone is turned: it keeps the
#: place that it had with more lines.
ON_TOP = {"orientation": "h", "yref": "container", "y": 1, "yanchor": "top", "x": 0}

#: Letters of a label on one line, as a phone has room for; pixels of a row with two lines.
ONE_LINE, TWO_LINES = 9.5, 40

#: Labels below an axis of months, days or figures: as many as a phone has room for.
TICKS = 5

#: Letters from a label's middle within which it is rather broken.
NEAR = 3


def room(texts: list[str], letter: int = LETTER) -> int:
    """Pixels beyond the longest bar for the longest of these texts."""
    return LEAST + max((round(letter * _letters(text)) for text in texts), default=0)


def _letters(text: str) -> float:
    """The width of a text in Chinese letters; a Latin one has six tenths."""
    return sum(1 if ord(letter) > 255 else 0.6 for letter in text)


def wrapped(labels: list[str], row: int) -> tuple[int, dict[str, Any]]:
    """Pixels of a row whose label may take two lines, and the axis' long labels in two lines."""
    long = [label for label in labels if _letters(label) > ONE_LINE]
    texts = [_in_two(label) if label in long else label for label in labels]
    return (max(row, TWO_LINES), {"tickvals": labels, "ticktext": texts}) if long else (row, {})


def _in_two(label: str) -> str:
    """Broken near its middle, before a bracket or a dot where there is one."""
    half = -(-len(label) // 2)
    near = [i for i, letter in enumerate(label) if letter in "（·" and abs(i - half) <= NEAR]
    at = min(near, key=lambda i: abs(i - half), default=half)
    return f"{label[:at]}<br>{label[at:].removeprefix('·')}"


def reference(chart: Chart) -> list[dict[str, Any]]:
    """The shape of the reference line; nothing without one."""
    if chart.reference is None:
        return []
    value, other = ("x", "y") if chart.horizontal else ("y", "x")
    at = {f"{value}0": chart.reference, f"{value}1": chart.reference}
    across = {f"{other}0": 0, f"{other}1": 1, f"{other}ref": "paper"}
    line = {"color": palette.INK, "width": 1.5, "dash": "dot"}
    return [{"type": "line", **at, **across, "line": line}]


def reference_name(chart: Chart) -> list[dict[str, Any]]:
    """The name of the reference line as an annotation at its end."""
    if chart.reference is None:
        return []
    if chart.horizontal:
        at = {"x": chart.reference, "y": 1, "yref": "paper", "yanchor": "bottom"}
    else:
        at = {"x": 1, "xref": "paper", "y": chart.reference, "xanchor": "right"}
    look = {"text": chart.reference_name, "showarrow": False, "font": {"size": 12}}
    return [{"yanchor": "bottom", **at, **look}]


def unit(chart: Chart, title: str) -> list[dict[str, Any]]:
    """
    The unit as an annotation above what is drawn, unless the title has it in brackets.

    Chinese is not read sideways, and an axis title would say it far below the bars.
    """
    at = {"x": 0, "xref": "paper", "y": 1, "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    font = {"size": 12, "color": palette.MUTED}
    text = in_brackets(chart.unit)
    is_said = text in title
    return [] if is_said else [{**at, "text": text, "showarrow": False, "font": font}]


def in_brackets(unit: str) -> str:
    """（条）; of 占比（%） itself; nothing of nothing."""
    return unit if not unit or "（" in unit else f"（{unit}）"
