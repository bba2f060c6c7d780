"""Eligible, covered, excluded, gap and beyond rule of every programme (`docs/definitions.md`).

Adds to the register, per computable programme P, the day `since:P` and the marks 0 or 1
`eligible:P, covered:P, covered_eligible:P, excluded:P, gap:P, beyond_rule:P`.
"""

import narwhals as nw

from queries.cubes.counting import mark
from queries.cubes.programmes import (
    anchor_terms,
    anchored,
    computable,
    covered_by,
    household_programmes,
    with_basis,
)
from queries.cubes.rules import eligibility
from queries.cubes.terms import ALWAYS, NEVER, latest

MARKS = ("eligible", "covered", "covered_eligible", "excluded", "gap", "beyond_rule")


def anchor(programme: str, connected: frozenset[str]) -> nw.Expr:
    """Latest start of the circumstances and events that the programme's rules name, if any."""
    starts = [nw.col("from:" + term) for term in anchor_terms(programme, connected)]
    return latest(*starts) if starts else nw.lit(ALWAYS)


def _given(programme: str, evidence: list[str], connected: frozenset[str]) -> nw.Expr:
    """Some evidence counts; where the window has an anchor, on or after it."""
    given = latest(*[nw.col(column) for column in evidence])
    if programme not in anchored():
        return given > ALWAYS
    start = anchor(programme, connected)
    return (start > ALWAYS) & (given >= start)


def _covered(programme: str, connected: frozenset[str]) -> nw.Expr:
    prefix = "hh_own" if programme in household_programmes() else "own"
    evidence = [f"{prefix}:{code}" for code in covered_by(programme)]
    return _given(programme, evidence, connected)


def with_marks(register: nw.LazyFrame, connected: frozenset[str]) -> nw.LazyFrame:
    """The register with `since:P`, `excluded_on:P` and the marks of every computable programme."""
    programmes = computable(connected)
    return (
        register.with_columns(
            *[eligibility(p, connected).day.alias(f"since:{p}") for p in programmes],
            *[mark(_covered(p, connected)).alias(f"covered:{p}") for p in programmes],
            *[mark(_given(p, [f"own:{p}"], connected)).alias(f"given:{p}") for p in programmes],
            *[nw.col(f"excluded:{p}").alias(f"excluded_on:{p}") for p in programmes],
        )
        .with_columns(
            *[mark(nw.col(f"since:{p}") < NEVER).alias(f"eligible:{p}") for p in programmes]
        )
        .with_columns(*[mark for p in programmes for mark in _marks(p)])
    )


def _marks(p: str) -> list[nw.Expr]:
    eligible, covered = nw.col(f"eligible:{p}"), nw.col(f"covered:{p}")
    excluded = mark(nw.col(f"excluded_on:{p}") > ALWAYS)
    unmet = eligible * (1 - covered)
    return [
        (eligible * covered).alias(f"covered_eligible:{p}"),
        (unmet * excluded).alias(f"excluded:{p}"),
        (unmet * (1 - excluded)).alias(f"gap:{p}"),
        (nw.col(f"given:{p}") * (1 - eligible)).alias(f"beyond_rule:{p}"),
    ]


def some_gap(programmes: list[str]) -> nw.Expr:
    """1 when at least one of the programmes has a gap."""
    return nw.max_horizontal(*[nw.col(f"gap:{p}") for p in programmes], nw.lit(0))


def missing(connected: frozenset[str]) -> nw.Expr:
    """Codes of the firm programmes a person is missing, joined by `|`; empty when none."""
    codes = [
        nw.when(nw.col(f"gap:{p}") == 1).then(nw.lit(f"{p}|")).otherwise(nw.lit(""))
        for p in with_basis(connected, "firm")
    ]
    return nw.concat_str(*codes) if codes else nw.lit("")
