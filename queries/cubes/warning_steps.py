"""What was done about each warning by D: its referrals, cases, applications, and their clocks."""

import narwhals as nw

from queries.cubes import clocks
from queries.cubes.counting import Context, as_of, mark
from queries.cubes.warning_flows import raised


def _referred(context: Context) -> nw.LazyFrame:
    """Per warning: departments, first sent, last answered of the live, returns, last returned."""
    rows = context.staged["referral"].filter(
        nw.col("sent_at") <= context.day, ~nw.col("warning_id").is_null()
    )
    live = nw.col("returned_at").is_null()
    return (
        as_of(rows, context.day, "returned_at", "responded_at")
        .with_columns(returned=mark(~live), answered=nw.when(live).then(nw.col("responded_at")))
        .group_by("warning_id")
        .agg(
            nw.col("answered").max(),
            nw.col("returned").sum().alias("returns"),
            nw.col("returned_at").max().alias("last_return"),
            nw.col("to_dept").min().alias("one_department"),
            nw.col("to_dept").max().alias("other_department"),
            nw.col("sent_at_w").min().alias("sent_w"),
            nw.col("sent_at").min().alias("sent_day"),
        )
    )


def _coordinated(context: Context) -> nw.LazyFrame:
    """Per warning: the first case opened, the last closed."""
    rows = context.staged["coordination_case"].filter(
        nw.col("source_type") == "warning", nw.col("opened_at") <= context.day
    )
    return (
        as_of(rows, context.day, "closed_at")
        .with_columns(warning_id=nw.col("source_id"))
        .group_by("warning_id")
        .agg(
            nw.col("closed_at").max().alias("case_closed"),
            nw.col("opened_at_w").min().alias("opened_w"),
            nw.col("opened_at").min().alias("opened_day"),
        )
    )


def _applied(context: Context) -> nw.LazyFrame:
    """Per warning: the first application accepted."""
    return (
        clocks.accepted(context)
        .group_by("warning_id")
        .agg(
            nw.col("accepted_on_w").min().alias("accepted_w"),
            nw.col("accepted_on").min().alias("accepted_day"),
        )
    )


#: What an absent optional table leaves unknown of every warning.
OF_TABLE = {
    "coordination_case": ("case_closed", "opened_w", "opened_day"),
    "application": ("accepted_w", "accepted_day"),
}


def with_steps(context: Context) -> nw.LazyFrame:
    """Warnings raised by D with their referrals, cases and applications, and their clocks."""
    parts = [(_referred, clocks.routed, "routed", "referral")]
    parts.append((_coordinated, clocks.coordinating, "coordinating", "coordination_case"))
    parts.append((_applied, clocks.applied, "applied", "application"))
    rows = raised(context)
    for steps, clock, state, table in parts:
        if table in context.connected:
            rows = rows.join(steps(context), on="warning_id", how="left")
            rows = rows.join(clock(context), on="warning_id", how="left")
        else:
            names = (*OF_TABLE[table], *(f"{state}_{what}" for what in ("since", "clock", "late")))
            rows = rows.with_columns(nw.lit(None, dtype=nw.Int64).alias(name) for name in names)
    return rows.with_columns(nw.col("returns").fill_null(0))
