"""Topics of the task pages: parts of a whole with their rate, by part, month or county."""

from datetime import date

import polars as pl

from queries.access import OUTSIDE, AccessError
from queries.access.open_edition import open_edition
from queries.answers.cube_rows import cells
from queries.cache import cached
from queries.catalogue import OF_PROGRAMMES
from queries.cubes.stage import EPOCH
from queries.cubes.topic_details import AID_HOURS, PAPERWORK_DAYS
from queries.region import LEVELS
from queries.statistics.intervals import wilson
from queries.store.snapshot import Snapshot
from queries.store.versions import OlderDefinitions

__all__ = ["AID_HOURS", "MEAN", "MONEY", "PAPERWORK_DAYS", "STOCKS", "chain", "cliff", "details"]

#: Sums of money: stored in fen.
MONEY = ("fund",)

#: Money and how often it was given: `met` in yuan, `whole` a count, `rate` yuan each.
MEAN = ("aid_given", "medical_aid", "temporary_aid", "aid_cause")

#: Topics that are some programmes of another.
SOME_OF = {
    "medical_aid": ("aid_given", OF_PROGRAMMES["I0905"]),
    "temporary_aid": ("aid_given", OF_PROGRAMMES["I1005"]),
}

#: Sums of money and counts of work, which the open edition leaves as they are.
WORK = (*MONEY, "match", "submission", "visit_role", "visit_group")

#: Counted as of the day, not in a period.
STOCKS = (
    *("target_group", "ever_visited", "case_undecided"),
    *("monitored_kind", "insured", "premium_paid"),
)

#: Topics of persons of the register whose part is their main category.
OF_CATEGORY = ("insured", "premium_paid")

GROUPS = ("part", "month", "region")


@cached(64)
def details(
    snapshot: Snapshot,
    topic: str,
    since: date,
    by: str = "part",
    region: str = "",
    part: str | None = None,
) -> pl.DataFrame:
    """
    A topic of `queries/cubes/topic_details.py` from `since` to the as-of day.

    `by`: part, month (first day) or region (county, or township of a county); `part`: of this part
    alone. Columns: group, met, whole (yuan for money), rate (0–100; yuan each of `MEAN`), lower,
    upper (Wilson 95 %; empty where whole is 0, and for money). AccessError for a topic of regions
    that a department asks for, OlderDefinitions where those of the day count nothing under it.
    """
    level = {"region": "township" if region else "county"}.get(by, by)
    if snapshot.access.department and (region or by == "region") and topic != "submission":
        raise AccessError(OUTSIDE)
    asked = (snapshot, topic, since, level, region, part)
    if topic in MEAN:
        # The mean stays in the open edition, and money goes with the count that is shown.
        means = open_edition("whole", rate="whole")(_means)(*asked)
        return means.with_columns(met=pl.col("rate") * pl.col("whole")).sort("group")
    sums = _sums if topic in WORK else open_edition("met", "whole")(_sums)
    return sums(*asked).with_columns(**_rate(topic)).sort("group")


def _sums(
    snapshot: Snapshot, topic: str, since: date, by: str, region: str, part: str | None
) -> pl.DataFrame:
    cube, start = ("stock", None) if topic in STOCKS else ("flow", since)
    rows = cells(snapshot, cube, by, region, start)
    stored, programmes = SOME_OF.get(topic, (topic, None))
    if snapshot.is_older and stored not in cells(snapshot, cube, by)["id"]:
        # A topic of later definitions, or nothing of it anywhere: unknown, not 0.
        raise OlderDefinitions(snapshot.path, f"topic {topic}", snapshot.definitions)
    rows = rows.filter(pl.col("id") == stored)
    if programmes is not None:
        rows = rows.filter(pl.col("programme").is_in(programmes))
    if part is not None:
        rows = rows.filter(_part(topic) == part)
    return (
        rows.group_by(_group(topic, by).alias("group"))
        .agg(pl.col("numerator").sum(), pl.col("denominator").sum())
        .select(
            "group",
            met=pl.col("numerator") / (100.0 if topic in (*MONEY, *MEAN) else 1),
            whole=pl.col("denominator") / (100.0 if topic in MONEY else 1),
        )
    )


def _means(
    snapshot: Snapshot, topic: str, since: date, by: str, region: str, part: str | None
) -> pl.DataFrame:
    """Counts and yuan each; nothing was given without a count."""
    nothing = pl.lit(None, pl.Float64)
    sums = _sums(snapshot, topic, since, by, region, part).filter(pl.col("whole") > 0)
    return sums.select(
        "group", "whole", rate=pl.col("met") / pl.col("whole"), lower=nothing, upper=nothing
    )


def _part(topic: str) -> pl.Expr:
    return pl.col("category" if topic in OF_CATEGORY else "programme").fill_null("")


def _group(topic: str, by: str) -> pl.Expr:
    if by == "month":
        day = pl.lit(EPOCH) + pl.duration(days=pl.col("day"))
        return day.cast(pl.Date).dt.truncate("1mo")
    return pl.col("region").fill_null("") if by in LEVELS else _part(topic)


def _rate(topic: str) -> dict[str, pl.Expr]:
    some = pl.when(pl.col("whole") > 0)
    rate: dict[str, pl.Expr] = {"rate": some.then(pl.col("met") / pl.col("whole") * 100)}
    if topic in MONEY:
        return rate | dict.fromkeys(("lower", "upper"), pl.lit(None, pl.Float64))
    lower, upper = wilson(pl.col("met"), pl.col("whole"))
    return rate | {"lower": some.then(lower * 100), "upper": some.then(upper * 100)}


@cached(16)
@open_edition("persons", monthly="persons", spread="persons", mean="persons")
def cliff(snapshot: Snapshot, region: str = "") -> pl.DataFrame:
    """
    悬崖效应图: mean assistance per person and month by main category, in yuan.

    Columns: category, persons, monthly (benefit spells), spread (cash-like events of the last 12
    months ÷ 12), mean (both).
    """
    some, fen = pl.when(pl.col("persons") > 0), pl.col("persons") * 100
    return (
        cells(snapshot, "support", region=region)
        .group_by("category")
        .agg(pl.col("persons", "monthly", "yearly").sum())
        .with_columns(
            monthly=some.then(pl.col("monthly") / fen),
            spread=some.then(pl.col("yearly") / fen / 12),
        )
        .with_columns(mean=pl.col("monthly") + pl.col("spread"))
        .select("category", "persons", "monthly", "spread", "mean")
    )


@cached(16)
@open_edition("households", "missing")
def chain(snapshot: Snapshot, region: str = "") -> pl.DataFrame:
    """
    一户一链: households by number of firm programmes they are entitled to, and by programme.

    Columns: links, programme (empty: the household), households, missing.
    """
    return (
        cells(snapshot, "chain", region=region)
        .group_by("links", "programme")
        .agg(pl.col("households", "missing").sum())
        .sort("links", "programme")
    )
