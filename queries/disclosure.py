"""Disclosure control: small counts are hidden, the others rounded (“Small numbers”).

A count of 1–7 is hidden (NaN, `*` on screen), 0 stays 0, others go to the nearest 5. Beside it so
many others of its line are hidden that it cannot be had from the line's total: the reader is taken
to know every shown count, and of every hidden one whether it is small. A line is a region's parts,
a programme's counties, …: cells that differ in one dimension and add up to something shown.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from queries.cubes.measures import LEVELS
from queries.snapshot import Draft, Snapshot
from queries.suppression import BASE, SMALL, Line, Table, settled

HIDDEN = float("nan")

#: Of a dimension, values of which the first is the sum of the others; by default all add up.
Sums = Mapping[str, Sequence[Sequence[str]]]

Answer = Callable[[str, str], pl.DataFrame]


def rounded(count: pl.Expr) -> pl.Expr:
    """A count to the nearest multiple of the base, hidden when it is small."""
    to_base = (count / BASE).round() * BASE
    # The name of what comes first is the name of all.
    return pl.when((count <= 0) | (count > SMALL)).then(to_base).otherwise(HIDDEN)


def hidden_with(frame: pl.DataFrame, count: str, *others: str) -> pl.DataFrame:
    """The frame, other columns of it hidden wherever a count is."""
    if not frame.schema[count].is_float():
        return frame
    shown = pl.when(~pl.col(count).is_nan())
    return frame.with_columns(shown.then(pl.col(c)).otherwise(HIDDEN).alias(c) for c in others)


def guarded(
    snapshot: Snapshot | Draft,
    exact: Answer,
    by: str,
    region: str,
    *,
    counts: Sequence[str],
    dimensions: Sequence[str] = ("group",),
    keys: Sequence[str] = (),
    sums: Sums | None = None,
    fill: bool = True,
) -> pl.DataFrame:
    """
    `exact(by, region)`, its counts as the snapshot's access allows; else exactly as they are.

    `dimensions` have parts that add up; rows of different `keys` have nothing to do with each
    other. With `fill`, rows missing beside others of their line count as 0. The cells of a region
    whose own count is hidden are hidden, and nothing follows from other regions that can be seen.
    """
    frame = exact(by, region)
    if isinstance(snapshot, Draft) or not snapshot.access.rounded or frame.is_empty():
        return frame
    options = {"counts": counts, "keys": keys, "sums": sums, "fill": fill}
    if by == "township":
        parents = guarded(
            snapshot, exact, "county", region[:6], dimensions=dimensions, **options
        ).rename({"group": "county"})
        return _below(frame, parents, dimensions, **options)
    if by in LEVELS or not region or snapshot.access.county:
        return controlled(frame, dimensions, **options)
    return _beside(snapshot, exact, by, region, dimensions, **options)


def _below(
    frame: pl.DataFrame,
    parents: pl.DataFrame,
    dimensions: Sequence[str],
    *,
    counts: Sequence[str],
    keys: Sequence[str],
    **options: Any,
) -> pl.DataFrame:
    """Townships, each among those of its county; hidden where the county is."""
    placed = frame.with_columns(county=pl.col("group").str.head(6))
    others = [d for d in dimensions if d != "group"]
    on = ["county", *others, *keys]
    hidden = parents.select(*on, *[pl.col(c).is_nan().alias(f"_hide_{c}") for c in counts])
    given = placed.join(hidden, on=on, how="left", nulls_equal=True, maintain_order="left")
    own = (*keys, "county")
    return controlled(given, dimensions, counts=counts, keys=own, **options).drop("county")


def _beside(
    snapshot: Snapshot,
    exact: Answer,
    by: str,
    region: str,
    dimensions: Sequence[str],
    *,
    counts: Sequence[str],
    keys: Sequence[str],
    **options: Any,
) -> pl.DataFrame:
    """One county's parts, beside those of the others and of the city, which can be seen too."""
    counties = snapshot.cube("regions").filter(region_level="county")["region_code"]
    each = [exact(by, code).with_columns(_region=pl.lit(code)) for code in counties]
    city = controlled(exact(by, ""), dimensions, counts=counts, keys=keys, **options)
    on = [*dimensions, *keys]
    hidden = city.select(*on, *[pl.col(c).is_nan().alias(f"_hide_{c}") for c in counts])
    together = pl.concat(each).join(
        hidden, on=on, how="left", nulls_equal=True, maintain_order="left"
    )
    beside = (*dimensions, "_region")
    shown = controlled(together, beside, counts=counts, keys=keys, **options)
    return shown.filter(pl.col("_region") == region).drop("_region")


