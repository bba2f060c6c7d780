"""Eligible, covered, excluded, pending, gap and beyond rule (`docs/definitions.md`).

Adds to the register, per programme P, the day `since:P` and the marks 0 or 1 `eligible:P,
covered:P, covered_eligible:P, excluded:P, pending:P, gap:P, beyond_rule:P`. Of a programme counted
in households the marks stand in the row of the household's head, and are 0 in all others.
"""

from datetime import date

import narwhals as nw

from data.reference import seasons
from data.reference.calendar import months_before
from queries.cubes.counting import mark
from queries.cubes.programmes import (
    anchor_terms,
    anchored,
    covered_by,
    excluding,
    household_programmes,
    with_basis,
)
from queries.cubes.rules import RUNNING_CASH, any_rule, eligibility
from queries.cubes.stage import date_of, day_number
from queries.cubes.terms import ALWAYS, NEVER, latest

MARKS = ("eligible", "covered", "covered_eligible", "excluded", "pending", "gap", "beyond_rule")


def with_marks(
    register: nw.LazyFrame, day: int, connected: frozenset[str], programmes: list[str]
) -> nw.LazyFrame:
    """The register with `head`, and `since:P`, `excluded_on:P`, `anchor:P` and marks of P."""
    as_of = date_of(day)
    dated = register.with_columns(
        *[each for p in programmes for each in _days(p, connected, as_of)]
    )
    return (
        _in_households(dated, [p for p in household_programmes() if p in programmes])
        .with_columns(
            *[mark(nw.col(f"since:{p}") < NEVER).alias(f"eligible:{p}") for p in programmes],
            *[_covered(p) for p in programmes],
        )
        .with_columns(*[_excluded(p) for p in programmes])
        .with_columns(*[_pending(p, day) for p in programmes])
        .with_columns(*[each for p in programmes for each in _others(p, connected, as_of)])
    )


def _days(p: str, connected: frozenset[str], as_of: date) -> list[nw.Expr]:
    """Of a person: eligible since, latest evidence, latest exclusion, start of the event."""
    named = anchor_terms(p, connected, as_of) if p in anchored() else []
    starts = [nw.col("from:" + term) for term in named]
    return [
        eligibility(p, connected, as_of).day.alias(f"since:{p}"),
        latest(*[nw.col(f"own:{code}") for code in covered_by(p)]).alias(f"given:{p}"),
        latest(*[nw.col(f"excluded:{code}") for code in excluding(p)]).alias(f"excluded_on:{p}"),
        (latest(*starts) if starts else nw.lit(ALWAYS)).cast(nw.Int64).alias(f"anchor:{p}"),
    ]


def _in_households(dated: nw.LazyFrame, programmes: list[str]) -> nw.LazyFrame:
    """Days of the household in its head's row, none in the others'; `head`: whose row it is."""
    absent = {"since": NEVER, "given": ALWAYS, "excluded_on": ALWAYS, "anchor": ALWAYS}
    homes = dated.group_by("household").agg(
        nw.col("person_order").min().alias("head_order"),
        *[each for p in programmes for each in _of_household(p)],
    )
    head = nw.col("person_order") == nw.col("head_order")
    return (
        dated.drop([f"{day}:{p}" for p in programmes for day in absent])
        .join(homes, on="household", how="left")
        .with_columns(
            mark(head).alias("head"),
            *[
                nw.when(head)
                .then(nw.col(f"home_{day}:{p}").fill_null(none))
                .otherwise(nw.lit(none))
                .alias(f"{day}:{p}")
                for p in programmes
                for day, none in absent.items()
            ],
        )
    )


def _of_household(p: str) -> list[nw.Expr]:
    """The earliest of its members; who is not eligible has no event to come after."""
    started = (nw.col(f"since:{p}") < NEVER) & (nw.col(f"anchor:{p}") > ALWAYS)
    return [
        nw.col(f"since:{p}").min().alias(f"home_since:{p}"),
        nw.col(f"given:{p}").max().alias(f"home_given:{p}"),
        nw.col(f"excluded_on:{p}").max().alias(f"home_excluded_on:{p}"),
        nw.when(started).then(nw.col(f"anchor:{p}")).min().alias(f"home_anchor:{p}"),
    ]


def _covered(p: str) -> nw.Expr:
    """Some evidence counts; where the window has an anchor, on or after it."""
    given, start = nw.col(f"given:{p}"), nw.col(f"anchor:{p}")
    counts = (start > ALWAYS) & (given >= start) if p in anchored() else given > ALWAYS
    return mark(counts).alias(f"covered:{p}")


def _excluded(p: str) -> nw.Expr:
    unmet = nw.col(f"eligible:{p}") * (1 - nw.col(f"covered:{p}"))
    return (unmet * mark(nw.col(f"excluded_on:{p}") > ALWAYS)).alias(f"excluded:{p}")


def _pending(p: str, day: int) -> nw.Expr:
    """Eligible, neither covered nor excluded, and nothing is due yet."""
    open_ = nw.col(f"eligible:{p}") * (1 - nw.col(f"covered:{p}")) - nw.col(f"excluded:{p}")
    today, grace = date_of(day), seasons.grace_months(p)
    season = seasons.season(p, today)
    if season and season.awaits_payment(today):
        return open_.alias(f"pending:{p}")
    if not grace:
        return nw.lit(0).alias(f"pending:{p}")
    # Due on the first of the n-th month after the month of becoming eligible.
    first = day_number(months_before(today.replace(day=1), grace - 1))
    return (open_ * mark(nw.col(f"since:{p}") >= first)).alias(f"pending:{p}")


def _others(p: str, connected: frozenset[str], as_of: date) -> list[nw.Expr]:
    eligible, covered = nw.col(f"eligible:{p}"), nw.col(f"covered:{p}")
    waiting = nw.col(f"excluded:{p}") + nw.col(f"pending:{p}")
    return [
        (eligible * covered).alias(f"covered_eligible:{p}"),
        (eligible * (1 - covered) - waiting).alias(f"gap:{p}"),
        _beyond(p, connected, as_of).alias(f"beyond_rule:{p}"),
    ]


def _beyond(p: str, connected: frozenset[str], as_of: date) -> nw.Expr:
    """Running cash out of its grace without any rule; nothing else is called so."""
    if p not in RUNNING_CASH:
        return nw.lit(0)
    return mark((nw.col(f"running:{p}") > ALWAYS) & (any_rule(p, connected, as_of).day == NEVER))


def firm_in(unit: str, connected: frozenset[str], day: int) -> list[str]:
    """Firm programmes counted in persons or households on a day."""
    homes = household_programmes()
    return [p for p in with_basis(connected, day, "firm") if (p in homes) == (unit == "household")]


def some_gap(programmes: list[str]) -> nw.Expr:
    """1 when at least one of the programmes has a gap."""
    return nw.max_horizontal(*[nw.col(f"gap:{p}") for p in programmes], nw.lit(0))


def missing(programmes: list[str]) -> nw.Expr:
    """Codes of the programmes a person is missing, joined by `|`; empty when none."""
    codes = [
        nw.when(nw.col(f"gap:{p}") == 1).then(nw.lit(f"{p}|")).otherwise(nw.lit(""))
        for p in programmes
    ]
    return nw.concat_str(*codes) if codes else nw.lit("")
