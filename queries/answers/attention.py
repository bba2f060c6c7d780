"""What needs attention: one ranking of counties, departments and townships, and of the city."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from queries.answers.attention_counts import measures
from queries.answers.attention_targets import off_target
from queries.answers.attention_units import KEY, judged
from queries.cache import cached
from queries.store.snapshot import Snapshot

#: Entries at most.
MOST = 7

#: Month-ends from which on the score is divided by how much the city's bad cases change.
FEWEST_MONTHS = 6

COLUMNS = (
    "rank",
    "entry",
    "by",
    "unit",
    "measure",
    "bad",
    "all",
    "share",
    "rate",
    "lower",
    "upper",
    "others",
    "excess",
    "score",
    "since",
    "named",
)


@cached(16)
def attention(
    snapshot: Snapshot, month_ends: tuple[Snapshot, ...] = (), region: str = ""
) -> pl.DataFrame:
    """
    At most seven entries, one row a measure of an entry: the largest entry and measure first.

    `month_ends`: those stored up to the day that are comparable, oldest first. `region`: a county,
    whose townships are the units; without it counties and departments are, of an access to a county
    its townships and of one to a department that alone. Flows are of the month to date.

    Columns: rank (of the entry, from 1); entry (code of its unit); by (county, department,
    township, city), unit (code of the row's own unit: a county's row of the same cases stands in
    its department's entry) and measure (`attention_counts.measures`); bad, all (cases), share (of
    the city's bad cases, 0–100), rate with lower and upper (95 %) and the others' rate, 0–100;
    excess (cases), score; since (the first month-end of the unbroken run of candidates, null where
    it is none yet); named (units with the largest part of a city's entry, joined by |).
    A city's entry has no others, excess, score and since. Empty where the day has no such cubes.
    """
    if not snapshot.holds("attention.city"):
        return _ranked(pl.DataFrame(schema=dict.fromkeys(KEY, pl.String))).select(COLUMNS)
    ends = tuple(each for each in month_ends if each.holds("attention.city"))
    inside = snapshot.access.region(region).county
    rows = judged(snapshot, inside)
    found = (
        rows.filter("candidate")
        .join(_changes(ends), on="measure", how="left", maintain_order="left")
        .with_columns(score=pl.col("excess") / pl.col("change").fill_null(1.0))
        .pipe(_with_since, ends, inside)
        .pipe(_merged, snapshot)
    )
    whole = inside or snapshot.access.department
    city = rows.clear() if whole else off_target(snapshot, rows)
    return _ranked(pl.concat([found, city], how="diagonal_relaxed"))


def _changes(ends: Sequence[Snapshot]) -> pl.DataFrame:
    """
    measure, change: the median absolute change of the city's bad cases between neighbouring
    month-ends, at least 1; of measures counted on fewer than six of them 1.
    """
    days = [each.cube("attention.city").with_columns(as_of=pl.lit(each.as_of)) for each in ends]
    if not days:
        return pl.DataFrame(schema={"measure": pl.String, "change": pl.Float64})
    rows = pl.concat(days).select("measure", "as_of", "bad")
    grid = rows.select(pl.col("measure").unique()).join(
        rows.select(pl.col("as_of").unique()), how="cross"
    )
    enough = pl.col("bad").count() >= FEWEST_MONTHS
    return (
        grid.join(rows, on=["measure", "as_of"], how="left")
        .sort("as_of")
        .group_by("measure")
        .agg(change=pl.when(enough).then(pl.col("bad").diff().abs().median()))
        .with_columns(pl.max_horizontal("change", 1.0).fill_null(1.0))
    )


def _with_since(rows: pl.DataFrame, ends: Sequence[Snapshot], county: str) -> pl.DataFrame:
    """Adds `since`: back from the latest month-end, as long as the unit was a candidate."""
    candidates = {
        each.as_of: set(judged(each, county).filter("candidate").select(KEY).rows())
        for each in ends
    }

    def since(key: tuple[str, ...]) -> date | None:
        first = None
        for day in sorted(candidates, reverse=True):
            if key not in candidates[day]:
                break
            first = day
        return first

    days = [since(key) for key in rows.select(KEY).rows()]
    return rows.with_columns(pl.Series("since", days, dtype=pl.Date))


def _merged(rows: pl.DataFrame, snapshot: Snapshot) -> pl.DataFrame:
    """
    Adds `entry`: a county's row stands in a department's entry when both are candidates for the
    measure and more than half of the county's bad cases are the department's.
    """
    rows = rows.with_columns(entry=pl.col("unit"))
    if "county" not in set(rows["by"]):
        return rows
    departments = rows.filter(by="department").select("measure", department="unit")
    # What waits for a department's answer is late with its referral.
    of_cases = pl.col("measure").replace("routed", "I0724").alias("cases")
    both = snapshot.cube("attention_departments.county")
    of_county = (pl.col("bad") / pl.col("bad").sum().over("county", "measure")).alias("part")
    same = (
        both.with_columns(of_county)
        .filter(pl.col("part") > 0.5)
        .join(departments, on=["measure", "department"])
        .select(pl.lit("county").alias("by"), "department", unit="county", cases="measure")
    )
    joined = rows.with_columns(of_cases).join(
        same, on=["by", "unit", "cases"], how="left", maintain_order="left"
    )
    return joined.with_columns(entry=pl.coalesce("department", "entry"))


def _ranked(rows: pl.DataFrame) -> pl.DataFrame:
    """`COLUMNS` of the largest entries, each with its measures."""
    schema = pl.Schema(
        [(name, pl.Float64) for name in COLUMNS[5:14]]
        + [(name, pl.String) for name in ("entry", "named")]
        + [("since", pl.Date), ("official", pl.UInt32)]
    )
    lacking = [pl.lit(None, kind).alias(n) for n, kind in schema.items() if n not in rows.columns]
    place = pl.col("measure").replace_strict(
        {m: i for i, m in enumerate(measures())}, return_dtype=pl.Int64
    )
    city = pl.col("by") == "city"
    first = pl.when(~city).then(pl.col("official").min().over("entry"))
    return (
        rows.with_columns(lacking)
        .with_columns(place=place, largest=pl.col("score").max().over("entry"), first=first)
        .sort(
            city,
            "largest",
            "first",
            pl.when(~city).then("entry"),
            pl.when(city).then("place"),
            "score",
            "official",
            "place",
            descending=[False, True, False, False, False, True, False, False],
            nulls_last=True,
        )
        .with_columns(rank=pl.col("entry").rle_id() + 1)
        .filter(pl.col("rank") <= MOST)
        .with_columns(entry=pl.when(city).then("unit").otherwise("entry"))
        .select(COLUMNS)
    )
