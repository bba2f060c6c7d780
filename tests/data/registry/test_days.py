"""Days and times of many spellings: `docs/definitions.md`, “How values are read”."""

from datetime import date, datetime

import polars as pl
import pytest

from data.registry.days import days, known, times


def of(read, *values):
    """What is read of texts, and which cannot be."""
    found, wrong = read(pl.Series(values, dtype=pl.String))
    return found.to_list(), wrong.to_list()


@pytest.mark.parametrize(
    "text",
    ["2026-03-02", " 2026-03-02 ", "２０２６-03-02", "2026-03-02 23:59:59", "2026-03-02T00:00"],
)
def test_a_day_however_it_is_written(text):
    assert of(days, text) == ([date(2026, 3, 2)], [False])


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-03-02", datetime(2026, 3, 2)),
        ("2026-03-02 10:00", datetime(2026, 3, 2, 10)),
        ("２０２６-03-02 １０:00:00 ", datetime(2026, 3, 2, 10)),
        ("2026-03-02T10:00:00.25", datetime(2026, 3, 2, 10, 0, 0, 250_000)),
        # In local time of Shanghai.
        ("2026-03-02T02:00:00Z", datetime(2026, 3, 2, 10)),
        ("2026-03-02 10:00:00+08", datetime(2026, 3, 2, 10)),
    ],
)
def test_a_time_however_it_is_written(text, at):
    assert of(times, text) == ([at], [False])


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13-01", "soon", "20260302"])
def test_what_is_no_day_is_null_and_wrong(text):
    assert of(days, text) == ([None], [True])
    assert of(times, "2026-03-02 10:00:60") == ([None], [True])


@pytest.mark.parametrize(
    "text", ["0000-00-00", "0001-01-01", "1899-12-30", "9999-12-31", "infinity", "NULL"]
)
def test_a_zero_date_and_a_day_without_end_say_that_there_is_none(text):
    assert of(days, text) == ([None], [False])


def test_the_years_1900_to_2100_count():
    read = of(days, "1899-12-29", "1900-01-01", "2100-12-31", "2101-01-01")
    assert read == (
        [None, date(1900, 1, 1), date(2100, 12, 31), None],
        [True, False, False, True],
    )


def test_the_first_of_january_1900_is_unknown_where_it_is_no_birth():
    two = pl.Series([date(1900, 1, 1), date(1900, 1, 2)])
    assert known(two).to_list() == [None, date(1900, 1, 2)]
