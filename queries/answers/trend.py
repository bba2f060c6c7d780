"""Series over the stored days with their control limits."""

import logging
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from data import china
from data.reference import office
from queries.access import WHOLE, Access
from queries.answers.indicators import indicators
from queries.answers.series_kinds import level_groups
from queries.cache import cached
from queries.catalogue import catalogue
from queries.statistics.spc import FEWEST_POINTS, xmr
from queries.store.snapshot import Snapshot, open_snapshot
from queries.store.versions import SnapshotError, stored_days

log = logging.getLogger(__name__)

#: Columns of `trend`; `series` has four more.
PRINTED = ("as_of", "id", "group", "value", "status", "mean", "lower", "upper", "rule", "signal")

MORE = ("unjudged", "upward", "run", "level_from")

#: What a proportion of counted things can be at most; nothing in the catalogue is negative.
LOWEST, HIGHEST = 0.0, 100.0

#: What tells series apart.
KEYS = ["id", "group"]


def is_month_end(day: date) -> bool:
    """Series are judged by month-ends alone; cut-offs of meetings lie unevenly."""
    return (day + timedelta(days=1)).day == 1


def days_until(folder: Path, as_of: date | None) -> list[date]:
    """Stored days up to a day; SnapshotError when there are none."""
    days = [day for day in stored_days(folder) if as_of is None or day <= as_of]
    if not days:
        raise SnapshotError(f"no day is stored in {folder}; run python -m queries refresh")
    return days


def trend(
    folder: Path,
    indicator: str,
    by: str = "city",
    as_of: date | None = None,
    access: Access = WHOLE,
) -> pl.DataFrame:
    """
    An indicator on every stored day up to `as_of` by the definitions of the last of them.

    Columns: as_of, id, group, value, status, mean, lower, upper (XmR limits of the month-ends of
    the group, empty on other days), rule, signal (improvement, concern, neutral; empty without).
    """
    days = days_until(folder, as_of)
    opened = [open_snapshot(folder, day, access=access) for day in days]
    same = tuple(each for each in opened if each.definitions == opened[-1].definitions)
    if others := len(opened) - len(same):
        log.warning("%d days of other definitions are left out: they do not compare", others)
    return series(same, (indicator,), by, "").select(PRINTED)


@cached(32)
def series(opened: Sequence[Snapshot], ids: Sequence[str], by: str, region: str) -> pl.DataFrame:
    """
    `trend` of several indicators at once; cached, for it reads every stored day.

    `opened`: days of one version of the definitions (`scope.month_ends`). Beside its columns
    unjudged, upward and run, see `xmr`, and level_from: since when the office has confirmed a level
    of the whole group, the points before which are not judged. `region` narrows the breakdowns that
    are no regions; without a default, so that equal questions have one key in the cache.
    """
    values = pl.concat(
        [
            indicators(snapshot, by, region=region)
            .filter(pl.col("id").is_in(ids))
            .select(pl.lit(snapshot.as_of).alias("as_of"), "id", "group", "value", "status")
            for snapshot in opened
        ]
    )
    ends = values.filter(pl.col("as_of").is_in([d.as_of for d in opened if is_month_end(d.as_of)]))
    keys = ["as_of", "id", "group"]
    judged = judged_months(ends.sort("as_of"), ids, by, region)
    limits = judged.select(*keys, "mean", "lower", "upper", "rule", "signal", *MORE)
    return values.join(limits, on=keys, how="left", maintain_order="left").sort(
        "id", "group", "as_of"
    )


def judged_months(
    ends: pl.DataFrame, ids: Sequence[str], by: str, region: str = ""
) -> pl.DataFrame:
    """
    Month-ends (as_of, id, group, value) with what `xmr` says of them, and level_from.

    Better, bounds and kind are the indicator's. After a confirmed level the points before it are
    left out, and without 12 from then on there are no limits.
    """
    abouts, start = {i: catalogue()[i] for i in ids}, pl.col("level_from")
    last = max(ends["as_of"].unique(), default=china.today())
    ends = ends.join(_level_starts(ends, region), KEYS, how="left", maintain_order="left")
    better = pl.col("id").replace_strict({i: about.better for i, about in abouts.items()})
    kind = pl.col("id").replace_strict({i: about.series for i, about in abouts.items()})
    highest = {i: HIGHEST if about.has_interval else None for i, about in abouts.items()}
    judged = xmr(
        ends.filter(start.is_null() | (pl.col("as_of") >= start)).join(
            level_groups(by, last), KEYS, how="left", maintain_order="left"
        ),
        better,
        by=KEYS,
        lowest=LOWEST,
        highest=pl.col("id").replace_strict(highest, return_dtype=pl.Float64),
        kind=pl.when("is_level").then(pl.lit("level")).otherwise(kind),
    )
    few = start.is_not_null() & (pl.col("value").count().over(KEYS) < FEWEST_POINTS)
    return judged.with_columns(pl.when(~few).then(pl.col("mean", "lower", "upper")))


def _level_starts(ends: pl.DataFrame, region: str) -> pl.DataFrame:
    """Since when the latest level holds that the last month-end knows: id, group, level_from."""
    confirmed = office.levels().filter(pl.col("from") <= ends["as_of"].max(), not region)
    by_group = confirmed.sort("from").group_by(KEYS, maintain_order=True)
    return by_group.agg(level_from=pl.col("from").last())
