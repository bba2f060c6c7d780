"""The register as of a day: one row a person in it, one column a term of the rules.

`person, household, region, township, county, category, residence` come from the main category
spell, `person_order` from the keys as texts; every term column is the day since which it holds, or
NEVER; `own:P`, `excluded:P` and `running:P` are the latest day of evidence, exclusion or running
cash that counts on D, or ALWAYS when there is none.
"""

from collections.abc import Mapping

import narwhals as nw
import polars as pl

from data.reference.policy_tables import limits
from queries.cubes import facts, term_columns, term_table
from queries.cubes.numbers import alone, coded, ordered
from queries.cubes.programmes import anchor_terms, anchored
from queries.cubes.rules import terms_named
from queries.cubes.stage import date_of
from queries.cubes.terms import ALWAYS, CATEGORIES, NEVER
from queries.region import at_level

Staged = Mapping[str, nw.LazyFrame]

#: Columns that a group-by of facts makes: its state for all 150 is larger than any cache.
TERMS_AT_ONCE = 80


def category_spells(frames: Staged) -> nw.LazyFrame:
    """
    Category spells with the order in which a person's compete to be the main one.

    Columns: person, counts_from, until, order (larger wins: category order, then the latest
    start, then the largest spell_id), category, residence, region, household, person_order.
    """
    rows = frames["identification_spell"]
    rank = {category: -i for i, category in enumerate(CATEGORIES)}
    ranked = rows.filter(
        ~nw.col("person_key").is_null(), ~nw.col("category_code").is_null()
    ).with_columns(rank=coded(rows, "category_code", rank, nw.Int16))
    return ordered(ranked, "person_key", ["rank", "valid_from", "spell_id"]).select(
        nw.col("person_key").alias("person"),
        nw.col("valid_from").alias("counts_from"),
        nw.col("valid_to").fill_null(NEVER).alias("until"),
        nw.col("order").cast(nw.Int64),
        nw.col("category_code").alias("category"),
        nw.col("residence_type").alias("residence"),
        nw.col("region_code").alias("region"),
        nw.coalesce("household_key", alone(rows)).alias("household"),
        "person_order",
    )


def lifetimes(frames: Staged) -> nw.LazyFrame:
    """Columns: person, death_date, adult_on (day numbers), born (running number of a month)."""
    return frames["person"].select(
        nw.col("person_key").alias("person"), "death_date", "adult_on", "born"
    )


def policies(frames: Staged) -> nw.LazyFrame:
    """Policy rows in scope: county, term (`policy:P:category`), counts_from, until, day."""
    rows = frames["programme_policy"].filter(nw.col("in_scope") == 1)
    return facts.islands(
        rows.select(
            nw.col("region_code").alias("county"),
            nw.concat_str(
                nw.lit("policy"), nw.col("programme_code"), nw.col("category_code"), separator=":"
            ).alias("term"),
            nw.col("valid_from").alias("counts_from"),
            nw.col("valid_to").fill_null(NEVER).alias("until"),
        ),
        ["county", "term"],
    )


def policy_scope(frames: Staged) -> nw.LazyFrame:
    """Policy rows in scope as they stand: region, programme, counts_from, until."""
    return (
        frames["programme_policy"]
        .filter(nw.col("in_scope") == 1)
        .select(
            nw.col("region_code").alias("region"),
            nw.col("programme_code").alias("programme"),
            nw.col("valid_from").alias("counts_from"),
            nw.col("valid_to").fill_null(NEVER).alias("until"),
        )
    )


def on(day: int) -> nw.Expr:
    """Rows that count on a day."""
    return (nw.col("counts_from") <= day) & (nw.col("until") > day)


def members(staged: Staged, day: int) -> nw.LazyFrame:
    """Persons in the register with their main category spell; the dead are not in it."""
    dead = staged["lifetime"].filter(nw.col("death_date") <= day).select("person")
    spells = staged["category_spell"].filter(on(day)).join(dead, on="person", how="anti")
    main = spells.group_by("person").agg(nw.col("order").max())
    ages = staged["lifetime"].select("person", "adult_on", "born")
    return spells.join(main, on=["person", "order"], how="semi").join(ages, on="person", how="left")


