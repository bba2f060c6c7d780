"""Counties against the city, in words."""

from dataclasses import replace

from exhibits.standing import ranking
from queries.catalogue import catalogue

ON_TIME = catalogue()["I0723"]
NAMES = {"a": "武都区", "b": "成县", "c": "文县", "d": "宕昌县"}


def rate(group, value, lower, upper, denominator=100):
    return {
        "group": group,
        "value": value,
        "lower": lower,
        "upper": upper,
        "denominator": denominator,
        "status": "ok",
    }


CITY = rate("city", 80.0, 78.0, 82.0, 1000)
ROWS = [
    *(rate("a", 90.0, 83.0, 95.0), rate("b", 60.0, 50.0, 69.0)),
    *(rate("c", 79.0, 70.0, 86.0), rate("d", 85.0, 77.0, 91.0)),
]


def test_the_first_three_and_those_clearly_below_the_city():
    assert ranking(ON_TIME, ROWS, CITY, NAMES) == (
        "居前三位的是武都区、宕昌县、文县；显著低于全市平均水平的是成县"
    )


def test_where_less_is_better_the_lowest_come_first():
    fewer = replace(ON_TIME, better="down")
    assert ranking(fewer, ROWS, CITY, NAMES) == (
        "居前三位的是成县、文县、宕昌县；显著高于全市平均水平的是武都区"
    )


def test_of_fewer_than_four_with_thirty_cases_there_is_no_ranking():
    few = [*ROWS[:3], rate("d", 85.0, 77.0, 91.0, denominator=29)]
    assert ranking(ON_TIME, few, CITY, NAMES) == ""
    thirty = [*ROWS[:3], rate("d", 85.0, 77.0, 91.0, denominator=30)]
    assert ranking(ON_TIME, thirty, CITY, NAMES) != ""


def test_what_is_neither_good_nor_bad_has_none():
    assert ranking(replace(ON_TIME, better="neutral"), ROWS, CITY, NAMES) == ""
    assert ranking(catalogue()["I0701"], ROWS, CITY, NAMES) == ""
