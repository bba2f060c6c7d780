"""Time to reach: calendar days from eligible since to the first evidence."""

import narwhals as nw

from data import reference
from queries.cubes.measures import mark
from queries.cubes.programmes import anchored, covered_by, household_programmes, with_gaps
from queries.cubes.register import Staged, on
from queries.cubes.terms import ALWAYS


def _eligible(people: nw.LazyFrame, programme: str) -> nw.LazyFrame:
    """Who is eligible for a programme, keyed as its evidence is: by person or household."""
    key = "household" if programme in household_programmes() else "person"
    start = f"anchor:{programme}" if programme in anchored() else f"since:{programme}"
    from_anchor = nw.col(start) if programme in anchored() else nw.lit(ALWAYS)
    return people.filter(nw.col(f"eligible:{programme}") == 1).select(
        "person",
        "township",
        "category",
        nw.col(key).alias("key"),
        nw.lit(programme).alias("programme"),
        nw.col(f"since:{programme}").alias("since"),
        nw.col(f"excluded_on:{programme}").alias("excluded_on"),
        nw.col(f"excluded:{programme}").alias("excluded"),
        from_anchor.cast(nw.Int32).alias("anchor"),
    )


def _evidence(staged: Staged, people: nw.LazyFrame, programme: str, day: int) -> nw.LazyFrame:
    """Evidence given by the day for a programme, keyed like `_eligible`."""
    rows = staged["evidence"].filter(
        nw.col("programme").is_in(covered_by(programme)), nw.col("day") <= day
    )
    if programme in household_programmes():
        rows = rows.join(people.select("person", "household"), on="person", how="inner")
    key = "household" if programme in household_programmes() else "person"
    spell = reference.programme(programme)["evidence_table"] == "benefit_spell"
    return rows.select(
        nw.col(key).alias("key"),
        nw.lit(programme).alias("programme"),
        nw.col("day").alias("given"),
        nw.col("until"),
        mark(on(day)).alias("counts"),
        nw.lit(1 if spell else 0).alias("spell"),
    )


def _reached_on() -> nw.Expr:
    """Day on which a piece of evidence reaches the person, null when it lies before."""
    since, given_on = nw.col("since"), nw.col("given")
    holding = (nw.col("spell") == 1) & (nw.col("until") > since)
    already = (nw.col("counts") == 1) & (given_on >= nw.col("anchor"))
    return nw.when(holding | (given_on >= since) | already).then(nw.max_horizontal(given_on, since))


def time_to_reach(
    staged: Staged, people: nw.LazyFrame, day: int, connected: frozenset[str]
) -> nw.LazyFrame:
    """
    Calendar days from eligible to covered; columns township, category, programme, days, reached, n.

    Excluded persons are censored at the referral's answer, the others not reached at D.
    """
    programmes = with_gaps(connected)
    eligible = nw.concat([_eligible(people, p) for p in programmes])
    evidence = nw.concat([_evidence(staged, people, p, day) for p in programmes])
    end = nw.when(nw.col("excluded") == 1).then(nw.col("excluded_on")).otherwise(nw.lit(day))
    days = nw.coalesce(nw.col("reached_on"), end) - nw.col("since")
    who = ("person", "township", "category", "programme", "since", "excluded", "excluded_on")
    return (
        eligible.join(evidence, on=["key", "programme"], how="left")
        .with_columns(reached_on=_reached_on())
        .group_by(*who)
        .agg(nw.col("reached_on").min())
        .with_columns(
            days=nw.max_horizontal(days, nw.lit(0)),
            reached=mark(~nw.col("reached_on").is_null()),
        )
        .group_by("township", "category", "programme", "days", "reached")
        .agg(nw.len().alias("n"))
    )
