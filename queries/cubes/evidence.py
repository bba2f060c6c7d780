"""Evidence: what was given for a programme, and on which days it counts.

The coverage windows of `docs/definitions.md` are turned about: not "events of the 12 months up to
D" but, per event, the days D on which it counts. So one comparison reads every window.
"""

from collections.abc import Mapping
from datetime import date

import narwhals as nw

from data.reference import policy_tables
from data.reference.seasons import STARTS
from queries.cubes.numbers import coded
from queries.cubes.programmes import programme_numbers
from queries.cubes.stage import FIRST, LAST, day_number, looked_up
from queries.cubes.terms import NEVER

Frames = Mapping[str, nw.LazyFrame]

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


def _period(rows: nw.LazyFrame, window: str) -> tuple[nw.Expr, nw.Expr]:
    """First day of the period that `period_code` names, and of the one after it."""
    starts = {
        f"{year}" if window == "insurance_year" else f"{year}-{year + 1}": [
            day_number(date(each, STARTS[window], 1)) for each in (year, year + 1)
        ]
        for year in range(FIRST.year, LAST.year + 1)
    }
    first, after = (
        coded(rows, "period_code", {code: days[i] for code, days in starts.items()}, nw.Int32)
        for i in (0, 1)
    )
    return first, after


def _in_window(
    rows: nw.LazyFrame, days: nw.LazyFrame, table: str, window: str, day: str
) -> nw.LazyFrame:
    """Adds the days on which evidence counts, by the coverage window of its programme."""
    if window in STARTS:
        first, until = _period(rows, window)
        begins = nw.max_horizontal(first, nw.col(day))
        return rows.with_columns(counts_from=nw.when(~first.is_null()).then(begins), until=until)
    begun = rows.with_columns(counts_from=nw.col(day))
    if months := MONTHS.get((table, window)):
        return looked_up(begun, days, day, {f"after_{months}": "until"})
    if table == "benefit_spell":
        return begun.with_columns(until=nw.col("valid_to").fill_null(NEVER))
    return begun.with_columns(until=nw.lit(NEVER, nw.Int32))


def evidence(frames: Frames, days: nw.LazyFrame) -> nw.LazyFrame:
    """
    What was given: person, programme, day, counts_from, until (a window not yet anchored).

    `programme` is a number of `programme_numbers`; `days`: the calendar.
    """
    parts = []
    groups = policy_tables.programmes().group_by(
        "evidence_table", "coverage_window", maintain_order=True
    )
    for (table, window), rows in groups:
        if table not in frames:
            continue
        day, programme = EVIDENCE_TABLES[table]
        counted = frames[table].filter(
            nw.col(programme).is_in(rows["programme_code"].to_list()), ~nw.col(day).is_null()
        )
        numbered = coded(counted, programme, programme_numbers(), nw.Int16)
        parts.append(
            counted.with_columns(programme=numbered)
            .pipe(_in_window, days, table, window, day)
            .select(
                nw.col("person_key").alias("person"),
                "programme",
                nw.col("counts_from").cast(nw.Int32),
                nw.col("until").cast(nw.Int32),
                nw.col(day).alias("day"),
            )
        )
    return nw.concat(parts)
