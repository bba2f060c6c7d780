"""What the cubes need to know of a programme beyond its row in `programmes.csv`."""

from datetime import date
from functools import cache

import polars as pl

from data.reference import policy_tables, seasons
from queries.cubes.rules import all_rules, basis_of, has_rules, rules_of
from queries.cubes.stage import date_of

ANCHORED_WINDOWS = ["after_event", "disaster_stage"]

#: P0931 and P0932 share one gap; sums over programmes leave this one out.
SHARED_GAP = "P0932"

#: A referral for one of these excludes from both.
ALTERNATIVES = ("P0931", "P0932")


@cache
def computable(connected: frozenset[str], as_of: date) -> list[str]:
    """
    Programmes with a rule left and their evidence table connected; the others are no_data.

    One that the policy gives no rule at all (P1003) is counted by its evidence alone.
    """
    return [
        row["programme_code"]
        for row in policy_tables.programmes().iter_rows(named=True)
        if row["evidence_table"] in connected
        and (
            rules_of(row["programme_code"], connected, as_of)
            or not has_rules(row["programme_code"], as_of)
        )
    ]


def in_season(connected: frozenset[str], day: int) -> list[str]:
    """Computable programmes that are counted on a day: those off season are not."""
    as_of = date_of(day)
    return [p for p in computable(connected, as_of) if not seasons.last_day_of_last(p, as_of)]


@cache
def anchored() -> list[str]:
    """Programmes whose evidence must come on or after the event that makes one eligible."""
    windows = policy_tables.programmes().filter(pl.col("coverage_window").is_in(ANCHORED_WINDOWS))
    return windows["programme_code"].to_list()


def anchor_terms(programme: str, connected: frozenset[str], as_of: date | None = None) -> list[str]:
    """
    Circumstances and events that the programme's rules name; their start is the anchor.

    Of the rules that make eligible on a day; of every version of each without one.
    """
    rules = rules_of(programme, connected, as_of) if as_of else all_rules(programme, connected)
    named = {term for rule in rules for term in rule.terms}
    return sorted(t for t in named if t.split(":")[0] in ("has", "ev", "hh_has"))


def with_basis(connected: frozenset[str], day: int, basis: str) -> list[str]:
    """Programmes of a basis that are counted on a day."""
    return [p for p in in_season(connected, day) if basis_of(date_of(day))[p] == basis]


def with_gaps(connected: frozenset[str], day: int) -> list[str]:
    """Programmes with a firm or suspected gap that are counted on a day."""
    return [p for p in in_season(connected, day) if basis_of(date_of(day))[p] != "none"]


@cache
def programme_numbers() -> dict[str, int]:
    """Place of each programme in `programmes.csv`; integers are joined faster than strings."""
    return {code: place for place, code in enumerate(policy_tables.programmes()["programme_code"])}


@cache
def covered_by(programme: str) -> list[str]:
    """Programmes whose evidence covers this one."""
    return policy_tables.programme(programme)["covered_by"].split("|")


def excluding(programme: str) -> tuple[str, ...]:
    """Programmes whose referrals exclude from this one."""
    return ALTERNATIVES if programme in ALTERNATIVES else (programme,)


@cache
def household_programmes() -> list[str]:
    """Programmes that are counted in households; all others are in persons."""
    return policy_tables.programmes().filter(benefit_unit="household")["programme_code"].to_list()
