"""Flow indicators: what happened on each day, per region level."""

import polars as pl

from queries.cubes import (
    benefits,
    coordination,
    discovery,
    emergency_aid,
    referrals,
    topic_details,
    warning_flows,
)
from queries.cubes.counting import Context
from queries.cubes.engine import Engine
from queries.cubes.levelled import levelled
from queries.cubes.rollup import as_text

DIMENSIONS = ["id", "region", "department", "programme", "day"]

#: Days of a block of rows.
MONTH = 31


def flows(engine: Engine, context: Context) -> dict[str, pl.DataFrame]:
    """Every flow indicator per level; see `counting.py` for the columns."""
    connected = context.connected
    additive = [*warning_flows.flows(context), *referrals.flows(context)]
    additive += topic_details.details(context)
    once = [*benefits.flows(context), benefits.risk_removed(context)]
    if "application" in connected:
        additive += discovery.applications(context)
    if "benefit_event" in connected:
        additive.append(benefits.medical_aid(context))
    if "data_submission" in connected:
        additive += discovery.submissions(context)
    if "appeal" in connected:
        additive += discovery.appeals(context)
    if "field_visit" in connected:
        additive.append(discovery.visits(context))
    if "coordination_case" in connected:
        additive += coordination.cases(context)
    if "emergency_case" in connected:
        additive += emergency_aid.emergencies(context)
    if "service_record" in connected:
        additive.append(emergency_aid.services(context))
        once.append(emergency_aid.served(context))
    if "match_run" in connected:
        once.append({"city": discovery.suppliers(context)})
    levels = levelled(engine, additive, once, DIMENSIONS)
    return {level: as_text(frame.sort(order(frame))) for level, frame in levels.items()}


def order(frame: pl.DataFrame) -> pl.Expr:
    """
    Rows by month, so that a period is read without what lies before it, then by what repeats, which
    packs a third smaller. One number is sorted twice as fast as two. Texts must be categories.
    """
    codes = {
        name: pl.col(name).to_physical().cast(pl.Int64).fill_null(-1) + 1
        for name in DIMENSIONS[:-1]
    }
    size = frame.select(code.max() + 1 for code in codes.values()).row(0, named=True)
    number = pl.col("day") // MONTH
    for name in ("id", "department", "programme"):
        number = number * size[name] + codes[name]
    return (number * MONTH + pl.col("day") % MONTH) * size["region"] + codes["region"]
