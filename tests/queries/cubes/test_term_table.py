"""The days of facts beside the people whom they are of."""

import polars as pl

from queries.cubes.term_table import with_days
from queries.cubes.terms import ALWAYS, NEVER

PEOPLE = pl.LazyFrame({"person": [7, 8, 9], "residence": ["rural", "urban", None]})

FACTS = pl.LazyFrame(
    [(7, 3, 20), (7, 3, 10), (7, 5, 20), (7, 5, 30), (8, 4, 40), (6, 3, 5), (None, 3, 5)],
    schema={"person": pl.Int32, "term": pl.Int16, "day": pl.Int32},
    orient="row",
)


def test_each_person_has_the_first_or_the_last_day_of_each_term():
    days = with_days(PEOPLE.cast({"person": pl.Int32}), FACTS, {"has:a": 3}, {"own:b": 5})
    assert days.collect().to_dict(as_series=False) == {
        "person": [7, 8, 9],
        "residence": ["rural", "urban", None],
        "has:a": [10, NEVER, NEVER],
        "own:b": [30, ALWAYS, ALWAYS],
    }


def test_without_terms_people_stay_as_they_are():
    people = PEOPLE.cast({"person": pl.Int32})
    assert with_days(people, FACTS, {}, {}).collect().equals(people.collect())


def test_nobody_has_no_days():
    nobody = PEOPLE.cast({"person": pl.Int32}).filter(pl.col("person") > 9)
    assert with_days(nobody, FACTS, {"has:a": 3}, {}).collect().is_empty()
