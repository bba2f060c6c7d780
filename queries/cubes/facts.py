"""Facts: everything that can hold for a person, as intervals, once for all days of a refresh.

One row is one fact: `person`, `term` (a number, see `Terms`), `counts_from`, `until` (it counts on
D when counts_from <= D < until) and `day`, the day that the term's column shows: since when the
term holds, or when the evidence was given. So a category, a circumstance, an open event, an
insurance year's payment and a rejection that excludes for twelve months are all read alike.
"""

from collections.abc import Mapping

import narwhals as nw
import polars as pl

from queries.cubes.evidence import EVIDENCE_TABLES
from queries.cubes.numbers import coded
from queries.cubes.programmes import programme_numbers
from queries.cubes.rules import RUNNING_CASH
from queries.cubes.stage import looked_up
from queries.cubes.term_columns import CATEGORY_OF, term_numbers
from queries.cubes.terms import ALWAYS, NEVER

Frames = Mapping[str, nw.LazyFrame]

Numbers = Mapping[str, int]

COLUMNS = ["person", "term", "counts_from", "until", "day"]

#: More than any day number lies apart, NEVER included.
ABOVE = 1 << 33

EXCLUDING_OUTCOMES = ["not_eligible", "declined", "already_covered"]


def islands(spells: nw.LazyFrame, by: list[str]) -> nw.LazyFrame:
    """Adds `day`: where the run of touching or overlapping spells that a spell belongs to starts.

    Empty spells hold on no day and are dropped. The start does not depend on the as-of day:
    whatever joins a run later lies later.
    """
    held = spells.filter(nw.col("counts_from") < nw.col("until"))
    if held.implementation.is_polars():
        # Six times faster than a window for each group.
        return nw.from_native(_runs_in_order(nw.to_native(held), by))
    # By both days, so that every window has the spells in one and the same order.
    order = ["counts_from", "until"]
    reach = nw.col("until").cum_max().over(*by, order_by=order)
    before = nw.col("reach").shift(1).over(*by, order_by=order)
    starts = nw.col("before").is_null() | (nw.col("counts_from") > nw.col("before"))
    return (
        held.with_columns(reach=reach)
        .with_columns(before=before)
        .with_columns(day=nw.when(starts).then(nw.col("counts_from")).otherwise(nw.lit(ALWAYS)))
        .with_columns(day=nw.col("day").cum_max().over(*by, order_by=order))
        .drop("reach", "before")
    )


def _runs_in_order(spells: pl.LazyFrame, by: list[str]) -> pl.LazyFrame:
    """`islands` by one running maximum over all groups: each lies above the one before it."""
    changed = pl.any_horizontal(*[pl.col(c).ne_missing(pl.col(c).shift(1)) for c in by])
    above = changed.cum_sum().cast(pl.Int64) * ABOVE
    reach = (above + pl.col("until")).cum_max().shift(1)
    starts = reach.is_null() | (above + pl.col("counts_from") > reach)
    return spells.sort(*by, "counts_from").with_columns(
        day=pl.when(starts).then("counts_from").forward_fill()
    )


def _interval(start: str = "valid_from", end: str = "valid_to") -> list[nw.Expr]:
    return [
        nw.col("person_key").alias("person"),
        nw.col(start).alias("counts_from"),
        nw.col(end).fill_null(NEVER).alias("until"),
    ]


def qualifying(term: str) -> nw.Expr:
    """Circumstance spells that a term means."""
    kind, _, codes = term.partition(":")
    disability = nw.col("circumstance_code") == "disability"
    match kind:
        case "has":
            return nw.col("circumstance_code") == codes
        case "stage":
            student = nw.col("circumstance_code") == "student"
            return student & nw.col("attr1").is_in(codes.split("|"))
        case "disability_type":
            return disability & nw.col("attr2").is_in(codes.split("|"))
        case "severe_disability":
            minded = nw.col("attr2").is_in(["intellectual", "mental"])
            graded = nw.col("attr1").is_in(["1", "2"])
            return disability & (graded | ((nw.col("attr1") == "3") & minded))
    raise ValueError(f"not a circumstance: {term}")


def _term(rows: nw.LazyFrame, numbers: Numbers, prefix: str, column: str) -> nw.Expr:
    """Number of the term that a prefix and a code name; null for a code no rule knows."""
    codes = {t.removeprefix(prefix): n for t, n in numbers.items() if t.startswith(prefix)}
    return coded(rows, column, codes, nw.Int16).alias("term")


def _own(rows: nw.LazyFrame, numbers: Numbers) -> nw.Expr:
    """Number of the term of evidence for a programme."""
    places = programme_numbers().items()
    terms = {n: numbers[f"own:{code}"] for code, n in places if f"own:{code}" in numbers}
    return coded(rows, "programme", terms, nw.Int16).alias("term")


def _fixed(numbers: Numbers, term: str) -> nw.Expr:
    return nw.lit(numbers[term], nw.Int16).alias("term")


