"""Disclosure control: small counts are hidden, the others rounded (“Small numbers”).

A count of 1–7 is hidden (NaN, `*` on screen), 0 stays 0, others go to the nearest 5. Which others
are hidden beside small ones, so that nothing gives these away, is settled once a day for everything
that is shown (`published.py`, `suppression.py`) and stored with the snapshot as the cube `hidden`.
"""

import logging
from collections.abc import Callable, Sequence

import polars as pl

from queries.catalogue import COVERAGE, REFERRALS
from queries.cubes.measures import LEVELS
from queries.snapshot import Draft, Snapshot
from queries.sums import BASE, SMALL

log = logging.getLogger(__name__)

HIDDEN = float("nan")

Answer = Callable[[str, str], pl.DataFrame]

#: What a cell is known by: its table and count, how that is cut, the place, the part of the cut.
CELL = ("name", "cut", "place", "part")

#: Counts of which a department is shown its own share of a region; of indicators these.
OF_DEPARTMENTS = {
    "indicators": [*REFERRALS, *(i for i in COVERAGE if i != "I0890")],
    "states": [],
    "on_time": [],
}

#: Between the parts of a cell that is cut by more than one dimension.
JOINED = "\t"


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
    name: str,
    counts: Sequence[str],
    parts: Sequence[str] = ("group",),
) -> pl.DataFrame:
    """
    `exact(by, region)`, its counts as the snapshot's access allows; else exactly as they are.

    `name` and `parts`, the columns that tell its rows apart, say what is counted: equal ones are
    the same figure. A draft notes what it is asked for and answers exactly.
    """
    frame = exact(by, region)
    access = snapshot.access
    if not access.rounded:
        return frame
    place = "" if by in LEVELS else access.region(region)
    placed = _placed(frame, by, place, parts, access.department, name)
    if isinstance(snapshot, Draft) and "hidden" not in snapshot.cubes:
        snapshot.counted.extend(_noted(placed, f"{name}.{c}", c, by, place) for c in counts)
        return frame
    return _shown(snapshot, placed, by, place, name, counts).drop("_place", "_part", "_cut")


def _placed(
    frame: pl.DataFrame, by: str, place: str, parts: Sequence[str], department: str, name: str
) -> pl.DataFrame:
    """The frame with `_cut`, `_place` and `_part` of its rows."""
    level = by in LEVELS
    told = [pl.col(p).cast(pl.String).fill_null("") for p in parts if not (level and p == "group")]
    part = pl.concat_str(told, separator=JOINED) if told else pl.lit("")
    at = pl.col("group") if by in ("county", "township") else pl.lit(place)
    frame = frame.with_columns(
        _cut=pl.lit("region" if level else by), _place=at.cast(pl.String), _part=part
    )
    return _as_department(frame, by, department, name) if department else frame


def _as_department(frame: pl.DataFrame, by: str, department: str, name: str) -> pl.DataFrame:
    """
    A department's own share of what is cut by something else, as cells of its own.

    Of a region it is what the region's cut by departments shows of it.
    """
    told = OF_DEPARTMENTS.get(name)
    if told is None or by == "department":
        return frame
    own = pl.col("_part").str.split(JOINED).list.last().is_in(told) if told else pl.lit(True)
    cut = "department" if by in LEVELS else f"department {by}"
    joined = pl.concat_str(pl.lit(department), pl.col("_part"), separator=JOINED)
    return frame.with_columns(
        _cut=pl.when(own).then(pl.lit(cut)).otherwise("_cut"),
        _part=pl.when(own).then(joined.str.strip_suffix(JOINED)).otherwise("_part"),
    )


def _noted(frame: pl.DataFrame, name: str, count: str, by: str, place: str) -> pl.DataFrame:
    """The cells of a count, and first those that say which tables these are; columns CELL, n."""
    cuts = sorted({"region" if by in LEVELS else by, *frame["_cut"]})
    at = f"@{by if by in LEVELS else place}"
    tables = pl.DataFrame([(name, cut, at, "", None) for cut in cuts], _SCHEMA, orient="row")
    cells = frame.filter(pl.col(count).is_not_null()).select(
        pl.lit(name).alias("name"),
        pl.col("_cut").alias("cut"),
        pl.col("_place").alias("place"),
        pl.col("_part").alias("part"),
        pl.col(count).cast(pl.Int64).alias("n"),
    )
    return pl.concat([tables, cells])


_SCHEMA = pl.Schema([*((c, pl.String()) for c in CELL), ("n", pl.Int64())])


def _shown(
    snapshot: Snapshot,
    frame: pl.DataFrame,
    by: str,
    place: str,
    name: str,
    counts: Sequence[str],
) -> pl.DataFrame:
    """The frame with its counts rounded, those that are hidden as NaN."""
    wanted = pl.col("name").is_in([f"{name}.{c}" for c in counts])
    hidden = snapshot.cube("hidden").filter(wanted)
    at = pl.when(pl.col("_cut") == "region").then(pl.lit(by)).otherwise("_place")
    tables = hidden.filter(pl.col("place").str.starts_with("@")).select(
        pl.concat_str("cut", "place")
    )
    settled = pl.concat_str("_cut", pl.lit("@"), at).is_in(tables.to_series().implode())
    if not snapshot.access.department and not frame.select(settled.all()).item():
        log.error("%s by %s of %r is not among what was settled: it is hidden", name, by, place)
    key = pl.concat_str("_cut", "_place", "_part", separator="/")
    keys = hidden.with_columns(key=pl.concat_str("cut", "place", "part", separator="/"))
    return frame.with_columns(
        pl.when(pl.col(c).is_null())
        .then(None)
        .when(~settled | key.is_in(keys.filter(name=f"{name}.{c}")["key"].implode()))
        .then(HIDDEN)
        .otherwise(rounded(pl.col(c)))
        .alias(c)
        for c in counts
    )


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
