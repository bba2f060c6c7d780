"""Seasons in words: what is being paid out and by when, and how the last season ended."""

from datetime import date

import polars as pl

from data.reference import seasons
from data.reference.seasons import Season
from exhibits.wording import names, words


def season_name(season: Season) -> str:
    """2025—2026采暖季, 2026参保年度"""
    year = season.start.year
    years = f"{year}" if season.kind == "insurance_year" else f"{year}—{year + 1}"
    return f"{years}{names.SEASONS[season.kind]}"


def paying(row: dict, as_of: date) -> str:
    """发放期内，已发放86.20%，应于12月31日前发放完毕; of a row of `coverage`, empty without."""
    if not row["pending"]:
        return ""
    if due := _due(row, as_of):
        return f"发放期内，{_paid(row)}，应于{due}前发放完毕"
    return f"新近符合条件、待发放{words.count(row['pending'], row['unit'])}，{_paid(row)}"


def _paid(row: dict) -> str:
    share = row["paid_share"]
    return f"已发放{words.value(share, '%', 'ok' if share is not None else 'suppressed')}"


def _due(row: dict, as_of: date) -> str:
    """12月31日: by when a season in payment is to be paid out; empty for any other."""
    season = seasons.season(row["programme_code"], as_of)
    if not (row["pending"] and season and season.due and season.awaits_payment(as_of)):
        return ""
    return f"{season.due.month}月{season.due.day}日"


def over(row: dict) -> str:
    """非发放期（2025—2026采暖季已结束，覆盖率94.19%）; of a row of `last_season`."""
    season = seasons.season(row["programme_code"], row["ended"])
    name = season_name(season) if season else ""
    rate = "无人符合条件" if row["rate"] is None else f"覆盖率{row['rate']:.2f}%"
    if row.get("suppressed") and row["rate"] is None:
        rate = f"覆盖率{words.HIDDEN}"
    return f"非发放期（{name}已结束，{rate}）"


def _inside(due: str, rows: list[dict], as_of: date) -> str:
    """Programmes in payment until the same day; of several their day once."""
    if len(rows) == 1:
        return f"{names.programme(rows[0]['programme_code'])}{paying(rows[0], as_of)}"
    each = [f"{names.programme(row['programme_code'])}{_paid(row)}" for row in rows]
    return f"发放期内、应于{due}前发放完毕的，{words.listed(each)}"


def listed(rows: pl.DataFrame, last: pl.DataFrame, as_of: date) -> str:
    """Programmes in payment by a day and those off season, a clause each; empty without."""
    rows_by_due: dict[str, list[dict]] = {}
    for row in rows.to_dicts():
        if due := _due(row, as_of):
            rows_by_due.setdefault(due, []).append(row)
    clauses = [_inside(due, same, as_of) for due, same in rows_by_due.items()]
    clauses += [f"{names.programme(r['programme_code'])}{over(r)}" for r in last.to_dicts()]
    return "；".join(clauses)
