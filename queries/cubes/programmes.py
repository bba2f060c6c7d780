"""What the cubes need to know of a programme beyond its row in `programmes.csv`."""

from functools import cache

import polars as pl

from data.reference import policy_tables
from queries.cubes.rules import basis_of, rules_of

ANCHORED_WINDOWS = ["after_event", "disaster_stage"]

#: P0931 and P0932 share one gap; sums over programmes leave this one out.
SHARED_GAP = "P0932"


@cache
def computable(connected: frozenset[str]) -> list[str]:
    """Programmes with a rule left and their evidence table connected; the others are no_data."""
    return [
        row["programme_code"]
        for row in policy_tables.programmes().iter_rows(named=True)
        if row["evidence_table"] in connected and rules_of(row["programme_code"], connected)
    ]


@cache
def anchored() -> list[str]:
    """Programmes whose evidence must come on or after the event that makes one eligible."""
    windows = policy_tables.programmes().filter(pl.col("coverage_window").is_in(ANCHORED_WINDOWS))
    return windows["programme_code"].to_list()


def anchor_terms(programme: str, connected: frozenset[str]) -> list[str]:
    """Circumstances and events that the programme's rules name; their start is the anchor."""
    named = {term for rule in rules_of(programme, connected) for term in rule.terms}
    return sorted(t for t in named if t.split(":")[0] in ("has", "ev", "hh_has"))


def with_basis(connected: frozenset[str], basis: str) -> list[str]:
    """Computable programmes of a basis."""
    return [p for p in computable(connected) if basis_of()[p] == basis]


def with_gaps(connected: frozenset[str]) -> list[str]:
    """Computable programmes with a firm or suspected gap."""
    return with_basis(connected, "firm") + with_basis(connected, "suspected")


@cache
def programme_numbers() -> dict[str, int]:
    """Place of each programme in `programmes.csv`; integers are joined faster than strings."""
    return {code: place for place, code in enumerate(policy_tables.programmes()["programme_code"])}


@cache
def covered_by(programme: str) -> list[str]:
    """Programmes whose evidence covers this one."""
    return policy_tables.programme(programme)["covered_by"].split("|")


@cache
def household_programmes() -> list[str]:
    """Programmes that cover a person when any registered member has the evidence."""
    return policy_tables.programmes().filter(benefit_unit="household")["programme_code"].to_list()


def household_evidence() -> list[str]:
    """Programmes whose evidence counts for the whole household, substitutes included."""
    return sorted({code for p in household_programmes() for code in covered_by(p)})
