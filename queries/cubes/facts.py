"""Facts: everything that can hold for a person, as intervals, once for all days of a refresh.

One row is one fact: `person`, `term` (a number, see `Terms`), `counts_from`, `until` (it counts on
D when counts_from <= D < until) and `day`, the day that the term's column shows: since when the
term holds, or when the evidence was given. So a category, a circumstance, an open event, an
insurance year's payment and a rejection that excludes for twelve months are all read alike.
"""

from collections.abc import Mapping

import polars as pl

from queries.cubes.evidence import EVIDENCE_TABLES, after_months
from queries.cubes.programmes import programme_numbers
from queries.cubes.rules import RUNNING_CASH
from queries.cubes.stage import month_no
from queries.cubes.term_columns import CATEGORY_OF, term_numbers
from queries.cubes.terms import NEVER

Frames = Mapping[str, pl.LazyFrame]

Numbers = Mapping[str, int]

COLUMNS = ["person", "term", "counts_from", "until", "day"]

#: More than any day number lies apart, NEVER included.
ABOVE = 1 << 33

EXCLUDING_OUTCOMES = ["not_eligible", "declined", "already_covered"]


def islands(spells: pl.LazyFrame, by: list[str]) -> pl.LazyFrame:
    """Adds `day`: where the run of touching or overlapping spells that a spell belongs to starts.

    Empty spells hold on no day and are dropped. The start does not depend on the as-of day:
    whatever joins a run later lies later.
    """
    changed = pl.any_horizontal(*[pl.col(c).ne_missing(pl.col(c).shift(1)) for c in by])
    # Each group lies above the one before it, so one running maximum serves all groups.
    above = changed.cum_sum().cast(pl.Int64) * ABOVE
    reach = (above + pl.col("until")).cum_max().shift(1)
    starts = reach.is_null() | (above + pl.col("counts_from") > reach)
    return (
        spells.filter(pl.col("counts_from") < pl.col("until"))
        .sort(*by, "counts_from")
        .with_columns(day=pl.when(starts).then("counts_from").forward_fill())
    )


def _interval(start: str = "valid_from", end: str = "valid_to") -> list[pl.Expr]:
    return [
        pl.col("person_key").alias("person"),
        pl.col(start).alias("counts_from"),
        pl.col(end).fill_null(NEVER).alias("until"),
    ]


def qualifying(term: str) -> pl.Expr:
    """Circumstance spells that a term means."""
    kind, _, codes = term.partition(":")
    disability = pl.col("circumstance_code") == "disability"
    match kind:
        case "has":
            return pl.col("circumstance_code") == codes
        case "stage":
            student = pl.col("circumstance_code") == "student"
            return student & pl.col("attr1").is_in(codes.split("|"))
        case "disability_type":
            return disability & pl.col("attr2").is_in(codes.split("|"))
        case "severe_disability":
            minded = pl.col("attr2").is_in(["intellectual", "mental"])
            graded = pl.col("attr1").is_in(["1", "2"])
            return disability & (graded | ((pl.col("attr1") == "3") & minded))
    raise ValueError(f"not a circumstance: {term}")


def _term(numbers: Numbers, prefix: str, column: str) -> pl.Expr:
    """Number of the term that a prefix and a code name; null for a code no rule knows."""
    codes = {t.removeprefix(prefix): n for t, n in numbers.items() if t.startswith(prefix)}
    return pl.col(column).replace_strict(codes, default=None, return_dtype=pl.Int16).alias("term")


def _own(numbers: Numbers) -> pl.Expr:
    """Number of the term of evidence for a programme."""
    terms = {place: numbers.get(f"own:{code}") for code, place in programme_numbers().items()}
    return pl.col("programme").replace_strict(terms, return_dtype=pl.Int16).alias("term")


def _fixed(numbers: Numbers, term: str) -> pl.Expr:
    return pl.lit(numbers[term], pl.Int16).alias("term")


def _categories(frames: Frames, numbers: Numbers) -> pl.LazyFrame:
    spells = frames["identification_spell"]
    categories = spells.select(*_interval(), _term(numbers, "cat:", "category_code"))
    own = pl.col("sub_code").replace_strict(CATEGORY_OF, default=None) == pl.col("category_code")
    kinds = spells.filter(own).select(*_interval(), _term(numbers, "cat:", "sub_code"))
    return islands(pl.concat([categories, kinds]).drop_nulls(), ["person", "term"])


