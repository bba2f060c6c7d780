"""The numbers of a staged frame are the same whether an engine holds or calculates them."""

from datetime import date, datetime

import duckdb
import narwhals as nw
import polars as pl
import pytest

from queries.cubes.numbers import adult_on, alone, coded, microseconds, month_of_birth, number
from queries.cubes.stage import EPOCH, day_number

DAYS = [
    *(date(1899, 12, 31), date(1969, 12, 31), date(1970, 1, 1), date(2000, 2, 29)),
    *(date(2000, 3, 1), date(2024, 2, 29), date(2026, 10, 31), date(2100, 3, 1), None),
]
FRAME = pl.DataFrame(
    {
        "birth_month": DAYS,
        "at": [day and datetime(day.year, day.month, day.day, 23, 59, 58, 7) for day in DAYS],
        "code": ["a", "b", "c"] * 3,
    }
)


def staged(engine: str, *made: str) -> pl.DataFrame:
    native = FRAME.lazy() if engine == "polars" else duckdb.sql("SELECT * FROM FRAME")
    frame = nw.from_native(native)
    columns = {
        "day": number(frame, "birth_month"),
        "day_of_time": number(frame, "at"),
        "us": microseconds(frame, "at"),
        "adult_on": adult_on(frame),
        "born": month_of_birth(),
        "stands": coded(frame, "code", {"a": 1, "b": 2}, nw.Int16),
    }
    chosen = frame.select(*[columns[name].alias(name) for name in made])
    return pl.DataFrame(chosen.collect("pyarrow").to_arrow())


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_days_and_times_count_from_1970(engine):
    found = staged(engine, "day", "day_of_time", "us")
    days = [None if day is None else day_number(day) for day in DAYS]
    assert found["day"].to_list() == found["day_of_time"].to_list() == days
    assert found["us"].cast(pl.Datetime("us")).to_list() == FRAME["at"].to_list()


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_who_is_born_in_a_month_is_adult_on_its_first_18_years_on(engine):
    found = staged(engine, "adult_on", "born")
    firsts = [day and (day.replace(year=day.year + 18, day=1) - EPOCH).days for day in DAYS]
    assert found["adult_on"].to_list() == firsts
    assert found["born"].to_list() == [day and day.year * 12 + day.month for day in DAYS]


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_code_without_a_number_has_none(engine):
    assert staged(engine, "stands")["stands"].to_list() == [1, 2, None] * 3


def test_who_has_no_household_is_one_that_no_key_names():
    for key, home in (("'p'", "alone:p"), ("7", -8)):
        frame = nw.from_native(duckdb.sql(f"SELECT {key} AS person_key"))
        assert frame.select(home=alone(frame)).to_native().fetchall() == [(home,)]
