"""Who must act on an entry, with whom, where and by when."""

from datetime import date
from typing import Any

import polars as pl

from data.reference import calendar, policy_tables
from data.reference.departments import members, operators, successors
from exhibits.attention.measures import OF_REFERRALS, indicators_of
from exhibits.attention.phrases import holder_kind, holders, unit_name
from exhibits.wording import names, words
from queries.catalogue import catalogue
from queries.cubes.programmes import programme_numbers
from queries.store.snapshot import Snapshot

#: Working days until the due day proposed, a default of ours: as long as a department has.
PROPOSED = 20

#: Measures of an entry whose departments cooperate.
MEASURES = 3

#: Departments of a county's late referrals that are named.
NAMED = 2


def due_day(snapshot: Snapshot) -> str:
    """The proposed due day: 2026年11月27日."""
    return words.day(calendar.due_day(snapshot.as_of, PROPOSED))


def government(snapshot: Snapshot, code: str) -> str:
    """礼县人民政府, 石桥镇人民政府, 东街街道办事处"""
    name = names.region_name(snapshot, code)
    return f"{name}{'办事处' if name.endswith('街道') else '人民政府'}"


def actor(snapshot: Snapshot, row: dict[str, Any], unit: str) -> str:
    """The department for its referrals, a county's government for what the county holds."""
    if unit in names.departments():
        return names.department(unit)
    if row["by"] == "city":
        units = [_answers(snapshot, holder_kind(row), code) for code in holders(row)]
        return words.listed(units) or "各县（区）人民政府"
    if row["measure"] in OF_REFERRALS:
        late = _late_departments(snapshot, row)
        return words.listed([names.department(code) for code in late]) or "有关责任单位"
    return government(snapshot, unit)


def _answers(snapshot: Snapshot, by: str, code: str) -> str:
    return names.department(code) if by == "department" else government(snapshot, code)


def _late_departments(snapshot: Snapshot, row: dict[str, Any]) -> list[str]:
    """The departments with most of a county's late referrals."""
    if row["by"] != "county":
        return []
    # What waits for a department's answer is late with its referral.
    measure = "I0724" if row["measure"] == "routed" else row["measure"]
    rows = (
        snapshot.cube("attention_departments.county")
        .filter(pl.col("county") == row["unit"], pl.col("measure") == measure, pl.col("bad") > 0)
        .sort("bad", "department", descending=[True, False])
    )
    return rows["department"].head(NAMED).to_list()


def counties(snapshot: Snapshot, rows: list[dict[str, Any]]) -> str:
    """Names of the regions that an entry is about."""
    regions = [row["unit"] for row in rows if row["by"] in ("county", "township")]
    regions += [code for row in rows for code in holders(row) if code.isdecimal()]
    return words.listed([unit_name(snapshot, "county", code) for code in dict.fromkeys(regions)])


def cooperating(snapshot: Snapshot, rows: list[dict[str, Any]], with_units: list[str]) -> str:
    """
    Who cooperates: with a county the departments whose programmes and task rows its largest
    measures are, with a department the counties of the same cases (`with_units`).
    """
    first = rows[0]
    if first["by"] == "department":
        return words.listed([government(snapshot, code) for code in with_units])
    if first["measure"] in OF_REFERRALS and first["by"] == "county":
        return government(snapshot, first["unit"])
    leading = {code for row in rows[:MEASURES] for code in _leading(row["measure"], snapshot.as_of)}
    named = [code for code in members(snapshot.as_of) if code in leading]
    return words.listed([names.department(code) for code in named])


def _leading(measure: str, day: date) -> list[str]:
    """Who operates a programme, or leads the task rows of another measure."""
    if measure in programme_numbers():
        return [operators(day)[measure]]
    # States of warnings belong to the rows of I0707.
    rows = catalogue()[(*indicators_of(measure), "I0707")[0]].task_rows
    by_row = {row["row_id"]: row["lead_codes"] for row in policy_tables.table("tasks").to_dicts()}
    return [successors(day).get(code, code) for row in rows for code in by_row[row].split("|")]
