"""A row of `indicators` in words: with its unit, and short."""

from exhibits.wording import words
from queries.catalogue import catalogue


def figure(row: dict) -> str:
    """A figure with its unit, or why there is none."""
    return words.value(row["value"], row["unit"], row["status"])


def short(row: dict) -> str:
    """A figure as it stands on a map or in a cell, without its unit."""
    if row["status"] == "suppressed":
        return words.HIDDEN
    if row["status"] != "ok" or row["value"] is None:
        return "—"
    return f"{row['value']:.2f}" if catalogue()[row["id"]].is_rate else f"{row['value']:,.0f}"