def _categories(frames: Frames, numbers: Numbers) -> nw.LazyFrame:
    spells = frames["identification_spell"]
    categories = spells.select(*_interval(), _term(spells, numbers, "cat:", "category_code"))
    own = coded(spells, "sub_code", CATEGORY_OF, nw.String) == nw.col("category_code")
    kinds = spells.filter(own).select(*_interval(), _term(spells, numbers, "cat:", "sub_code"))
    return islands(nw.concat([categories, kinds]).drop_nulls(), ["person", "term"])


def _circumstances(frames: Frames, numbers: Numbers) -> list[nw.LazyFrame]:
    spells = frames["circumstance_spell"]
    simple = spells.select(*_interval(), _term(spells, numbers, "has:", "circumstance_code"))
    composed = [
        spells.filter(qualifying(term)).select(*_interval(), _fixed(numbers, term))
        for term in numbers
        if term.split(":")[0] in ("stage", "disability_type", "severe_disability")
    ]
    intervals = nw.concat([simple, *composed]).drop_nulls()
    anchors = spells.select(
        *_interval(),
        _term(spells, numbers, "from:has:", "circumstance_code"),
        day=nw.col("valid_from"),
    )
    return [islands(intervals, ["person", "term"]), anchors]


def _events(frames: Frames, numbers: Numbers) -> list[nw.LazyFrame]:
    # The window's last day counts, an interval's end does not.
    events = frames["hardship_event"].with_columns(past=nw.col("window_to") + 1)
    return [
        events.select(
            *_interval("occurred_on", "past"),
            _term(events, numbers, prefix, "event_code"),
            day=nw.col("occurred_on"),
        )
        for prefix in ("ev:", "from:ev:")
    ]


def _assistance(frames: Frames, numbers: Numbers) -> nw.LazyFrame:
    spells = frames["benefit_spell"].select(*_interval(), "programme_code")
    return islands(spells, ["person", "programme_code"]).with_columns(
        _fixed(numbers, "in_assistance:")
    )


def _running(frames: Frames, numbers: Numbers) -> nw.LazyFrame:
    """Running cash out of its grace."""
    spells = frames["benefit_spell"].filter(nw.col("programme_code").is_in(RUNNING_CASH))
    return spells.select(
        nw.col("person_key").alias("person"),
        nw.max_horizontal(nw.col("valid_from"), nw.col("grace_until") + 1).alias("counts_from"),
        nw.col("valid_to").fill_null(NEVER).alias("until"),
        nw.col("valid_from").alias("day"),
        _term(spells, numbers, "running:", "programme_code"),
    )


def _exclusions(frames: Frames, days: nw.LazyFrame, numbers: Numbers) -> nw.LazyFrame:
    answers = frames["referral"].filter(nw.col("outcome_code").is_in(EXCLUDING_OUTCOMES))
    return looked_up(answers, days, "responded_at", {"after_12": "until"}).select(
        nw.col("person_key").alias("person"),
        nw.col("responded_at").alias("counts_from"),
        "until",
        nw.col("responded_at").alias("day"),
        _term(answers, numbers, "excluded:", "programme_code"),
    )


def _any_event(
    frames: Frames, days: nw.LazyFrame, numbers: Numbers, table: str, day: str, first: int
) -> nw.LazyFrame:
    # A little over a year: what `until` decides exactly, without looking up every row.
    recent = frames[table].filter(nw.col(day) > first - 370)
    return looked_up(recent, days, day, {"after_12": "until"}).select(
        nw.col("person_key").alias("person"),
        nw.col(day).alias("counts_from"),
        "until",
        nw.col(day).alias("day"),
        _fixed(numbers, "any_event:"),
    )


def facts(
    frames: Frames, days: nw.LazyFrame, evidence: nw.LazyFrame, first: int, last: int
) -> nw.LazyFrame:
    """
    Facts of the connected tables that count on some day from `first` to `last`.

    `days`: the calendar. Columns `COLUMNS`; `term` is a number of `term_numbers`.
    """
    numbers = term_numbers(frozenset(frames))
    parts = [
        _categories(frames, numbers),
        *_circumstances(frames, numbers),
        _assistance(frames, numbers),
        evidence.with_columns(_own(evidence, numbers)),
        _exclusions(frames, days, numbers),
        _running(frames, numbers),
    ]
    if "hardship_event" in frames:
        parts += _events(frames, numbers)
    parts += [
        _any_event(frames, days, numbers, table, day, first)
        for table, (day, _) in EVIDENCE_TABLES.items()
        if table in frames and table != "benefit_spell"
    ]
    dated = [nw.col(c).cast(nw.Int32) for c in ("counts_from", "until", "day")]
    counting = (nw.col("counts_from") <= last) & (nw.col("until") > first)
    return nw.concat(
        [part.select("person", "term", *dated).drop_nulls().filter(counting) for part in parts]
    )
