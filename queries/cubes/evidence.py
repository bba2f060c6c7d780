"""Evidence: what was given for a programme, and on which days it counts.

The coverage windows of `docs/definitions.md` are turned about: not "events of the 12 months up to
D" but, per event, the days D on which it counts. So one comparison reads every window.
"""

from collections.abc import Mapping

import polars as pl

from data.reference import policy_tables
from data.reference.seasons import STARTS
from queries.cubes.programmes import programme_numbers
from queries.cubes.terms import NEVER

Frames = Mapping[str, pl.LazyFrame]

EVIDENCE_TABLES = {
    "benefit_spell": ("valid_from", "programme_code"),
    "benefit_event": ("occurred_on", "programme_code"),
    "emergency_case": ("first_aid_at", "programme_code"),
    "service_record": ("served_on", "programme_code"),
}

#: Months that a window's evidence counts for, by evidence table and coverage window.
MONTHS = {
    ("benefit_event", "year"): 12,
    ("emergency_case", "year"): 12,
    ("service_record", "year"): 12,
    ("service_record", "spell"): 3,
}


def after_months(day: str, months: int) -> pl.Expr:
    """First D that lies `months` months on, so that `day` is no longer in the months up to D.

    Where the month lacks that day of the month (30 November plus 3), the first of the next one:
    D minus n months is cut to the month's end, so on the last of February it is still before.
    """
    start = pl.col(day).cast(pl.Date)
    moved = start.dt.offset_by(f"{months}mo")
    cut = moved.dt.day() != start.dt.day()
    return pl.when(cut).then(moved.dt.offset_by("1d")).otherwise(moved).cast(pl.Int32)


def _period(window: str) -> list[pl.Expr]:
    """First day of the period that `period_code` names, and of the one after it."""
    year = pl.col("period_code").str.slice(0, 4).cast(pl.Int32, strict=False)
    named = pl.format("{}-{}", year, year + 1)
    if window == "insurance_year":
        named = pl.format("{}", year)
    year = pl.when(pl.col("period_code") == named).then(year)
    month = STARTS[window]
    return [pl.date(year, month, 1).cast(pl.Int32), pl.date(year + 1, month, 1).cast(pl.Int32)]


def _in_window(rows: pl.LazyFrame, table: str, window: str, day: str) -> pl.LazyFrame:
    """Adds the days on which evidence counts, by the coverage window of its programme."""
    counts_from, until = pl.col(day), pl.lit(NEVER)
    if window in STARTS:
        first, until = _period(window)
        counts_from = pl.when(first.is_not_null()).then(pl.max_horizontal(first, pl.col(day)))
    elif months := MONTHS.get((table, window)):
        until = after_months(day, months)
    elif table == "benefit_spell":
        until = pl.col("valid_to").fill_null(NEVER)
    return rows.with_columns(counts_from=counts_from, until=until)


def evidence(frames: Frames) -> pl.LazyFrame:
    """
    What was given: person, programme, day, counts_from, until (a window not yet anchored).

    `programme` is a number of `programme_numbers`.
    """
    parts = []
    groups = policy_tables.programmes().group_by(
        "evidence_table", "coverage_window", maintain_order=True
    )
    for (table, window), rows in groups:
        if table not in frames:
            continue
        day, programme = EVIDENCE_TABLES[table]
        parts.append(
            frames[table]
            .filter(pl.col(programme).is_in(rows["programme_code"].to_list()))
            .filter(pl.col(day).is_not_null())
            .pipe(_in_window, table, window, day)
            .select(
                pl.col("person_key").alias("person"),
                pl.col(programme)
                .replace_strict(programme_numbers(), return_dtype=pl.Int16)
                .alias("programme"),
                pl.col("counts_from").cast(pl.Int32),
                pl.col("until").cast(pl.Int32),
                pl.col(day).alias("day"),
            )
        )
    return pl.concat(parts)