def _circumstances(frames: Frames, numbers: Numbers) -> list[pl.LazyFrame]:
    spells = frames["circumstance_spell"]
    simple = spells.select(*_interval(), _term(numbers, "has:", "circumstance_code"))
    composed = [
        spells.filter(qualifying(term)).select(*_interval(), _fixed(numbers, term))
        for term in numbers
        if term.split(":")[0] in ("stage", "disability_type", "severe_disability")
    ]
    intervals = pl.concat([simple, *composed]).drop_nulls()
    anchors = spells.select(
        *_interval(), _term(numbers, "from:has:", "circumstance_code"), day=pl.col("valid_from")
    )
    return [islands(intervals, ["person", "term"]), anchors]


def _events(frames: Frames, numbers: Numbers) -> list[pl.LazyFrame]:
    # The window's last day counts, an interval's end does not.
    past = pl.when(pl.col("window_to").is_not_null()).then(pl.col("window_to") + 1)
    events = frames["hardship_event"].with_columns(past=past)
    return [
        events.select(
            *_interval("occurred_on", "past"),
            _term(numbers, prefix, "event_code"),
            day=pl.col("occurred_on"),
        )
        for prefix in ("ev:", "from:ev:")
    ]


def _assistance(frames: Frames, numbers: Numbers) -> pl.LazyFrame:
    spells = frames["benefit_spell"].select(*_interval(), "programme_code")
    return islands(spells, ["person", "programme_code"]).with_columns(
        _fixed(numbers, "in_assistance:")
    )


def _running(frames: Frames, numbers: Numbers) -> pl.LazyFrame:
    """Running cash out of its grace."""
    spells = frames["benefit_spell"].filter(pl.col("programme_code").is_in(RUNNING_CASH))
    return spells.select(
        pl.col("person_key").alias("person"),
        pl.max_horizontal("valid_from", pl.col("grace_until") + 1).alias("counts_from"),
        pl.col("valid_to").fill_null(NEVER).alias("until"),
        pl.col("valid_from").alias("day"),
        _term(numbers, "running:", "programme_code"),
    )


def _exclusions(frames: Frames, numbers: Numbers) -> pl.LazyFrame:
    return (
        frames["referral"]
        .filter(pl.col("outcome_code").is_in(EXCLUDING_OUTCOMES))
        .select(
            pl.col("person_key").alias("person"),
            pl.col("responded_at").alias("counts_from"),
            after_months("responded_at", 12).alias("until"),
            pl.col("responded_at").alias("day"),
            _term(numbers, "excluded:", "programme_code"),
        )
    )


def _any_event(frames: Frames, numbers: Numbers, table: str, day: str, first: int) -> pl.LazyFrame:
    # A little over a year: what `until` decides exactly, without a month's sum for every row.
    recent = frames[table].filter(pl.col(day) > first - 370)
    return recent.select(
        pl.col("person_key").alias("person"),
        pl.col(day).alias("counts_from"),
        after_months(day, 12).alias("until"),
        pl.col(day).alias("day"),
        _fixed(numbers, "any_event:"),
    )


def facts(frames: Frames, evidence: pl.LazyFrame, first: int, last: int) -> pl.LazyFrame:
    """
    Facts of the connected tables that count on some day from `first` to `last`.

    Columns `COLUMNS`; `term` is a number of `term_numbers`.
    """
    numbers = term_numbers(frozenset(frames))
    parts = [
        _categories(frames, numbers),
        *_circumstances(frames, numbers),
        _assistance(frames, numbers),
        evidence.with_columns(_own(numbers)),
        _exclusions(frames, numbers),
        _running(frames, numbers),
    ]
    if "hardship_event" in frames:
        parts += _events(frames, numbers)
    parts += [
        _any_event(frames, numbers, table, day, first)
        for table, (day, _) in EVIDENCE_TABLES.items()
        if table in frames and table != "benefit_spell"
    ]
    days = [pl.col(c).cast(pl.Int32) for c in ("counts_from", "until", "day")]
    counting = (pl.col("counts_from") <= last) & (pl.col("until") > first)
    return pl.concat(
        [part.select("person", "term", *days).drop_nulls().filter(counting) for part in parts]
    )


def birthdays() -> list[pl.Expr]:
    """`adult_on`: the day on which a person turns 18; `born`: running number of the month."""
    born = pl.col("birth_month").cast(pl.Date).dt.truncate("1mo")
    return [born.dt.offset_by("18y").cast(pl.Int32).alias("adult_on"), month_no(born).alias("born")]
