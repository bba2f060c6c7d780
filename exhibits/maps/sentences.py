"""县区地图: its finding and its table."""

from collections.abc import Mapping

import polars as pl

from exhibits.standing import ranking
from exhibits.wording import words
from exhibits.wording.figures import figure
from geo import boundaries
from queries.catalogue import Indicator


def map_finding(
    about: Indicator,
    rows: list[dict],
    city: dict,
    name_by_code: Mapping[str, str],
    region: str,
    whose: str,
    own: dict,
    change: str,
) -> str:
    """A region's figure, named `whose`, and its change; its standing, or its first townships."""
    is_left_out = region == "全市" or city["status"] == "suppressed"
    whole = "" if is_left_out else f"（全市{figure(city)}）"
    text = f"{whose}{figure(own)}{whole}{change}"
    if own in rows:
        return f"{text}。"
    if region != "全市":
        figures = [r for r in rows if r["status"] == "ok"]
        top = sorted(figures, key=lambda r: -(r["value"] or 0))[:3]
        listed = words.listed(
            [f"{name_by_code.get(r['group'], r['group'])}（{figure(r)}）" for r in top]
        )
        return (
            f"{text}；{region}各乡镇中数值居前的是{listed}。"
            if top
            else f"{text}；{region}各乡镇{words.UNKNOWN}。"
        )
    standing = ranking(about, rows, city, name_by_code)
    if standing:
        return f"{text}；{standing}。"
    figures = sorted(
        (r for r in rows if r["status"] == "ok" and r["value"]), key=lambda r: -r["value"]
    )
    if not figures:
        return f"{text}。"
    listed = words.listed([f"{name_by_code[r['group']]}（{figure(r)}）" for r in figures[:3]])
    return f"{text}；数值较大的是{listed}。"


def map_table(
    about: Indicator,
    name: str,
    rows: list[dict],
    name_by_code: Mapping[str, str],
    marks: list[str],
    label_by_mark: dict[str, str],
) -> pl.DataFrame:
    """A row a region; `name`: of the figure with its period."""
    points = boundaries.township_points()
    records = [
        {
            "地区": name_by_code.get(row["group"], row["group"]),
            f"{name}（{about.unit}）": None if row["value"] is None else round(row["value"], 2),
            **({"分子": row["numerator"], "分母": row["denominator"]} if about.is_rate else {}),
            "suppressed": row["status"] == "suppressed",
            "分级": label_by_mark.get(mark) or words.STATUS.get(row["status"], ""),
            **(
                {"图上点位": "有" if row["group"] in points else "无"}
                if len(row["group"]) > 6 and points
                else {}
            ),
        }
        for row, mark in zip(rows, marks, strict=True)
    ]
    table = pl.DataFrame(records, infer_schema_length=None)
    if table.is_empty():
        return table
    return table.sort(table.columns[1], descending=True, nulls_last=True, maintain_order=True)
