"""Facts: everything that can hold for a person, as intervals, once for all days of a refresh.

One row is one fact: `person`, `term` (a number, see `Terms`), `counts_from`, `until` (it counts on
D when counts_from <= D < until) and `day`, the day that the term's column shows: since when the
term holds, or when the evidence was given. So a category, a circumstance, an open event, an
insurance year's payment and a rejection that excludes for twelve months are all read alike.
"""

from collections.abc import Mapping

import polars as pl

from data import reference
from queries.cubes.rules import rules_of, terms_named
from queries.cubes.terms import CATEGORIES, NEVER

Frames = Mapping[str, pl.LazyFrame]

COLUMNS = ["person", "term", "counts_from", "until", "day"]

#: Students whom I0902 counts, beside the stages that rules name.
STUDENTS = "stage:preschool|primary|junior|senior_high|vocational"

EXCLUDING_OUTCOMES = ["not_eligible", "declined", "already_covered"]

EVIDENCE_TABLES = {
    "benefit_spell": ("valid_from", "programme_code"),
    "benefit_event": ("occurred_on", "programme_code"),
    "emergency_case": ("first_aid_at", "programme_code"),
    "service_record": ("served_on", "programme_code"),
}

ANCHORED_WINDOWS = ["after_event", "disaster_stage"]

#: Months that a window's evidence counts for, by evidence table and coverage window.
MONTHS = {("benefit_event", "year"): 12, ("service_record", "year"): 12} | {
    ("service_record", "spell"): 3
}

#: First month of the period that a `period_code` names.
PERIOD_STARTS = {"insurance_year": 1, "school_year": 9, "heating_season": 11, "winter_spring": 12}


def computable(connected: frozenset[str]) -> list[str]:
    """Programmes with a rule left and their evidence table connected; the others are no_data."""
    return [
        row["programme_code"]
        for row in reference.programmes().iter_rows(named=True)
        if row["evidence_table"] in connected and rules_of(row["programme_code"], connected)
    ]


def anchored() -> list[str]:
    """Programmes whose evidence must come on or after the event that makes one eligible."""
    windows = reference.programmes().filter(pl.col("coverage_window").is_in(ANCHORED_WINDOWS))
    return windows["programme_code"].to_list()


def anchor_terms(programme: str, connected: frozenset[str]) -> list[str]:
    """Circumstances and events that the programme's rules name; their start is the anchor."""
    named = {term for rule in rules_of(programme, connected) for term in rule.terms}
    return sorted(t for t in named if t.split(":")[0] in ("has", "ev", "hh_has"))


def term_columns(connected: frozenset[str]) -> dict[str, list[str]]:
    """Columns of the register that come from facts: `earliest` by min, `latest` by max of `day`."""
    derived = ("age", "res", "policy", "hh_has", "hh_severe_disability")
    earliest = {t for t in terms_named(connected) if t.split(":")[0] not in derived}
    earliest |= {f"cat:{category}" for category in CATEGORIES}
    earliest |= {STUDENTS, "severe_disability:", "in_assistance:", "has:zero_employment_household"}
    earliest |= {"has:need_care", "has:resident_insurance"}
    anchors = {
        "from:" + term.replace("hh_has:", "has:")
        for programme in anchored()
        for term in anchor_terms(programme, connected)
    }
    latest = anchors | {"any_event:"}
    for programme in reference.programmes()["programme_code"]:
        latest |= {f"own:{programme}", f"excluded:{programme}"}
    return {"earliest": sorted(earliest), "latest": sorted(latest)}


def term_numbers(connected: frozenset[str]) -> dict[str, int]:
    """Number of each term column; comparing integers is several times faster than strings."""
    columns = term_columns(connected)
    return {term: i for i, term in enumerate(columns["earliest"] + columns["latest"])}


