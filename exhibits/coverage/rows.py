"""Shared by the exhibits of 覆盖缺口: coverage of the scope's persons, and its wording."""

import polars as pl

from data.reference.departments import operators
from exhibits.wording import names, words
from queries.access import AccessError
from queries.answers.coverage import coverage, last_season, with_limits
from queries.answers.cube_rows import own_group
from queries.answers.programme_sums import left_out
from queries.scope import Scope
from queries.store.snapshot import Snapshot

PAGE = "覆盖缺口"


#: What everybody must know who reads a number of people owed aid.
SCREENED = "按规则筛查、待核实；仅指在册人员"

RULE = (
    "符合条件＝按项目资格规则判定；已享受＝在项目计算窗口内有待遇或救助记录；"
    "核实排除＝近12个月推送反馈为不符合、放弃或已获救助；发放期内＝未享受而应发放之日未到；"
    "缺口＝符合条件、未享受、未排除且不在发放期内；覆盖率＝已享受÷（符合条件－发放期内）。"
    "户按户主代表所在地区和类别计。疑似缺口单列，不计入应救未救。"
    f"{SCREENED}。"
)

#: Counts of programmes, some of persons and some of households: the row says which.
UNIT = pl.col("unit").alias("单位")


def count_columns(basis: str) -> list[pl.Expr]:
    """Columns of a table of programmes: the unit, and what became of the eligible."""
    return [
        UNIT,
        pl.col("eligible").alias("符合条件（人、户）"),
        pl.col("covered_eligible").alias("已享受（人、户）"),
        pl.col("excluded").alias("核实排除（人、户）"),
        pl.col("pending").alias("发放期内（人、户）"),
        pl.col("gap").alias(f"{names.BASES[basis]}（人、户）"),
        pl.col("rate").round(2).alias("覆盖率（%）"),
    ]


def scoped_rows(snapshot: Snapshot, scope: Scope, by: str) -> pl.DataFrame:
    """Coverage of the scope's persons, programmes of its department alone."""
    rows = coverage(snapshot, by, scope.residence or None, scope.category or None)
    return with_limits(_of_department(rows, scope))


def last_rows(snapshot: Snapshot, scope: Scope, basis: str) -> pl.DataFrame:
    """Programmes off season in the scope's region, as of the end of their last season."""
    narrowed = (scope.residence or None, scope.category or None)
    rows = last_season(snapshot, scope.region.level, *narrowed)
    own = rows.filter(group=own_group(snapshot, scope.region), basis=basis)
    return _of_department(own, scope)


def _of_department(rows: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    if not scope.department:
        return rows
    own = [p for p, operator in operators(scope.as_of).items() if operator == scope.department]
    return rows.filter(pl.col("programme_code").is_in(own))


def counted(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of programmes that are connected and in season; others have no counts."""
    return rows.filter(status="ok")


def rate_status(row: dict) -> str:
    """The status of a row's rate: suppressed where it rests on a suppressed count."""
    if row["rate"] is not None:
        return "ok"
    counts = (row["eligible"], row["covered_eligible"], row["pending"])
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


def left_out_words(snapshot: Snapshot, basis: str) -> str:
    """Programmes of the basis that no sum holds, in persons or households, and why."""
    indicator = {"firm": "I0891", "suspected": "I0892"}[basis]
    phrases = {"no_data": words.NOT_CONNECTED, "off_season": words.STATUS["off_season"]}
    said = []
    for status, phrase in phrases.items():
        left = left_out(snapshot, indicator, status)
        if left:
            said.append(f"未计入（{phrase}）：{words.listed([names.programme(p) for p in left])}。")
    return "".join(said)
