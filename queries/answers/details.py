"""Topics of the task pages: parts of a whole with their rate, by part, month or county."""

from datetime import date

import polars as pl

from queries.answers.cells import cells
from queries.catalogue import catalogue
from queries.cubes.details import AID_HOURS, PAPERWORK_DAYS
from queries.cubes.measures import LEVELS
from queries.cubes.stage import EPOCH
from queries.disclosure import guarded, hidden_with
from queries.kept import kept
from queries.snapshot import Draft, Snapshot
from queries.statistics.intervals import wilson

__all__ = ["AID_HOURS", "MONEY", "PAPERWORK_DAYS", "STOCKS", "chain", "cliff", "details"]

#: Sums of money: stored in fen.
MONEY = ("fund",)

#: Sums of money and batches of data: nobody's own, so never hidden.
NOBODYS = (*MONEY, "match", "submission")

#: Counted as of the day, not in a period.
STOCKS = ("target_group", "ever_visited", "case_undecided")

GROUPS = ("part", "month", "region")


@kept(64)
def details(
    snapshot: Snapshot, topic: str, since: date, by: str = "part", region: str = ""
) -> pl.DataFrame:
    """
    A topic of `queries/cubes/details.py` from `since` to the as-of day.

    `by`: part, month (first day) or region (county, or township of a county). Columns: group, met,
    whole (yuan for money), rate, lower, upper (0–100, Wilson 95 %; empty where whole is 0, and the
    limits of money).
    """
    # Months stand beside one another: none is the difference of two others.
    start = since if by == "month" else snapshot.access.since(since, snapshot.as_of)

    def exact(by: str, region: str) -> pl.DataFrame:
        return _summed(snapshot, topic, start, by, region)

    level = {"region": "township" if region else "county"}.get(by, by)
    if topic in NOBODYS:
        return exact(level, region).with_columns(**_rate(topic)).sort("group")
    named = {"name": f"details {topic}", "counts": ("met", "whole")}
    shown = guarded(snapshot, exact, level, region, **named)
    return shown.with_columns(**_rate(topic)).sort("group")


def topics(snapshot: Draft) -> list[str]:
    """Topics of the day's cubes that count persons and cases."""
    known = {*snapshot.cube("flow.city")["id"].unique(), *STOCKS}
    return sorted(known - set(catalogue()) - set(NOBODYS))


def _summed(snapshot: Snapshot, topic: str, since: date, by: str, region: str) -> pl.DataFrame:
    cube, start = ("stock", None) if topic in STOCKS else ("flow", since)
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
    rate = {"rate": some.then(pl.col("met") / pl.col("whole") * 100)}
    if topic in MONEY:
        return rate | dict.fromkeys(("lower", "upper"), pl.lit(None, pl.Float64))
    lower, upper = wilson(pl.col("met"), pl.col("whole"))
    return rate | {"lower": some.then(lower * 100), "upper": some.then(upper * 100)}


@kept(16)
def cliff(snapshot: Snapshot, region: str = "") -> pl.DataFrame:
    """
    悬崖效应图: mean assistance per person and month by main category, in yuan.

    Columns: category, persons, monthly (benefit spells), spread (cash-like events of the last 12
    months ÷ 12), mean (both).
    """

    def exact(_by: str, region: str) -> pl.DataFrame:
        rows = cells(snapshot, "support", region=region)
        sums = rows.group_by("category").agg(pl.col("persons", "monthly", "yearly").sum())
        return sums.with_columns(pl.col("monthly", "yearly") / pl.col("persons") / 100)

    named = {"name": "cliff", "counts": ("persons",), "parts": ("category",)}
    shown = guarded(snapshot, exact, "category", region, **named)
    some = pl.when(pl.col("persons") > 0)
    return (
        shown.with_columns(monthly=some.then("monthly"), spread=some.then(pl.col("yearly") / 12))
        .pipe(hidden_with, "persons", "monthly", "spread")
        .with_columns(mean=pl.col("monthly") + pl.col("spread"))
        .select("category", "persons", "monthly", "spread", "mean")
    )


@kept(16)
def chain(snapshot: Snapshot, region: str = "") -> pl.DataFrame:
    """
    一户一链: households by number of firm programmes they are entitled to, and by programme.

    Columns: links, programme (empty: the household), households, missing.
    """

    def exact(_by: str, region: str) -> pl.DataFrame:
        rows = cells(snapshot, "chain", region=region)
        return rows.group_by("links", "programme").agg(pl.col("households", "missing").sum())

    named = {"counts": ("households", "missing"), "parts": ("links", "programme")}
    shown = guarded(snapshot, exact, "links", region, name="chain", **named)
    return shown.sort("links", "programme")