def controlled(
    frame: pl.DataFrame,
    dimensions: Sequence[str],
    *,
    counts: Sequence[str],
    keys: Sequence[str] = (),
    sums: Sums | None = None,
    fill: bool = True,
) -> pl.DataFrame:
    """
    The frame with its counts hidden or rounded.

    `_hide_<count>` marks cells that are hidden already, `_free` what is never shown; of cells that
    have to be hidden beside small ones those of the lowest `_rank` go first.
    """
    marks = [c for c in frame.columns if c.startswith(("_hide_", "_free", "_rank"))]
    whole = _filled(frame, dimensions, keys, counts) if fill else frame
    lines = _lines(whole, dimensions, keys, sums or {})
    none = np.zeros(whole.height, dtype=bool)
    for count in counts:
        values = whole[count].fill_null(0).to_numpy().astype(np.int64)
        begun, free, ranks = (
            whole[mark].fill_null(False).to_numpy() if mark in marks else none
            for mark in (f"_hide_{count}", "_free", "_rank")
        )
        hidden = settled(Table(values, lines, begun, free, ranks)) if lines else begun | free
        shown = pl.when(pl.Series(hidden)).then(HIDDEN).otherwise(rounded(pl.col(count)))
        whole = whole.with_columns(pl.when(pl.col(count).is_not_null()).then(shown).alias(count))
    if fill:
        told = pl.any_horizontal(pl.col(counts).is_nan().fill_null(False))
        whole = whole.filter(~pl.col("_added") | told).drop("_added")
    return whole.drop(marks)


def _filled(
    frame: pl.DataFrame, dimensions: Sequence[str], keys: Sequence[str], counts: Sequence[str]
) -> pl.DataFrame:
    """The frame and, `_added` with counts of 0, the cells of its lines that it leaves out."""
    on = [*keys, *dimensions]
    grid = frame.select(keys).unique(maintain_order=True) if keys else None
    for dimension in dimensions:
        values = frame.select(dimension).unique(maintain_order=True)
        grid = values if grid is None else grid.join(values, how="cross")
    # A township stands in its own county alone.
    if "county" in keys and "group" in dimensions:
        grid = grid.filter(pl.col("group").str.head(6) == pl.col("county"))
    missing = grid.join(frame, on=on, how="anti", nulls_equal=True)
    if missing.is_empty():
        return frame.with_columns(_added=pl.lit(False))
    # Whatever is null throughout a line is not counted there, which is no 0.
    zero = missing.with_columns(
        *[pl.lit(0).cast(frame.schema[c]).alias(c) for c in counts], _added=pl.lit(True)
    )
    return pl.concat([frame.with_columns(_added=pl.lit(False)), zero], how="diagonal")


def _lines(
    frame: pl.DataFrame, dimensions: Sequence[str], keys: Sequence[str], sums: Sums
) -> list[Line]:
    numbered = frame.with_row_index("_row")
    found = []
    for dimension in dimensions:
        others = [*keys, *(d for d in dimensions if d != dimension)]
        grouped = numbered.group_by(others or pl.lit(0))
        if dimension not in sums:
            # A cell alone in its line is its own total.
            several = (rows.to_numpy() for rows in grouped.agg("_row")["_row"] if len(rows) > 1)
            found += [Line(rows) for rows in several]
            continue
        for values, rows in grouped.agg(dimension, "_row").select(dimension, "_row").rows():
            at = dict(zip(values, rows, strict=True))
            for whole, *parts in sums[dimension]:
                if whole in at:
                    found.append(Line(np.array([at[p] for p in parts if p in at]), at[whole]))
    return found


def said(rows: pl.DataFrame) -> pl.DataFrame:
    """A table to be written: columns with hidden counts as text, `*` where they are hidden."""
    hidden = [c for c in rows.columns if rows[c].dtype.is_float() and rows[c].is_nan().any()]
    return rows.with_columns(
        pl.when(pl.col(c).is_nan())
        .then(pl.lit("*"))
        .otherwise(pl.col(c).cast(pl.String).str.strip_suffix(".0"))
        .alias(c)
        for c in hidden
    )


def as_allowed(snapshot: Snapshot | Draft, times: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """
    What survival curves are made of: columns by, time, responded, censored.

    Where counts are rounded, so are those up to each time: no step is a single case's. Groups of
    a small number in all are left out.
    """
    if isinstance(snapshot, Draft) or not snapshot.access.rounded:
        return times
    columns = ("responded", "censored")
    enough = (pl.col("responded") + pl.col("censored")).sum().over(by) > SMALL
    counted = times.filter(enough).group_by(*by, "time").agg(pl.col(columns).sum())
    ordered = counted.sort(*by, "time")
    so_far = [((pl.col(c).cum_sum().over(by) / BASE).round() * BASE).alias(c) for c in columns]
    first = [pl.col(c) - pl.col(c).shift(1, fill_value=0).over(by) for c in columns]
    return (
        ordered.with_columns(so_far)
        .with_columns(first)
        .with_columns(pl.col(columns).cast(pl.Int64))
    )
