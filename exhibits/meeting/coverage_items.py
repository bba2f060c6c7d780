"""Proposals from coverage: programmes that have not started, and the largest gaps."""

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from data.reference.departments import operators
from exhibits.make import scope_name
from exhibits.meeting.agenda_item import MOST, Item, recipe_of
from exhibits.wording import names, words
from queries.answers.coverage import coverage, due
from queries.answers.significance import FEWEST
from queries.scope import Scope
from queries.store.snapshot import Snapshot


def _firm(snapshot: Snapshot, scope: Scope) -> pl.DataFrame:
    """Firm programmes by county with enough whose aid is due, in the scope's county."""
    return coverage(snapshot, "county").filter(
        pl.col("basis") == "firm",
        due() >= FEWEST,
        scope.region.county.holds(pl.col("group")),
    )


def unstarted(snapshot: Snapshot, scope: Scope) -> Iterator[Item]:
    """Programmes with entitled persons or households in a county and not one reached."""
    rows = _firm(snapshot, scope).filter(pl.col("covered_eligible") == 0)
    for row in rows.sort("eligible", descending=True).head(MOST).to_dicts():
        where, programme = _where(snapshot, scope, row)
        unit = row["unit"]
        yield Item(
            f"unstarted-{row['programme_code']}-{row['group']}",
            "unstarted",
            f"{where}{programme}尚未启动",
            f"符合条件{words.count(row['eligible'], unit)}，已享受0{unit}，核实排除"
            f"{words.count(row['excluded'], unit)}，缺口{words.count(row['gap'], unit)}。",
            operators(snapshot.as_of)[row["programme_code"]],
            recipe_of("coverage.cascade.cascade", scope, row["group"], basis="firm"),
        )


def gaps(snapshot: Snapshot, scope: Scope) -> Iterator[Item]:
    """The largest firm gaps by programme and county among the programmes that run there."""
    rows = _firm(snapshot, scope).filter(pl.col("covered_eligible") > 0, pl.col("gap") > 0)
    for row in rows.sort("gap", descending=True).head(MOST).to_dicts():
        where, programme = _where(snapshot, scope, row)
        unit = row["unit"]
        yield Item(
            f"gap-{row['programme_code']}-{row['group']}",
            "gap",
            f"{where}{programme}应救未救{words.count(row['gap'], unit)}",
            f"符合条件{words.count(row['eligible'], unit)}，覆盖率{words.value(row['rate'], '%')}，"
            f"在{scope_name(snapshot, scope)}各项目中缺口较大。",
            operators(snapshot.as_of)[row["programme_code"]],
            recipe_of("coverage.matrix.matrix", scope, measure="gap", basis="firm"),
        )


def _where(snapshot: Snapshot, scope: Scope, row: dict) -> tuple[str, str]:
    there = replace(scope, region=row["group"])
    return scope_name(snapshot, there), names.programme(row["programme_code"])
