"""A row of `indicators` in words: with its unit, and short."""

from collections.abc import Mapping

from exhibits.wording import words
from queries.catalogue import PARTS, catalogue


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


def parts(indicator: str, rows: Mapping[str, dict]) -> str:
    """
    待核查5条、待转办4条、待民政办理3条: what a sum is never shown without.

    `rows`: of one group by indicator. Empty for an indicator without parts, or a day without them.
    """
    ids = [i for i in PARTS.get(indicator, ()) if i in rows]
    return words.listed(
        [f"{catalogue()[i].name.removesuffix('预警数')}{figure(rows[i])}" for i in ids]
    )


def households(row: dict | None) -> str:
    """12.52万户, *户; empty where there is no such figure."""
    return words.count(row["value"], "户") if row and _is_counted(row) else ""


def and_households(row: dict | None) -> str:
    """、56户 or 、* beside a number of persons; empty without a figure."""
    return f"、{figure(row)}" if row and _is_counted(row) else ""


def _is_counted(row: dict) -> bool:
    return row["status"] in ("ok", "suppressed")


def in_brackets(text: str) -> str:
    """（…）, nothing for nothing."""
    return f"（{text}）" if text else ""