def islands(spells: pl.LazyFrame, by: list[str]) -> pl.LazyFrame:
    """Adds `day`: where the run of touching or overlapping spells that a spell belongs to starts.

    Empty spells hold on no day and are dropped. The start does not depend on the as-of day:
    whatever joins a run later lies later.
    """
    reach = pl.col("until").cum_max().shift(1).over(by)
    starts = pl.when(reach.is_null() | (pl.col("counts_from") > reach)).then("counts_from")
    return (
        spells.filter(pl.col("counts_from") < pl.col("until"))
        .sort(*by, "counts_from", "until")
        .with_columns(day=starts)
        .with_columns(pl.col("day").forward_fill().over(by))
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


def _categories(frames: Frames) -> pl.LazyFrame:
    spells = frames["identification_spell"]
    held = spells.select(*_interval(), term="cat:" + pl.col("category_code"))
    scattered = spells.filter(category_code="tekun", sub_code="tekun_scattered").select(
        *_interval(), term=pl.lit("cat:tekun_scattered")
    )
    return islands(pl.concat([held, scattered]), ["person", "term"])


def _circumstances(frames: Frames, terms: list[str]) -> list[pl.LazyFrame]:
    spells = frames["circumstance_spell"]
    kinds = ("has", "stage", "disability_type", "severe_disability")
    held = [
        spells.filter(qualifying(term)).select(*_interval(), term=pl.lit(term))
        for term in terms
        if term.split(":")[0] in kinds
    ]
    anchors = [
        spells.filter(qualifying(term.removeprefix("from:"))).select(
            *_interval(), term=pl.lit(term), day=pl.col("valid_from")
        )
        for term in terms
        if term.startswith("from:has:")
    ]
    return [islands(pl.concat(held), ["person", "term"]), *anchors]


def _events(frames: Frames) -> list[pl.LazyFrame]:
    events = frames["hardship_event"].select(
        *_interval("occurred_on", "window_to"), "event_code", day=pl.col("occurred_on")
    )
    # The window's last day counts, an interval's end does not.
    events = events.with_columns(
        until=pl.when(pl.col("until") < NEVER).then(pl.col("until") + 1).otherwise("until")
    )
    return [
        events.with_columns(term=prefix + pl.col("event_code")) for prefix in ("ev:", "from:ev:")
    ]


def _assistance(frames: Frames) -> pl.LazyFrame:
    spells = frames["benefit_spell"].select(*_interval(), "programme_code")
    return islands(spells, ["person", "programme_code"]).with_columns(term=pl.lit("in_assistance:"))


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
    year = pl.col("period_code").str.extract(r"^(\d{4})").cast(pl.Int32)
    named = pl.format("{}-{}", year, year + 1)
    if window == "insurance_year":
        named = pl.format("{}", year)
    year = pl.when(pl.col("period_code") == named).then(year)
    month = PERIOD_STARTS[window]
    return [pl.date(year, month, 1).cast(pl.Int32), pl.date(year + 1, month, 1).cast(pl.Int32)]


def _in_window(rows: pl.LazyFrame, table: str, window: str, day: str) -> pl.LazyFrame:
    """Adds the days on which evidence counts, by the coverage window of its programme."""
    counts_from, until = pl.col(day), pl.lit(NEVER)
    if window in PERIOD_STARTS:
        first, until = _period(window)
        counts_from = pl.when(first.is_not_null()).then(pl.max_horizontal(first, pl.col(day)))
    elif months := MONTHS.get((table, window)):
        until = after_months(day, months)
    elif table == "benefit_spell":
        until = pl.col("valid_to").fill_null(NEVER)
    return rows.with_columns(counts_from=counts_from, until=until)


def evidence(frames: Frames) -> pl.LazyFrame:
    """What was given: person, programme, day, counts_from, until (a window not yet anchored)."""
    parts = []
    groups = reference.programmes().group_by(
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
                pl.col(programme).alias("programme"),
                pl.col("counts_from").cast(pl.Int32),
                pl.col("until").cast(pl.Int32),
                pl.col(day).alias("day"),
            )
        )
    return pl.concat(parts)


def _exclusions(frames: Frames) -> pl.LazyFrame:
    return (
        frames["referral"]
        .filter(pl.col("outcome_code").is_in(EXCLUDING_OUTCOMES))
        .select(
            pl.col("person_key").alias("person"),
            pl.col("responded_at").alias("counts_from"),
            after_months("responded_at", 12).alias("until"),
            pl.col("responded_at").alias("day"),
            term="excluded:" + pl.col("programme_code"),
        )
    )


def _any_event(frames: Frames) -> pl.LazyFrame:
    return frames["benefit_event"].select(
        pl.col("person_key").alias("person"),
        pl.col("occurred_on").alias("counts_from"),
        after_months("occurred_on", 12).alias("until"),
        pl.col("occurred_on").alias("day"),
        term=pl.lit("any_event:"),
    )


def facts(frames: Frames) -> pl.LazyFrame:
    """All facts of the connected tables; columns `COLUMNS`, `term` a number of `term_numbers`."""
    connected = frozenset(frames)
    numbers = term_numbers(connected)
    parts = [
        _categories(frames),
        *_circumstances(frames, list(numbers)),
        _assistance(frames),
        evidence(frames).with_columns(term="own:" + pl.col("programme")),
        _exclusions(frames),
    ]
    if "hardship_event" in frames:
        parts += _events(frames)
    if "benefit_event" in frames:
        parts.append(_any_event(frames))
    number = pl.col("term").replace_strict(numbers, default=None, return_dtype=pl.Int16)
    days = [pl.col(c).cast(pl.Int32) for c in ("counts_from", "until", "day")]
    return pl.concat(
        [part.select("person", number, *days).drop_nulls() for part in parts]
    )


def birthdays(limit: int) -> list[pl.Expr]:
    """`adult_on` and `child_until`: days on which a person turns 18 and the child age limit."""
    born = pl.col("birth_month").cast(pl.Date).dt.truncate("1mo")
    return [
        born.dt.offset_by("18y").cast(pl.Int32).alias("adult_on"),
        born.dt.offset_by(f"{limit}y").cast(pl.Int32).alias("child_until"),
    ]


