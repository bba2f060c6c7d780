"""What became of warnings: yields, weekly flow, and when the stock is cleared."""

from datetime import date

import polars as pl
import pytest

from queries.answers.warning_history import weekly, weeks_to_clear, yields

OCTOBER = date(2026, 10, 1)


def test_how_many_of_a_kind_were_right_and_how_many_of_those_were_followed(day):
    columns = ("group", "raised", "confirmed", "followed", "confirmed_rate", "followed_rate")
    assert yields(day, "kind", "entry", OCTOBER).select(columns).rows() == [
        ("income_drop", 3, 2, 0, pytest.approx(200 / 3), 0.0),
        ("medical_cost", 3, 1, 0, pytest.approx(100 / 3), 0.0),
    ]
    assert yields(day, "kind", "exit", OCTOBER)["confirmed"].to_list() == [1]
    assert yields(day, "kind", "entry", date(2026, 10, 12))["raised"].to_list() == [3, 1]


def test_whole_weeks_up_to_the_day_what_came_what_left_and_what_stands(day):
    assert weekly(day, "closed", weeks=4).rows() == [
        (date(2026, 10, 10), 2, 0, 2),
        (date(2026, 10, 17), 4, 0, 6),
        (date(2026, 10, 24), 1, 0, 7),
        (date(2026, 10, 31), 0, 1, 6),
    ]
    # Routed on the 12th; closed on the 30th.
    assert weekly(day, "routed", weeks=4)["outflow"].to_list() == [0, 1, 0, 1]


def flow(inflow, outflow, stock):
    return pl.DataFrame({"inflow": inflow, "outflow": outflow, "stock": stock})


@pytest.mark.parametrize(
    ("rows", "weeks"),
    [
        # 8 fewer in four weeks, 2 a week; the week before does not count.
        (flow([99, 1, 1, 1, 1], [0, 3, 3, 3, 3], [0, 0, 0, 0, 10]), 5.0),
        (flow([1, 1, 1, 1], [1, 1, 1, 1], [0, 0, 0, 10]), None),
        (flow([1, 1, 1, 1], [0, 0, 0, 0], [0, 0, 0, 0]), 0.0),
        (flow([1, None, 1, 1], [3, 3, 3, 3], [0, 0, 0, 10]), None),
        (flow([1, 1, 1, 1], [3, 3, 3, 3], [0, 0, 0, None]), None),
    ],
)
def test_the_stock_is_cleared_at_the_pace_of_four_weeks_if_it_shrinks(rows, weeks):
    assert weeks_to_clear(rows) == weeks
