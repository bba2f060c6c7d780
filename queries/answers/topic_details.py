"""Topics of the task pages: parts of a whole with their rate, by part, month or county."""

from datetime import date

import polars as pl

from queries.access import OUTSIDE, AccessError
from queries.access.open_edition import open_edition
from queries.answers.cube_rows import cells
from queries.cache import cached
from queries.cubes.stage import EPOCH
from queries.cubes.topic_details import AID_HOURS, PAPERWORK_DAYS
from queries.region import LEVELS
from queries.statistics.intervals import wilson
from queries.store.snapshot import Snapshot
from queries.store.versions import OlderDefinitions

__all__ = ["AID_HOURS", "MONEY", "PAPERWORK_DAYS", "STOCKS", "chain", "cliff", "details"]

#: Sums of money: stored in fen.
MONEY = ("fund",)

#: Sums of money and counts of work, which the open edition leaves as they are.
WORK = (*MONEY, "match", "submission", "visit_role", "visit_group")

#: Counted as of the day, not in a period.
STOCKS = ("target_group", "ever_visited", "case_undecided")

GROUPS = ("part", "month", "region")


@cached(64)
def details(
    snapshot: Snapshot, topic: str, since: date, by: str = "part", region: str = ""
) -> pl.DataFrame:
    """
    A topic of `queries/cubes/topic_details.py` from `since` to the as-of day.

    `by`: part, month (first day) or region (county, or township of a county). Columns: group, met,
    whole (yuan for money), rate, lower, upper (0–100, Wilson 95 %; empty where whole is 0, and the
    limits of money). AccessError for a topic of regions that a department asks for,
    OlderDefinitions where those of the day count nothing under the topic.
    """
    level = {"region": "township" if region else "county"}.get(by, by)
    if snapshot.access.department and (region or by == "region") and topic != "submission":
        raise AccessError(OUTSIDE)
    sums = _sums if topic in WORK else open_edition("met", "whole")(_sums)
    return sums(snapshot, topic, since, level, region).with_columns(**_rate(topic)).sort("group")


def _sums(snapshot: Snapshot, topic: str, since: date, by: str, region: str) -> pl.DataFrame:
    cube, start = ("stock", None) if topic in STOCKS else ("flow", since)
    if snapshot.is_older and topic not in cells(snapshot, cube, by)["id"]:
        # A topic of later definitions, or nothing of it anywhere: unknown, not 0.
        raise OlderDefinitions(snapshot.path, f"topic {topic}", snapshot.definitions)
    rows = cells(snapshot, cube, by, region, start).filter(pl.col("id") == topic)
    scale = 100.0 if topic in MONEY else 1
    return (
        rows.group_by(_group(by).alias("group"))
        .agg(pl.col("numerator").sum(), pl.col("denominator").sum())
        .select("group", met=pl.col("numerator") / scale, whole=pl.col("denominator") / scale)
    )


def _group(by: str) -> pl.Expr:
    if by == "month":
        day = pl.lit(EPOCH) + pl.duration(days=pl.col("day"))
        return day.cast(pl.Date).dt.truncate("1mo")
    return pl.col("region" if by in LEVELS else "programme").fill_null("")


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
