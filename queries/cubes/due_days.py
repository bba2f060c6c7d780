"""Days on which limits run out, by the limits that hold on the as-of day.

What is staged serves every day of a refresh and a limit may change between them; so staged frames
hold working-day numbers of starts alone, and a due day is found by a join with the calendar.
"""

import narwhals as nw

from queries.cubes.counting import Context, mark, workdays
from queries.cubes.own_limits import application_is_in_days, application_limit

#: Ways of handling an appeal whose limit counts working days; 现场直办 (on_site) counts days.
IN_WORKDAYS = ("cadre_led", "joint", "supervised")


def with_due_day(
    context: Context, rows: nw.LazyFrame, start: str, limit: nw.Expr | int, name: str = "due"
) -> nw.LazyFrame:
    """Adds `name`: the n-th working day after the day whose running number is in `start`."""
    working_days = context.staged["calendar"].filter(nw.col("is_workday") == 1)
    day_by_number = working_days.select(
        nw.col("day").alias(name), nw.col("workday_no").cast(nw.Int64).alias("_no")
    )
    numbered = rows.with_columns(_number=(nw.col(start) + limit).cast(nw.Int64))
    joined = numbered.join(day_by_number, left_on="_number", right_on="_no", how="left")
    return joined.drop("_number", "_no", strict=False)


def fallen_due(
    context: Context, rows: nw.LazyFrame, start: str, limit: nw.Expr | int
) -> nw.LazyFrame:
    """Rows with `due`, see above, of which the day has come."""
    return with_due_day(context, rows, start, limit).filter(nw.col("due") <= context.day)


def with_limit_of_application(context: Context, rows: nw.LazyFrame) -> nw.LazyFrame:
    """Adds `limit`, the application's own, and whether it counts calendar days: limit_in_days."""
    return rows.with_columns(
        limit=application_limit(context.limits), limit_in_days=application_is_in_days()
    )


def with_application_due(context: Context, rows: nw.LazyFrame) -> nw.LazyFrame:
    """Adds what `with_limit_of_application` does, and `due`."""
    limited = with_limit_of_application(context, rows)
    in_days = nw.when(nw.col("limit_in_days")).then(nw.col("accepted_on") + nw.col("limit"))
    dated = with_due_day(context, limited, "accepted_on_w", nw.col("limit"))
    return dated.with_columns(due=in_days.otherwise(nw.col("due")))


def with_appeal_due(context: Context, rows: nw.LazyFrame) -> nw.LazyFrame:
    """Adds `due` by the way of handling, null without one, and `in_time` (1 or 0)."""
    limit = nw.lit(None, dtype=nw.Int64)
    for mode in IN_WORKDAYS:
        is_mode = nw.col("handling_mode") == mode
        limit = nw.when(is_mode).then(nw.lit(context.limits[f"appeal.{mode}"])).otherwise(limit)
    on_site, days = nw.col("handling_mode") == "on_site", context.limits["appeal.on_site"]
    same_day = nw.col("resolved_at") - nw.col("accepted_at") <= days
    in_workdays = workdays("accepted_at_w", "resolved_at_w") <= nw.col("limit")
    dated = with_due_day(context, rows.with_columns(limit=limit), "accepted_at_w", nw.col("limit"))
    return dated.with_columns(
        due=nw.when(on_site).then(nw.col("accepted_at") + days).otherwise(nw.col("due")),
        in_time=mark((on_site & same_day) | (~on_site & in_workdays)),
    )


def with_exit_due(context: Context) -> nw.LazyFrame:
    """
    The calendar with exit_due: last day on which a benefit may run whose end is due since `day`.
    """
    days, months = context.staged["calendar"], context.limits["warning.exit_terminate"]
    ends = days.group_by("month").agg(nw.col("day").max().alias("exit_due"))
    due = ends.with_columns(month=nw.col("month") - months)
    return days.join(due, on="month", how="left")
