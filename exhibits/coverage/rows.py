"""Shared by the exhibits of 覆盖缺口: coverage of the scope's persons, and its wording."""

import polars as pl

from data.reference import policy_tables
from exhibits.wording import names, words
from queries.access import AccessError
from queries.answers.coverage import coverage, left_out, with_limits
from queries.answers.cube_rows import own_group
from queries.answers.indicators import indicators
from queries.scope import Scope, before
from queries.store.snapshot import Snapshot

PAGE = "覆盖缺口"


RULE = (
    "符合条件＝按项目资格规则判定；已享受＝在项目计算窗口内有待遇或救助记录；"
    "核实排除＝近12个月推送反馈为不符合、放弃或已获救助；缺口＝符合条件、未享受且未排除。"
    "疑似缺口单列，不计入应救未救。"
)


def scoped_rows(snapshot: Snapshot, scope: Scope, by: str) -> pl.DataFrame:
    """Coverage of the scope's persons, programmes of its department alone."""
    rows = coverage(snapshot, by, scope.residence or None, scope.category or None)
    if scope.department:
        own = policy_tables.programmes().filter(operating_dept=scope.department)["programme_code"]
        rows = rows.filter(pl.col("programme_code").is_in(own.to_list()))
    return with_limits(rows)


def connected(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of programmes whose source is connected; others have no counts."""
    hidden = pl.col("suppressed") if "suppressed" in rows.columns else pl.lit(False)
    return rows.filter(pl.col("eligible").is_not_null() | hidden)


def rate_status(row: dict) -> str:
    """The status of a row's rate: suppressed where it rests on a suppressed count."""
    if row["rate"] is not None:
        return "ok"
    counts = (row["eligible"], row["covered_eligible"])
    return "suppressed" if row.get("suppressed") and None in counts else "undefined"


def city_rows(snapshot: Snapshot, scope: Scope) -> dict[str, dict]:
    """Coverage of the city by programme; empty for a role without access to it."""
    try:
        rows = scoped_rows(snapshot, scope, "city")
    except AccessError:
        return {}
    return {row["programme_code"]: row for row in rows.to_dicts()}


def own_rows(snapshot: Snapshot, scope: Scope, basis: str) -> pl.DataFrame:
    """Coverage of the scope's region by programme, of one basis."""
    rows = scoped_rows(snapshot, scope, scope.region.level)
    return rows.filter(group=own_group(snapshot, scope.region), basis=basis)


def persons_row(snapshot: Snapshot, scope: Scope, indicator: str) -> dict:
    """The indicator's figure of the region; for a department's role that of its programmes."""
    narrowed = (scope.residence or None, scope.category or None)
    if own := snapshot.access.department:
        rows = indicators(snapshot, "department", None, *narrowed, scope.region)
        return rows.filter(id=indicator, group=own).row(0, named=True)
    rows = indicators(snapshot, scope.region.level, None, *narrowed)
    return rows.filter(id=indicator, group=own_group(snapshot, scope.region)).row(0, named=True)


OVERALL = {"firm": ("I0890", "I0891"), "suspected": ("I0892", "I0893")}


def overall_words(snapshot: Snapshot, scope: Scope, basis: str) -> str:
    """应救未救…人，较…；救助覆盖率…"""
    then = before(snapshot, scope)
    missing, covered = OVERALL[basis]
    now, name = persons_row(snapshot, scope, missing), names.BASES[basis]
    if now["status"] != "ok":
        return f"{name}{words.STATUS[now['status']]}"
    old = persons_row(then, scope, missing)["value"] if then else None
    rate, unit = persons_row(snapshot, scope, covered), now["unit"]
    return (
        f"{names.whose(snapshot, scope.region, snapshot.access.department, name)}"
        f"{words.count(now['value'], unit)}，"
        f"{words.change_since(now['value'], old, unit, then.as_of if then else None)}；"
        f"{rate['name']}{words.value(rate['value'], '%', rate['status'])}"
    )


def left_out_words(snapshot: Snapshot, basis: str) -> str:
    indicator = {"firm": "I0890", "suspected": "I0892"}[basis]
    absent = left_out(snapshot, indicator)
    if not absent:
        return ""
    return f"未计入（数据源未接入）：{words.listed([names.programme(p) for p in absent])}。"
