"""Cubes of persons of the register: size, coverage, what is missing, time to reach.

All start from `people`: the register with its marks, one row a person, kept narrow.
"""

import narwhals as nw

from data import reference
from queries.cubes import facts
from queries.cubes.coverage import (
    MARKS,
    anchor,
    missing,
    some_gap,
    with_marks,
)
from queries.cubes.measures import distinct, mark
from queries.cubes.programmes import (
    anchored,
    computable,
    covered_by,
    household_programmes,
    with_basis,
    with_gaps,
)
from queries.cubes.register import Staged, on, register
from queries.cubes.terms import ALWAYS, NEVER

CELL = ("township", "category", "residence")

SCHOOL_PROGRAMMES = ("P0921", "P0922", "P0923", "P0924")


def holds(*terms: str) -> nw.Expr:
    """Some of the terms holds."""
    return nw.min_horizontal(*[nw.col(t) for t in terms]) < NEVER


def given(*programmes: str) -> nw.Expr:
    """The person's own evidence for some of the programmes counts."""
    return nw.max_horizontal(*[nw.col(f"own:{p}") for p in programmes]) > ALWAYS


def stock_measures() -> dict[str, nw.Expr]:
    """0 or 1 per person for each stock indicator and for the bulletin; `:den`: a denominator."""
    relapse = holds("cat:relapse_monitored")
    insured = holds("cat:tekun") & holds("has:resident_insurance")
    student, care = holds(facts.STUDENTS), holds("has:need_care")
    unaided = ~holds("in_assistance:") & (nw.col("any_event:") == ALWAYS)
    return {
        "I0101": nw.lit(1),
        # The published bulletin counts holders, whatever their main category is.
        "dibao": mark(holds("cat:dibao")),
        "tekun_central": mark(holds("cat:tekun") & ~holds("cat:tekun_scattered")),
        "tekun_scattered": mark(holds("cat:tekun_scattered")),
        "I0106": mark(relapse),
        "I0107": mark(relapse & holds("cat:dibao", "cat:tekun")),
        "I0107:den": mark(relapse),
        "I0403": mark(unaided),
        "I0901": mark(insured & given("P0911")),
        "I0901:den": mark(insured),
        "I0902": mark(student & given(*SCHOOL_PROGRAMMES)),
        "I0902:den": mark(student),
        "I1103": mark(care & given("P1101")),
        "I1103:den": mark(care),
    }


def gap_groups(connected: frozenset[str]) -> dict[str, list[str]]:
    """Programmes whose firm gaps count a person once: all, by department, by task row."""
    firm = with_basis(connected, "firm")
    groups = {"I0890": firm}
    for p in firm:
        row = reference.programme(p)
        groups.setdefault(f"I0890:department:{row['operating_dept']}", []).append(p)
        groups.setdefault(f"I0890:task_row:{row['task_row']}", []).append(p)
    return groups


def people(staged: Staged, day: int, connected: frozenset[str]) -> nw.LazyFrame:
    """
    One row a person of the register, the frame that every cube of persons counts.

    Columns: person, household, township, category, residence; `zero_household`; a mark per stock
    measure, gap group and programme mark; `since:P`, `excluded_on:P`, `anchor:P` of programmes
    with a gap; `missing`.
    """
    programmes = computable(connected)
    gaps = with_gaps(connected)
    dated = [p for p in gaps if p in anchored()]
    marks = [nw.col(f"{mark}:{p}").cast(nw.Int8) for p in programmes for mark in MARKS]
    return with_marks(register(staged, day, connected), connected).select(
        "person",
        "household",
        *CELL,
        mark(holds("has:zero_employment_household")).cast(nw.Int8).alias("zero_household"),
        *[m.cast(nw.Int8).alias(name) for name, m in stock_measures().items()],
        *[some_gap(ps).cast(nw.Int8).alias(g) for g, ps in gap_groups(connected).items()],
        *marks,
        *[nw.col(f"{column}:{p}") for p in gaps for column in ("since", "excluded_on")],
        *[anchor(p, connected).alias(f"anchor:{p}") for p in dated],
        missing(connected).alias("missing"),
    )


def counts(people: nw.LazyFrame, connected: frozenset[str]) -> nw.LazyFrame:
    """Wide counts per cell: every stock measure, gap group and programme mark."""
    measures = [*stock_measures(), *gap_groups(connected)]
    measures += [f"{mark}:{p}" for p in computable(connected) for mark in MARKS]
    return people.group_by(*CELL).agg(*[nw.col(m).cast(nw.Int64).sum() for m in measures])


def missing_combinations(people: nw.LazyFrame) -> nw.LazyFrame:
    """Persons per cell and combination of missing firm programmes; columns CELL, missing, n."""
    return people.group_by(*CELL, "missing").agg(nw.len().alias("n"))


def zero_employment(people: nw.LazyFrame) -> dict[str, nw.LazyFrame]:
    """I0904: households in which some member has the circumstance, per region level."""
    rows = people.filter(nw.col("zero_household") == 1)
    return distinct(rows, "I0904", "household", region="township")


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
