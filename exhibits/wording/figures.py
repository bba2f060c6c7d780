"""A row of `indicators` in words: with its unit, short, and what a control chart says of it."""

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


def signal_words(signal: str, points: int) -> str:
    """What a control chart says of its latest point."""
    if points < 12:
        return "月末不足12个，不作变化判断"
    return {
        "improvement": "出现好转信号",
        "concern": "出现变差信号",
        "neutral": "出现变化信号",
    }.get(signal, "属正常波动")
