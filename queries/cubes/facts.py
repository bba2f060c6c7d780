"""Facts: everything that can hold for a person, as intervals, once for all days of a refresh.

One row is one fact: `person`, `term` (a number, see `Terms`), `counts_from`, `until` (it counts on
D when counts_from <= D < until) and `day`, the day that the term's column shows: since when the
term holds, or when the evidence was given. So a category, a circumstance, an open event, an
insurance year's payment and a rejection that excludes for twelve months are all read alike.
"""

from collections.abc import Mapping

import polars as pl

from data import reference
from queries.cubes.evidence import after_months, evidence
from queries.cubes.programmes import anchor_terms, anchored
from queries.cubes.rules import terms_named
from queries.cubes.terms import CATEGORIES, NEVER

Frames = Mapping[str, pl.LazyFrame]

COLUMNS = ["person", "term", "counts_from", "until", "day"]

#: Students whom I0902 counts, beside the stages that rules name.
STUDENTS = "stage:preschool|primary|junior|senior_high|vocational"

EXCLUDING_OUTCOMES = ["not_eligible", "declined", "already_covered"]


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
    return pl.concat([part.select("person", number, *days).drop_nulls() for part in parts])


def birthdays(limit: int) -> list[pl.Expr]:
    """`adult_on` and `child_until`: days on which a person turns 18 and the child age limit."""
    born = pl.col("birth_month").cast(pl.Date).dt.truncate("1mo")
    return [
        born.dt.offset_by("18y").cast(pl.Int32).alias("adult_on"),
        born.dt.offset_by(f"{limit}y").cast(pl.Int32).alias("child_until"),
    ]