def with_terms(
    people: nw.LazyFrame,
    staged: Staged,
    day: int,
    connected: frozenset[str],
    programmes: tuple[str, ...] = (),
) -> nw.LazyFrame:
    """Frame with `person` and, beside it, the facts that count on the day: one column a term."""
    numbers, columns = term_columns.term_numbers(connected), term_columns.term_columns
    earliest, latest = columns(connected, programmes).values()
    names = [*earliest, *latest]
    counting = staged["fact"].filter(on(day))
    if isinstance(native := nw.to_native(people), pl.LazyFrame):
        numbered = ({name: numbers[name] for name in some} for some in (earliest, latest))
        return nw.from_native(term_table.with_days(native, nw.to_native(counting), *numbered))
    for first in range(0, len(names), TERMS_AT_ONCE):
        some = names[first : first + TERMS_AT_ONCE]
        of_terms = counting.filter(nw.col("term").is_in([numbers[name] for name in some]))
        days = [_day(numbers[name], name, name in set(earliest)) for name in some]
        people = people.join(of_terms.group_by("person").agg(*days), on="person", how="left")
    absent = dict.fromkeys(earliest, NEVER) | dict.fromkeys(latest, ALWAYS)
    return people.with_columns(*[nw.col(name).fill_null(absent[name]) for name in names])


def _day(number: int, name: str, earliest: bool) -> nw.Expr:
    day = nw.when(nw.col("term") == number).then(nw.col("day"))
    return (day.min() if earliest else day.max()).alias(name)


def _when_since(condition: nw.Expr, since: nw.Expr | int) -> nw.Expr:
    day = since if isinstance(since, nw.Expr) else nw.lit(since)
    return nw.when(condition).then(day).otherwise(nw.lit(NEVER))


def _own_terms(day: int) -> list[nw.Expr]:
    """Terms from the person and the main spell: age and residence."""
    today = date_of(day)
    of_age = today.year * 12 + today.month - 12 * limits(today)["child.age"]
    return [
        _when_since(nw.col("adult_on") <= day, nw.col("adult_on")).alias("age:adult"),
        _when_since(nw.col("born") > of_age, ALWAYS).alias("age:child"),
        _when_since(nw.col("residence") == "urban", ALWAYS).alias("res:urban"),
        _when_since(nw.col("residence") == "rural", ALWAYS).alias("res:rural"),
    ]


def _with_households(
    register: nw.LazyFrame, connected: frozenset[str], named: list[str]
) -> nw.LazyFrame:
    """Adds terms of households: the earliest start among their members, the latest anchor."""
    terms = [t for t in named if t.startswith("hh_")]
    anchors = {t for p in anchored() for t in anchor_terms(p, connected)}.intersection(terms)
    if not terms:
        return register
    homes = register.group_by("household").agg(
        *[nw.col(term.removeprefix("hh_")).min().alias(term) for term in terms],
        *[
            nw.col("from:" + term.removeprefix("hh_")).max().alias(f"from:{term}")
            for term in sorted(anchors)
        ],
    )
    return register.join(homes, on="household", how="left")


def _with_policies(
    register: nw.LazyFrame, staged: Staged, day: int, names: list[str]
) -> nw.LazyFrame:
    """Adds `policy:P`: since when the county's policy covers one of the person's categories.

    A row for any category starts with the earliest that the person holds, if later.
    """

    def since(term: str) -> nw.Expr:
        return nw.when(nw.col("term") == term).then(nw.col("day")).min().fill_null(NEVER)

    rows = [f"{name}:{category}" for name in names for category in ("any", *CATEGORIES)]
    counties = (
        staged["policy"]
        .filter(on(day))
        .group_by("county")
        .agg(*[since(row).alias(row) for row in rows])
    )
    held = nw.min_horizontal(*[nw.col(f"cat:{c}") for c in CATEGORIES])
    joined = register.join(counties, on="county", how="left").with_columns(
        *[nw.col(row).fill_null(NEVER) for row in rows]
    )
    return joined.with_columns(
        *[
            nw.min_horizontal(
                nw.max_horizontal(nw.col(f"{name}:any"), held),
                *[nw.max_horizontal(nw.col(f"{name}:{c}"), nw.col(f"cat:{c}")) for c in CATEGORIES],
            ).alias(name)
            for name in names
        ]
    ).drop(*rows)


def register(
    staged: Staged, day: int, connected: frozenset[str], programmes: tuple[str, ...] = ()
) -> nw.LazyFrame:
    """The register as of `day`, one row a person; all term columns, or some programmes' alone."""
    people = with_terms(members(staged, day), staged, day, connected, programmes).with_columns(
        *_own_terms(day),
        county=at_level(nw.col("region"), "county"),
        township=at_level(nw.col("region"), "township"),
    )
    named = terms_named(connected, programmes)
    whole = _with_households(people, connected, named)
    policies_named = [t for t in named if t.startswith("policy:")]
    return _with_policies(whole, staged, day, policies_named) if policies_named else whole
