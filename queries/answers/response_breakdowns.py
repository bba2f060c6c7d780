"""Department × county, reasons of return, waits by band, before and after a day."""

from datetime import date, timedelta

import polars as pl

from queries.access.open_edition import open_edition
from queries.answers.cube_rows import cells
from queries.answers.response import curve, sent_in
from queries.answers.wait_bands import band, band_order
from queries.cache import cached
from queries.cubes.stage import day_number
from queries.region import Region
from queries.statistics.intervals import wilson
from queries.statistics.survival import quantiles_of
from queries.store.snapshot import Snapshot

#: Upper ends of the bands of working days: programmes have limits of 20 to 180.
BANDS = (5, 10, 20, 40, 60, 120)


@cached(16)
def on_time_by_two(snapshot: Snapshot, since: date, region: str = "") -> pl.DataFrame:
    """
    I0723 (by their own limits) by department and county (or township of a region).

    Columns: department, region, numerator, denominator (referrals), rate, lower, upper (0–100,
    Wilson 95 %).
    """
    sums = _in_time(snapshot, "township" if region else "county", since, region)
    lower, upper = wilson(pl.col("numerator"), pl.col("denominator"))
    return sums.with_columns(
        rate=pl.col("numerator") / pl.col("denominator") * 100,
        lower=lower * 100,
        upper=upper * 100,
    ).sort("department", "region")


@open_edition("numerator", "denominator")
def _in_time(snapshot: Snapshot, by: str, since: date, region: str) -> pl.DataFrame:
    return (
        cells(snapshot, "flow", by, Region(region).county, since)
        .filter(pl.col("id") == "I0723")
        .group_by("department", "region")
        .agg(pl.col("numerator", "denominator").sum())
        .filter(pl.col("denominator") > 0, pl.col("department").is_not_null())
    )


@cached(16)
@open_edition("returned")
def returned(snapshot: Snapshot, since: date, region: str = "") -> pl.DataFrame:
    """Returned referrals sent in the period: department, reason (null when not given), returned."""
    cut = ("department", "reason")
    return (
        sent_in(cells(snapshot, "response", region=region), since)
        .filter(pl.col("state") == "returned")
        .group_by(cut)
        .agg(returned=pl.col("n").sum())
        .sort(cut)
    )


@cached(16)
@open_edition("referrals")
def waits(snapshot: Snapshot, since: date, region: str = "", department: str = "") -> pl.DataFrame:
    """
    Working days of completed referrals (answered in the period) beside the open ones on the day.

    Columns: kind (completed, open), band, referrals.
    """
    department = snapshot.access.department or department
    rows = cells(snapshot, "response", region=region)
    if department:
        rows = rows.filter(pl.col("department") == department)
    completed = rows.filter(pl.col("responded_day") >= day_number(since))
    still = rows.filter(pl.col("state") == "open")
    parts = [
        completed.select(pl.lit("completed").alias("kind"), days="answer_time", n="n"),
        still.select(pl.lit("open").alias("kind"), days="time", n="n"),
    ]
    return (
        pl.concat(parts)
        .group_by("kind", band=band("days", BANDS))
        .agg(referrals=pl.col("n").sum())
        .sort("kind", band_order("band", BANDS))
    )


def start_before(snapshot: Snapshot, day: date) -> date:
    """First day of the time before a day that is as long as that from it to the as-of day."""
    return day - (snapshot.as_of - day) - timedelta(days=1)


@cached(16)
@open_edition("referrals")
def before_and_after(
    snapshot: Snapshot, day: date, region: str = "", by: str = "department"
) -> pl.DataFrame:
    """
    Referrals sent from a day to the as-of day, and in an equally long time before it.

    Columns: group, half (before, after), referrals, median, lower, upper (working days, empty
    when not reached). Both are seen on the as-of day, open ones censored.
    """
    earlier = start_before(snapshot, day)
    halves = {
        "before": curve(snapshot, by, earlier, region, day),
        "after": curve(snapshot, by, day, region),
    }
    compared = []
    for half, curves in halves.items():
        counted = curves.group_by("group").agg(referrals=pl.col("at_risk").max())
        medians = quantiles_of(curves.rename({"workdays": "time"}), ["group"], 0.5)
        joined = counted.join(medians, on="group", how="left").rename({"quantile": "median"})
        compared.append(joined.with_columns(half=pl.lit(half)))
    return pl.concat(compared).sort("group", "half", descending=[False, True])
