"""What workers read of a cluster's table is what this process reads of the same Parquet."""

from datetime import date, datetime
from decimal import Decimal

import narwhals as nw
import polars as pl
import pytest

from data.registry.contract import TABLES, polars_schema
from data.registry.typed_frames import refused, typed, unread


def frame(table: str, **columns: pl.Series) -> nw.LazyFrame:
    """A table as it is stored: money in yuan; columns that are not given are empty."""
    money = {c.name for c in TABLES[table].columns if c.info["type"].startswith("decimal")}
    schema = {
        name: pl.Decimal(16, 2) if name in money else dtype
        for name, dtype in polars_schema(table).items()
    }
    height = max(map(len, columns.values()))
    empty = pl.DataFrame({name: pl.Series([None] * height, dtype=t) for name, t in schema.items()})
    return nw.from_native(empty.with_columns(**columns).lazy())


def read(table: str, column: str, values: pl.Series) -> list:
    """The typed values of a column, `wrong` where its type cannot hold them."""
    bit = 1 << list(polars_schema(table)).index(column)
    rows = nw.to_native(typed(table, frame(table, **{column: values}))).collect()
    return [
        "wrong" if wrong == bit else value for value, wrong in rows.select(column, "_wrong").rows()
    ]


@pytest.mark.parametrize(
    ("table", "column", "values", "expected"),
    [
        (
            "person",
            "person_key",
            ["a", " a\t", "\u200ba", "621202.0", "NULL", "", "A\uff12"],
            ["a", "a", "a", "621202", None, None, "wrong"],
        ),
        (
            "benefit_spell",
            "region_code",
            ["621202000000", "621202001000", "621202001", "000000", " 621202"],
            ["621202", "621202001", "621202001", None, "621202"],
        ),
        ("identification_spell", "household_key", ["0000", "0001"], [None, "0001"]),
        ("region", "region_name", ["　武都区 ", "全角１", "无"], ["武都区", "全角１", None]),
    ],
)
def test_texts(table, column, values, expected):
    assert read(table, column, pl.Series(values)) == expected


def test_keys_that_are_numbers_are_their_digits():
    assert read("person", "person_key", pl.Series([17, None])) == ["17", None]


def test_whole_numbers_within_their_type():
    years = pl.Series([2026, 2**31, None])
    assert read("region_population", "stat_year", years) == [2026, "wrong", None]


def test_numbers_that_are_none():
    numbers = pl.Series([104.9, float("nan"), float("inf"), None])
    assert read("region", "longitude", numbers) == [104.9, "wrong", "wrong", None]


def test_yuan_are_whole_fen():
    yuan = pl.Series([Decimal("0.29"), Decimal("-1.10"), Decimal(10) ** 12, None])
    amounts = yuan.cast(pl.Decimal(16, 2))
    assert read("benefit_event", "amount", amounts) == [29, -110, "wrong", None]


def test_days_in_the_calendar():
    days = pl.Series(
        [date(2026, 3, 2), date(1850, 1, 1), date(1899, 12, 30), date(9999, 12, 31), None]
    )
    read_days = [date(2026, 3, 2), "wrong", None, None, None]
    assert read("person", "death_date", days) == read_days


def test_the_first_of_1900_is_unknown_but_for_a_spell_that_holds_since():
    day = pl.Series([date(1900, 1, 1)])
    assert read("person", "death_date", day) == [None]
    assert read("benefit_spell", "valid_from", day) == [date(1900, 1, 1)]


def test_a_time_is_a_day_where_a_day_is_asked_for():
    times = pl.Series([datetime(2026, 3, 2, 23, 59)])
    assert read("benefit_spell", "valid_from", times) == [date(2026, 3, 2)]


def test_a_time_that_knows_its_zone_is_the_time_in_china():
    times = pl.Series([datetime(2026, 3, 2, 17)]).dt.replace_time_zone("UTC")
    assert read("warning", "raised_at", times) == [datetime(2026, 3, 3, 1)]


def test_some_of_what_cannot_be_held():
    days = pl.Series([date(1850, 1, 2), date(1850, 1, 1), date(1850, 1, 1), date(2026, 1, 1)])
    assert unread("person", frame("person", birth_month=days), "birth_month") == [
        "1850-01-01",
        "1850-01-02",
    ]


def test_a_text_where_a_day_is_asked_for_is_refused_with_its_type():
    people = frame("person", birth_month=pl.Series(["1980-01-01"]))
    assert list(refused("person", people)) == ["person.birth_month（String，应为date）"]


def test_money_in_thousandths_is_refused():
    amounts = pl.Series([Decimal("0.285")]).cast(pl.Decimal(14, 3))
    (column,) = refused("benefit_event", frame("benefit_event", amount=amounts))
    assert column.startswith("benefit_event.amount（Decimal")
