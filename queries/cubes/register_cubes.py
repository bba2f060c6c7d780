"""Cubes of persons of the register: size, coverage, what is missing, time to reach.

All start from `people`: the register with its marks, one row a person, kept narrow.
"""

import narwhals as nw

from data.reference import policy_tables
from queries.cubes import term_columns
from queries.cubes.counting import distinct, mark
from queries.cubes.coverage import (
    MARKS,
    anchor,
    missing,
    some_gap,
    with_marks,
)
from queries.cubes.programmes import (
    anchored,
    computable,
    with_basis,
    with_gaps,
)
from queries.cubes.register import Staged, register
from queries.cubes.terms import ALWAYS, NEVER, earliest, latest

CELL = ("township", "category", "residence")

SCHOOL_PROGRAMMES = ("P0921", "P0922", "P0923", "P0924")


def holds(*terms: str) -> nw.Expr:
    """Some of the terms holds."""
    return earliest(*[nw.col(t) for t in terms]) < NEVER


def given(*programmes: str) -> nw.Expr:
    """The person's own evidence for some of the programmes counts."""
    return latest(*[nw.col(f"own:{p}") for p in programmes]) > ALWAYS


def stock_measures() -> dict[str, nw.Expr]:
    """0 or 1 per person for each stock indicator and for the bulletin; `:den`: a denominator."""
    relapse, secured = holds("cat:relapse_monitored"), holds("cat:dibao", "cat:tekun")
    insured = holds("cat:tekun") & holds("has:resident_insurance")
    student, care = holds(term_columns.STUDENTS), holds("has:need_care")
    # A monitored person without a known kind stands under no code.
    of_kind = {k: holds(f"cat:{k}") for k in term_columns.MONITORED_KINDS}
    of_kind[""] = relapse & ~holds(*[f"cat:{kind}" for kind in of_kind])
    unaided = ~holds("in_assistance:") & (nw.col("any_event:") == ALWAYS)
    return {
        "I0101": nw.lit(1),
        # A household counts where its head does, so that regions and categories add up.
        "I0108": mark(nw.col("person_order") == nw.col("head_order")),
        # The published bulletin counts holders, whatever their main category is.
        "dibao": mark(holds("cat:dibao")),
        "tekun_central": mark(holds("cat:tekun") & ~holds("cat:tekun_scattered")),
        "tekun_scattered": mark(holds("cat:tekun_scattered")),
        "I0106": mark(relapse),
        "I0107": mark(relapse & secured),
        "I0107:den": mark(relapse),
        **{f"monitored_kind:part:{k}": mark(of & secured) for k, of in of_kind.items()},
        **{f"monitored_kind:part_den:{k}": mark(of) for k, of in of_kind.items()},
        "insured": mark(holds("has:resident_insurance")),
        "insured:den": nw.lit(1),
        "premium_paid": mark(holds("has:resident_insurance") & given("P0911", "P0912")),
        "premium_paid:den": mark(holds("has:resident_insurance")),
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
        row = policy_tables.programme(p)
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
