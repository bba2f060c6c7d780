"""Cubes of persons of the register: size, coverage, what is missing, time to reach.

All start from `people`: the register with its marks, one row a person, kept narrow.
"""

import narwhals as nw

from data.reference import policy_tables
from data.reference.departments import operators
from queries.cubes import term_columns
from queries.cubes.counting import mark
from queries.cubes.coverage import MARKS, firm_in, missing, some_gap, with_marks
from queries.cubes.programmes import anchored, in_season, with_gaps
from queries.cubes.register import Staged, register
from queries.cubes.stage import date_of
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
        "I0108": nw.col("head"),
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


#: What counts whoever has a firm gap once, and what the programmes are counted in.
GAP_COUNTS = {"I0890": "person", "I0894": "household"}


def gap_groups(connected: frozenset[str], day: int) -> dict[str, list[str]]:
    """Programmes whose firm gaps count a person or household once: all, by department, by row."""
    groups: dict[str, list[str]] = {}
    operator = operators(date_of(day))
    for indicator, unit in GAP_COUNTS.items():
        firm = groups[indicator] = firm_in(unit, connected, day)
        for p in firm:
            row = policy_tables.programme(p)
            groups.setdefault(f"{indicator}:department:{operator[p]}", []).append(p)
            groups.setdefault(f"{indicator}:task_row:{row['task_row']}", []).append(p)
    return groups


def people(staged: Staged, day: int, connected: frozenset[str]) -> nw.LazyFrame:
    """
    One row a person of the register, the frame that every cube of persons counts.

    Columns: person, household, head (of its household), township, category, residence;
    `zero_household`; `paid_dibao`; a mark per stock measure, gap group and mark of a programme in
    season; `since:P`, `excluded_on:P`, `anchor:P` of programmes with a gap; `missing`.
    """
    programmes, gaps = in_season(connected, day), with_gaps(connected, day)
    dated = [p for p in gaps if p in anchored()]
    paid = holds("cat:dibao") & given("P0801", "P0803", "P0804")
    groups = gap_groups(connected, day).items()
    return with_marks(register(staged, day, connected), day, connected, programmes).select(
        "person",
        "household",
        *CELL,
        nw.col("head").cast(nw.Int8),
        mark(holds("has:zero_employment_household")).cast(nw.Int8).alias("zero_household"),
        mark(paid).cast(nw.Int8).alias("paid_dibao"),
        *[m.cast(nw.Int8).alias(name) for name, m in stock_measures().items()],
        *[some_gap(ps).cast(nw.Int8).alias(g) for g, ps in groups],
        *_marks(programmes),
        *[nw.col(f"{column}:{p}") for p in gaps for column in ("since", "excluded_on")],
        *[nw.col(f"anchor:{p}") for p in dated],
        missing(firm_in("person", connected, day)).alias("missing"),
    )


def _marks(programmes: list[str]) -> list[nw.Expr]:
    return [nw.col(f"{each}:{p}").cast(nw.Int8) for p in programmes for each in MARKS]


def marks_of(
    staged: Staged, day: int, connected: frozenset[str], programmes: list[str]
) -> nw.LazyFrame:
    """Wide counts per cell of the marks of some programmes as of a day."""
    rows = register(staged, day, connected, tuple(programmes))
    marked = with_marks(rows, day, connected, programmes).select(*CELL, *_marks(programmes))
    return _counts(marked, [f"{each}:{p}" for p in programmes for each in MARKS])


def _counts(people: nw.LazyFrame, measures: list[str]) -> nw.LazyFrame:
    # Engines sum small integers in large ones by themselves, in half the time of casts before it.
    return people.group_by(*CELL).agg(nw.col(*measures).sum())


def counts(people: nw.LazyFrame, day: int, connected: frozenset[str]) -> nw.LazyFrame:
    """Wide counts per cell: every stock measure, gap group and mark of a programme in season."""
    marks = [f"{each}:{p}" for p in in_season(connected, day) for each in MARKS]
    return _counts(people, [*stock_measures(), *gap_groups(connected, day), *marks])


def missing_combinations(people: nw.LazyFrame) -> nw.LazyFrame:
    """Persons per cell and combination of missing firm programmes; columns CELL, missing, n."""
    return people.group_by(*CELL, "missing").agg(nw.len().alias("n"))


def household_stocks(people: nw.LazyFrame) -> list[nw.LazyFrame]:
    """
    Households by their head's cell: I0904 with a member in the circumstance, I0807 of which some
    members are paid and others not (一人保代替整户保, to be checked).
    """
    of_head = nw.col("head") == 1
    homes = people.group_by("household").agg(
        *[nw.when(of_head).then(nw.col(column)).max().alias(column) for column in CELL],
        nw.col("zero_household").max().alias("I0904"),
        (nw.col("paid_dibao").max() * nw.col("gap:P0801").max()).alias("I0807"),
    )
    return [
        homes.filter(nw.col(indicator) == 1)
        .group_by(*CELL)
        .agg(nw.len().cast(nw.Int64).alias("numerator"))
        .with_columns(nw.lit(indicator).alias("id"))
        .rename({"township": "region"})
        for indicator in ("I0904", "I0807")
    ]
