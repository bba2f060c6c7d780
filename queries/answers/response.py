"""How fast departments answer referrals, open ones included."""

from datetime import date

import polars as pl

from queries.access.open_edition import SUPPRESSED, hides, is_shown, open_edition
from queries.answers import breakdowns
from queries.answers.cube_rows import cells
from queries.cache import cached
from queries.cubes.stage import day_number
from queries.region import LEVELS
from queries.statistics.survival import kaplan_meier, quantiles_of, reached_by_half
from queries.store.snapshot import Cubes

BREAKDOWNS = ("city", "department", "county", "township", "programme")

#: What becomes of a referral; the parts of all.
STATES = ("responded", "open", "returned")

COLUMNS = (
    "group",
    "referrals",
    "responded",
    "open",
    "returned",
    "median",
    "median_lower",
    "median_upper",
    "p90",
    "closed_only_median",
    "completed_median",
    "open_median",
    "on_time_rate",
)


def cells_of(
    snapshot: Cubes, cube: str, by: str, region: str = "", since: date | None = None
) -> pl.DataFrame:
    """Cells of a cube with their `group`; of a cube by day those from a day on."""
    rows = cells(snapshot, cube, by, region, since)
    if by == "city":
        return rows.with_columns(group=pl.lit(breakdowns.city_code(snapshot)))
    return rows.with_columns(group=pl.col("region" if by in LEVELS else by))


def sent_in(rows: pl.DataFrame, since: date) -> pl.DataFrame:
    """Referrals sent from a day on."""
    return rows.filter(pl.col("sent_day") >= day_number(since))


def at_risk(sent: pl.DataFrame) -> pl.DataFrame:
    """Times with the number answered and censored (open or returned)."""
    answered = pl.col("state") == "responded"
    return sent.group_by("group", "time").agg(
        responded=pl.col("n").filter(answered).sum(), censored=pl.col("n").filter(~answered).sum()
    )


@cached(32)
def curve(
    snapshot: Cubes, by: str, since: date, region: str = "", until: date | None = None
) -> pl.DataFrame:
    """
    Kaplan–Meier curve of the referrals sent from `since` to the as-of day, or before `until`.

    Columns: group, workdays, at_risk, responded, censored (referrals), survival (still waiting,
    0–1), lower, upper (log-log 95 %, empty where survival is 0 or 1).
    """
    sent = sent_in(cells_of(snapshot, "response", by, region), since)
    if until:
        sent = sent.filter(pl.col("sent_day") < day_number(until))
    times = at_risk(sent).filter(pl.col("group").is_not_null())
    if hides(snapshot, by, region):
        times = times.filter(of_many(["group"]))
    return kaplan_meier(times, ["group"]).rename({"time": "workdays"}).sort("group", "workdays")


def of_many(groups: list[str]) -> pl.Expr:
    """Times of groups large enough that their curves may be shown in the open edition."""
    return is_shown((pl.col("responded") + pl.col("censored")).sum().over(groups))


def _medians(rows: pl.DataFrame, since: date, hide: bool) -> pl.DataFrame:
    """Three medians beside Kaplan–Meier's: closed only, completed, open; `hide`: not of 1–7."""
    answered = rows.filter(pl.col("responded_day").is_not_null())
    start = day_number(since)
    kinds = {
        "closed_only_median": answered.filter(pl.col("sent_day") >= start).rename(
            {"answer_time": "days"}
        ),
        "completed_median": answered.filter(pl.col("responded_day") >= start).rename(
            {"answer_time": "days"}
        ),
        "open_median": rows.filter(pl.col("state") == "open").rename({"time": "days"}),
    }
    groups = rows.select("group").unique()
    for name, waits in kinds.items():
        counted = waits.group_by("group", pl.col("days").alias("time")).agg(pl.col("n").sum())
        if hide:
            counted = counted.filter(is_shown(pl.col("n").sum().over("group")))
        median = reached_by_half(counted, ["group"]).select("group", pl.col("median").alias(name))
        groups = groups.join(median, on="group", how="left")
    return groups


@cached(32)
def response(snapshot: Cubes, by: str, since: date, region: str = "") -> pl.DataFrame:
    """
    Response of the referrals sent in the period; columns `COLUMNS`.

    referrals = responded + open + returned. Medians and P90 in working days, empty when not
    reached; `on_time_rate` 0–100 of the not returned whose due day is in the period.
    """
    rows = cells_of(snapshot, "response", by, region).filter(pl.col("group").is_not_null())
    curves = curve(snapshot, by, since, region).rename({"workdays": "time"})
    half, tenth = (quantiles_of(curves, ["group"], level) for level in (0.5, 0.1))
    groups = pl.DataFrame({"group": _groups(snapshot, by, rows)}, schema={"group": pl.String})
    counts = ("referrals", *STATES)
    medians = {"quantile": "median", "lower": "median_lower", "upper": "median_upper"}
    sent = _by_state(snapshot, by, since, region)
    joined = groups
    for part in (
        sent,
        half.rename(medians),
        tenth.select("group", p90="quantile"),
        _medians(rows, since, hides(snapshot, by, region)),
        _on_time(snapshot, by, since, region),
    ):
        joined = joined.join(part, on="group", how="left", maintain_order="left")
    none_sent = ~pl.col("group").is_in(sent["group"].implode())
    return joined.with_columns(
        *[pl.when(none_sent).then(0).otherwise(n).alias(n) for n in counts],
        SUPPRESSED.fill_null(False),
    ).select(*COLUMNS, SUPPRESSED)


@open_edition("referrals", *STATES)
def _by_state(snapshot: Cubes, by: str, since: date, region: str) -> pl.DataFrame:
    """group, referrals and those of each state."""
    sent = sent_in(cells_of(snapshot, "response", by, region), since)
    n, state = pl.col("n"), pl.col("state")
    return (
        sent.filter(pl.col("group").is_not_null())
        .group_by("group")
        .agg(referrals=n.sum(), **{name: n.filter(state == name).sum() for name in STATES})
    )


def _groups(snapshot: Cubes, by: str, rows: pl.DataFrame) -> list[str]:
    if by == "department":
        return breakdowns.departments(snapshot, rows["group"])
    if by == "programme":
        return [p for p in breakdowns.programmes() if p in set(rows["group"])]
    return breakdowns.own_codes(snapshot, by)


def _on_time(snapshot: Cubes, by: str, since: date, region: str) -> pl.DataFrame:
    """I0723 by group: group, on_time_rate."""
    rate = pl.col("numerator") / pl.col("denominator") * 100
    sums = _in_time(snapshot, by, since, region)
    return sums.filter(pl.col("denominator") > 0).select("group", on_time_rate=rate)


@open_edition("numerator", "denominator")
def _in_time(snapshot: Cubes, by: str, since: date, region: str) -> pl.DataFrame:
    flow = cells_of(snapshot, "flow", by, region, since).filter(id="I0723")
    return flow.group_by("group").agg(pl.col("numerator", "denominator").sum())
