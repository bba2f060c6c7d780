"""Stock indicators: what holds on the as-of day, per region level."""

from datetime import date

import narwhals as nw
import polars as pl

from queries.cubes import (
    benefit_checks,
    benefits,
    coordination,
    discovery,
    emergency_aid,
    referrals,
    register_cubes,
    topic_details,
    warning_cubes,
)
from queries.cubes.counting import Context
from queries.cubes.engine import Engine
from queries.cubes.levelled import levelled
from queries.cubes.rollup import as_text
from queries.cubes.stage import day_number, day_row, quarter_start

DIMENSIONS = ["id", "region", "department", "programme", "category", "residence"]


def stocks(
    engine: Engine,
    context: Context,
    as_of: date,
    persons: dict[str, pl.DataFrame],
    people_now: nw.LazyFrame,
    warnings_now: nw.LazyFrame,
) -> dict[str, pl.DataFrame]:
    """Every stock indicator that is not counted from persons' marks, per level."""
    connected = context.connected
    additive = [*warning_cubes.stocks(warnings_now), referrals.overdue(context)]
    additive += register_cubes.household_stocks(people_now)
    apart = [*benefits.stocks(context), *benefit_checks.stocks(context)]
    apart += [benefits.not_terminated(context), benefits.verified_exits(context)]
    today = day_row(as_of)
    if "application" in connected:
        additive.append(discovery.undecided(context))
    if {"field_visit", "visit_target"} <= connected:
        start = day_number(quarter_start(as_of))
        additive.append(discovery.visited_targets(context, today["quarter"], start))
        additive += topic_details.targets(context, today["quarter"], start)
    if "benefit_event" in connected:
        apart.append(benefits.heated(context, today["heating_season"]))
    january = day_number(date(as_of.year, 1, 1))
    if "fund_ledger" in connected:
        additive.append(coordination.funds(context, january))
    if "emergency_case" in connected:
        additive.append(emergency_aid.aid_of_year(context, january))
    if "meeting_item" in connected:
        additive.append(coordination.overdue_decisions(context))
        if "joint_meeting" in connected:
            additive.append(coordination.decisions(context))
    if "coordination_case" in connected:
        additive.append(topic_details.undecided(context))
    if "programme_policy" in connected:
        additive.append(coordination.extensions(context))
    levels = levelled(engine, additive, apart, DIMENSIONS, persons)
    return {level: as_text(frame) for level, frame in levels.items()}
