"""Windows turned about: not the months up to D, but the days D on which an event counts."""

from datetime import date, timedelta

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from data.reference.calendar import months_before
from queries.cubes.stage import EPOCH, after_months, day_number


def until(day: date, months: int) -> date:
    frame = pl.DataFrame({"day": [day_number(day)]}, schema={"day": pl.Int32})
    return EPOCH + timedelta(days=frame.select(after_months("day", months)).item())


def test_a_month_without_that_day_counts_until_the_first_of_the_next():
    assert until(date(2025, 6, 15), 12) == date(2026, 6, 15)
    assert until(date(2025, 11, 30), 3) == date(2026, 3, 1)
    assert until(date(2024, 2, 29), 12) == date(2025, 3, 1)
    assert until(date(2026, 8, 31), 3) == date(2026, 12, 1)


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.sampled_from([3, 12]),
    st.integers(-3, 3),
)
def test_it_is_the_first_day_whose_months_before_reach_the_event(day, months, near):
    as_of = until(day, months) + timedelta(days=near)
    counts = months_before(as_of, months) < day <= as_of
    assert counts == (as_of < until(day, months))
