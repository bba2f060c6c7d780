"""What cubes of facts share: reading as of a day, counting by region and day.

A flow is one indicator as counts per day: columns id, region, department, programme, day,
numerator, denominator. Any period [S, D] is then a sum over days. A stock is the same without
the day. Regions are as fine as the fact has them; `levels.py` rolls them up.
"""

from dataclasses import dataclass
from datetime import date

import narwhals as nw

from data.reference import policy_tables
from queries.cubes.register import Staged
from queries.cubes.stage import date_of
from queries.region import LEVELS
from queries.region import at_level as code_at_level

#: What a row of `flow` and `stock` is counted under.
KEYS = ("id", "region", "department", "programme")


@dataclass(frozen=True)
class Context:
    """What a cube of one day is built from."""

    staged: Staged
    day: int
    workday: int  # running number of the last working day up to `day`
    connected: frozenset[str]

    @property
    def date(self) -> date:
        """The day as a date."""
        return date_of(self.day)

    @property
    def limits(self) -> dict[str, int]:
        """Time limits by step code as they hold on the day."""
        return policy_tables.limits(self.date)


def mark(condition: nw.Expr) -> nw.Expr:
    """1 where a condition holds, 0 where it does not or is not known."""
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0))


def known(column: str, day: int) -> nw.Expr:
    """A day column as of D: what lies after D reads as null."""
    return nw.when(nw.col(column) <= day).then(nw.col(column))


def as_of(frame: nw.LazyFrame, day: int, *columns: str) -> nw.LazyFrame:
    """A frame whose day columns read as of D, their working-day numbers and times likewise."""
    companions = [
        nw.when(nw.col(column) <= day).then(nw.col(name)).alias(name)
        for column in columns
        for name in (f"{column}_w", f"{column}_us")
        if name in frame.collect_schema().names()
    ]
    return frame.with_columns(*companions, *[known(c, day).alias(c) for c in columns])


def workdays(start: str, end: str | int) -> nw.Expr:
    """Working days after `start` up to `end`, both `_w` columns (or a number); never below 0."""
    last = nw.lit(end) if isinstance(end, int) else nw.col(end)
    gone = last - nw.col(start)
    return nw.when(gone > 0).then(gone).otherwise(nw.when(~gone.is_null()).then(nw.lit(0)))


def at_level(level: str, column: str = "region") -> nw.Expr:
    """The region of a level that a region code lies in; the city is the empty string."""
    if level == "city":
        return nw.lit("").alias("region")
    return code_at_level(nw.col(column), level).alias("region")


def _dimension(column: str | None, name: str) -> nw.Expr:
    value = nw.lit(None, dtype=nw.String) if column is None else nw.col(column).cast(nw.String)
    return value.alias(name)


def stock(
    rows: nw.LazyFrame,
    indicator: str,
    numerator: nw.Expr,
    denominator: nw.Expr | None = None,
    *,
    region: str = "region_code",
    department: str | None = None,
    programme: str | None = None,
    day: str | None = None,
) -> nw.LazyFrame:
    """Sums of an indicator by region (to the township), department, programme and day."""
    dimensions = [*KEYS, *(["day"] if day else [])]
    return (
        rows.select(
            nw.lit(indicator).alias("id"),
            at_level("township", region),
            _dimension(department, "department"),
            _dimension(programme, "programme"),
            *([nw.col(day).alias("day")] if day else []),
            numerator.cast(nw.Int64).alias("numerator"),
            (nw.lit(0) if denominator is None else denominator).cast(nw.Int64).alias("denominator"),
        )
        .group_by(*dimensions)
        .agg(nw.col("numerator").sum(), nw.col("denominator").sum())
    )


ONE = nw.lit(1)


def flow(
    rows: nw.LazyFrame, indicator: str, day: str, numerator: nw.Expr, **options
) -> nw.LazyFrame:
    """A rate per day: of the rows with a `day`, those with the numerator's mark."""
    dated = rows.filter(~nw.col(day).is_null())
    return stock(dated, indicator, numerator, ONE, day=day, **options)


def happened(rows: nw.LazyFrame, indicator: str, day: str, **options) -> nw.LazyFrame:
    """A count per day."""
    dated = rows.filter(~nw.col(day).is_null())
    return stock(dated, indicator, ONE, day=day, **options)


def persons_once(
    rows: nw.LazyFrame, indicator: str, day: str, region: str = "region_code"
) -> dict[str, nw.LazyFrame]:
    """
    Persons by the *last* day on which something happened to them, per region level.

    Columns id, region, day, numerator. Those with a last day >= S are the persons of [S, D],
    each counted once, whatever S is.
    """
    dated = rows.filter(~nw.col(day).is_null(), ~nw.col("person_key").is_null())
    return {
        level: dated.select("person_key", at_level(level, region), nw.col(day).alias("day"))
        .group_by("person_key", "region")
        .agg(nw.col("day").max())
        .group_by("region", "day")
        .agg(nw.len().cast(nw.Int64).alias("numerator"))
        .with_columns(nw.lit(indicator).alias("id"))
        for level in LEVELS
    }


def distinct(
    rows: nw.LazyFrame, indicator: str, key: str, region: str = "region_code"
) -> dict[str, nw.LazyFrame]:
    """Distinct keys (persons, households) per region level: columns id, region, numerator."""
    keyed = rows.filter(~nw.col(key).is_null())
    return {
        level: keyed.select(key, at_level(level, region))
        .unique()
        .group_by("region")
        .agg(nw.len().cast(nw.Int64).alias("numerator"))
        .with_columns(nw.lit(indicator).alias("id"))
        for level in LEVELS
    }
