"""The catalogue's counts under disclosure control."""

from functools import cache

import polars as pl

from queries.catalogue import MONEY
from queries.disclosure import Answer, guarded
from queries.snapshot import Draft, Snapshot

#: Counts of units, batches of data, counties and decisions, and sums of money: nobody's own.
NOBODYS = ("I0301", "I0302", "I0303", "I0401", "I1201", "I1301", "I1302", "I1303")


def guarded_counts(snapshot: Snapshot | Draft, exact: Answer, by: str, region: str) -> pl.DataFrame:
    """
    `exact(by, region)` with numerator and denominator as the snapshot's access allows.

    A sum of money goes with its denominator: the mean stays, and is hidden where the count is.
    """
    if not snapshot.access.rounded:
        return exact(by, region)
    money = pl.col("id").is_in(MONEY)
    each = pl.col("numerator") / pl.col("denominator")

    all_of = cache(exact)

    def counted(by: str, region: str) -> pl.DataFrame:
        persons = all_of(by, region).filter(~pl.col("id").is_in(NOBODYS))
        counts = pl.when(money).then("denominator").otherwise("numerator")
        return persons.with_columns(_each=each, numerator=counts)

    shown = guarded(
        snapshot,
        counted,
        by,
        region,
        name="indicators",
        counts=("numerator", "denominator"),
        parts=("group", "id"),
    )
    sums = pl.when(money).then(pl.col("_each") * pl.col("denominator")).otherwise("numerator")
    others = all_of(by, region).filter(pl.col("id").is_in(NOBODYS))
    whole = shown.with_columns(numerator=sums).drop("_each")
    figures = pl.col("numerator", "denominator").cast(pl.Float64)
    return pl.concat([whole.with_columns(figures), others.with_columns(figures)])
