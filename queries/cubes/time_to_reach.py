"""
Time to reach: calendar days from eligible since to the first evidence.

Of a seasonal programme from the season's start if later: nobody has waited thirteen years for this
year's premium; and only what counts for this season reaches.
"""

import narwhals as nw

from data.reference import policy_tables, seasons
from queries.cubes.counting import mark
from queries.cubes.numbers import paired
from queries.cubes.programmes import (
    anchored,
    covered_by,
    household_programmes,
    programme_numbers,
    with_gaps,
)
from queries.cubes.register import Staged, on
from queries.cubes.stage import date_of, day_number
from queries.cubes.terms import ALWAYS


def _key(programme: str) -> str:
    return "household" if programme in household_programmes() else "person"


def _season_start(programme: str, day: int) -> int:
    season = seasons.season(programme, date_of(day))
    return day_number(season.start) if season else ALWAYS


def _eligible(people: nw.LazyFrame, programme: str, place: int, day: int) -> nw.LazyFrame:
    """Who is eligible for a programme; `pair` is keyed as its evidence, by person or household."""
    from_anchor = nw.col(f"anchor:{programme}") if programme in anchored() else nw.lit(ALWAYS)
    since = nw.max_horizontal(nw.col(f"since:{programme}"), nw.lit(_season_start(programme, day)))
    return people.filter(nw.col(f"eligible:{programme}") == 1).select(
        "township",
        "category",
        paired(people, _key(programme), place).alias("pair"),
        paired(people, "person", place).alias("own"),
        nw.lit(programme).alias("programme"),
        since.cast(nw.Int64).alias("since"),
        nw.col(f"excluded_on:{programme}").alias("excluded_on"),
        nw.col(f"excluded:{programme}").alias("excluded"),
        from_anchor.cast(nw.Int64).alias("anchor"),
    )


def _evidence(
    staged: Staged, people: nw.LazyFrame, programme: str, place: int, day: int
) -> nw.LazyFrame:
    """Evidence given by the day for a programme, keyed like `_eligible`."""
    covering = [programme_numbers()[code] for code in covered_by(programme)]
    rows = staged["evidence"].filter(nw.col("programme").is_in(covering), nw.col("day") <= day)
    if programme in household_programmes():
        rows = rows.join(people.select("person", "household"), on="person", how="inner")
    if seasons.season(programme, date_of(day)):
        rows = rows.filter(on(day))
    spell = policy_tables.programme(programme)["evidence_table"] == "benefit_spell"
    return rows.select(
        paired(rows, _key(programme), place).alias("pair"),
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
    programmes = list(enumerate(with_gaps(connected, day)))
    eligible = nw.concat([_eligible(people, p, place, day) for place, p in programmes])
    evidence = nw.concat([_evidence(staged, people, p, place, day) for place, p in programmes])
    reached = (
        evidence.join(eligible.select("pair", "own", "since", "anchor"), on="pair", how="inner")
        .with_columns(reached_on=_reached_on())
        .group_by("own")
        .agg(nw.col("reached_on").min())
    )
    end = nw.when(nw.col("excluded") == 1).then(nw.col("excluded_on")).otherwise(nw.lit(day))
    days = nw.coalesce(nw.col("reached_on"), end) - nw.col("since")
    return (
        eligible.join(reached, on="own", how="left")
        .with_columns(
            days=nw.max_horizontal(days, nw.lit(0)),
            reached=mark(~nw.col("reached_on").is_null()),
        )
        .group_by("township", "category", "programme", "days", "reached")
        .agg(nw.len().alias("n"))
    )
