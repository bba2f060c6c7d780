"""Contract frames become integers: days, working days, keys."""

from datetime import date

import narwhals as nw
import polars as pl
import pytest

from drawing import draw
from queries.cubes.stage import (
    calendar_days,
    date_of,
    day_number,
    in_days,
    quarter_start,
    workday_no,
)


def staged_of(table: str, rows: str) -> pl.DataFrame:
    drawn = nw.from_native(draw(table, rows).lazy())
    return nw.to_native(in_days(table, drawn, nw.from_native(calendar_days()))).collect()


def test_days_count_from_1970_and_back():
    assert day_number(date(1970, 1, 2)) == 1
    assert date_of(day_number(date(2026, 10, 31))) == date(2026, 10, 31)


def test_a_saturday_has_the_number_of_the_friday_before():
    friday, saturday = (workday_no(date(2026, 10, day)) for day in (30, 31))
    assert friday == saturday
    assert workday_no(date(2026, 11, 2)) == friday + 1


@pytest.mark.parametrize(("day", "first"), [((2026, 9, 30), 7), ((2026, 10, 1), 10)])
def test_a_quarter_begins_with_its_first_month(day, first):
    assert quarter_start(date(*day)) == date(2026, first, 1)


def test_a_time_becomes_its_day_and_its_working_day():
    rows = "warning_id | raised_at\nw1 | 2026-10-30 23:59:59\nw2 | 2026-10-31\nw3 |"
    staged = staged_of("warning", rows).sort("warning_id")
    friday = day_number(date(2026, 10, 30))
    assert staged["raised_at"].to_list() == [friday, friday + 1, None]
    numbers = staged["raised_at_w"].to_list()
    assert numbers == [workday_no(date(2026, 10, 30))] * 2 + [None]


def test_a_deadline_is_compared_to_the_second():
    rows = "submission_id | due_at\ns1 | 2026-10-31 17:00:00"
    staged = staged_of("data_submission", rows)
    assert staged["due_at"].item() == day_number(date(2026, 10, 31))
    exact = pl.Series([staged["due_at_us"].item()]).cast(pl.Datetime("us")).item()
    assert exact.hour == 17


def test_keys_are_numbers_and_equal_keys_equal_ones():
    rows = "spell_id | person_key | household_key\n1 | b | h\n2 | a | h\n3 | b |"
    staged = staged_of("identification_spell", rows).sort("spell_id")
    first, second, third = staged["person_key"].to_list()
    assert first == third != second
    assert staged["household_key"].null_count() == 1
    # Whose key comes first as a text heads the household.
    assert staged["person_order"].to_list() == [2, 1, 2]
