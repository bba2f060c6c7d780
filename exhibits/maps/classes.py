"""Classes of a map: quantiles of the values, or significance against the city."""

import math
from collections.abc import Sequence

from exhibits.permitted import enough
from exhibits.standing import STANDING, UNKNOWN_CLASSES
from queries.answers.significance import standing
from queries.catalogue import Indicator

#: Most classes that are distinguishable in a sequence of blues.
CLASSES = 5


def breaks(values: Sequence[float]) -> list[float]:
    """Upper ends of up to five classes with about as many values each; ties share a class."""
    ordered = sorted(values)
    if not ordered:
        return []
    ends = [ordered[-(-len(ordered) * k // CLASSES) - 1] for k in range(1, CLASSES + 1)]
    return sorted(set(ends))


def shade(value: float, ends: list[float]) -> str:
    """q1 … q5: the class of a value; fewer classes keep the light and the dark end."""
    i = next((i for i, end in enumerate(ends) if value <= end), len(ends) - 1)
    return f"q{1 + round(i * (CLASSES - 1) / max(1, len(ends) - 1))}"


def of_quantiles(indicator: Indicator, rows: list[dict], ends: list[float]) -> list[str]:
    """The class of each row; unknown and too few are classes of their own."""
    return [_quantile(indicator, row, ends) for row in rows]


def _quantile(indicator: Indicator, row: dict, ends: list[float]) -> str:
    if row["status"] == "suppressed":
        return "hidden"
    if row["status"] != "ok" or row["value"] is None:
        return "none"
    if indicator.is_rate and not enough(row):
        return "few"
    return shade(_as_shown(indicator, row["value"]), ends)


def _as_shown(indicator: Indicator, value: float) -> float:
    """The value as it is printed: what looks the same is in one class."""
    return round(value, 2 if indicator.is_rate else 0)


def known_values(indicator: Indicator, rows: list[dict]) -> list[float]:
    """Values, as they are printed, that decide the classes."""
    values = []
    for row in rows:
        ranked = not indicator.is_rate or enough(row)
        if row["status"] == "ok" and row["value"] is not None and ranked:
            values.append(_as_shown(indicator, row["value"]))
    return values


def legend_of_quantiles(
    indicator: Indicator, ends: list[float], values: Sequence[float], used: set[str]
) -> tuple[tuple[str, str], ...]:
    """Each class from its least to its largest value, light to dark; then the unknown ones."""
    digits = 2 if indicator.is_rate else 0
    entries, below = [], -math.inf
    for end in ends:
        start = min(value for value in values if below < value <= end)
        span = f"{start:,.{digits}f}–{end:,.{digits}f}" if end > start else f"{end:,.{digits}f}"
        entries.append((f"{span}{indicator.unit}", shade(end, ends)))
        below = end
    return (*entries, *_unknown(used))


def _unknown(used: set[str]) -> list[tuple[str, str]]:
    return [(label, mark) for mark, label in UNKNOWN_CLASSES if mark in used]


def of_significance(indicator: Indicator, rows: list[dict], city: dict) -> list[str]:
    """The standing of each row against the city."""
    return [standing(indicator, row, city) for row in rows]


def legend_of_significance(used: set[str]) -> tuple[tuple[str, str], ...]:
    """Better, usual, worse; then the classes without a figure."""
    return (*[(label, mark) for mark, label in STANDING], *_unknown(used))
