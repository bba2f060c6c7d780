"""What a role may know of others: rates, and only of thirty cases or more."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from queries.access import access
from queries.answers.rates_of_others import of_others, rates, standings
from queries.answers.values import COLUMNS

OCTOBER = date(2026, 10, 1)

COUNTY = access("county", "621221")
HOUSING = access("department", department="housing")


def figure(indicator, group, value, denominator=100, status="ok"):
    half = 2.0 if group == "621200" else 5.0
    return {
        **{"id": indicator, "group": group, "value": value, "denominator": denominator},
        **{"numerator": 1, "lower": value - half, "upper": value + half, "status": status},
    }


FIGURES = {
    "city": [figure("I0723", "621200", 80.0, 1000), figure("I0701", "621200", 7.0)],
    "county": [
        figure("I0723", "621202", 90.0),
        figure("I0723", "621221", 60.0, 30),
        figure("I0723", "621226", 60.0, 29),
        figure("I0723", "621227", 60.0, status="undefined"),
    ],
    "department": [figure("I0723", "housing", 60.0), figure("I0202", "housing", 60.0)],
}


def stored(by):
    drawn = rates(None, lambda _, by, since: pl.DataFrame(FIGURES[by]), by, {OCTOBER})
    return [row[:2] + row[3:] for row in drawn.rows() if row[1] != "621200"]


def test_a_rate_of_fewer_than_thirty_or_of_nobody_is_stored_empty_and_counts_never():
    assert stored("county") == [
        ("I0723", "621202", 90.0, "improvement"),
        ("I0723", "621221", 60.0, "concern"),
        ("I0723", "621226", None, None),
        ("I0723", "621227", None, None),
    ]


def test_of_departments_the_rate_on_time_alone():
    assert stored("department") == [("I0723", "housing", 60.0, "concern")]


def test_others_have_a_value_at_most_and_everything_else_is_suppressed(day):
    others = of_others(replace(day, access=COUNTY), "county", OCTOBER)
    assert tuple(others.columns) == COLUMNS
    assert set(others["group"]) == {"621202"}
    # One referral due is none of thirty.
    assert set(others["status"]) == {"suppressed"}
    assert others["value"].null_count() == others.height


def test_whoever_sees_all_has_no_others(day):
    assert of_others(day, "county", OCTOBER).is_empty()
    assert standings(day, "county", OCTOBER) == {}
    assert of_others(replace(day, access=COUNTY), "city", OCTOBER).is_empty()


@pytest.mark.parametrize("narrowed", [(), (("category", "dibao"),)])
def test_a_department_knows_of_others_how_fast_they_answer(day, narrowed):
    others = of_others(replace(day, access=HOUSING), "department", OCTOBER, narrowed)
    assert set(others["id"]) == {"I0723"}
    assert "housing" not in set(others["group"])
    assert "health" in set(others["group"])
