"""Spells that touch or overlap are one run, in Polars' own way and in that of other engines."""

import duckdb
import narwhals as nw
import polars as pl
import pytest

from queries.cubes.facts import islands

SPELLS = pl.DataFrame(
    [
        ("a", 1, 10, 20, 10),
        ("a", 1, 12, 15, 10),  # within the one before
        ("a", 1, 20, 30, 10),  # touches
        ("a", 1, 31, 40, 31),  # a day between
        ("a", 1, 31, 35, 31),
        ("a", 2, 15, 25, 15),  # another term
        ("b", 1, 15, 25, 15),  # another person
        ("b", 1, 26, 26, None),  # empty: holds on no day
    ],
    schema=["person", "term", "counts_from", "until", "day"],
    orient="row",
)


def native(engine: str, frame: pl.DataFrame):
    return frame.lazy() if engine == "polars" else duckdb.sql("SELECT * FROM frame")


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_run_begins_with_its_first_spell(engine):
    spells = nw.from_native(native(engine, SPELLS.drop("day")))
    found = pl.DataFrame(islands(spells, ["person", "term"]).collect("pyarrow").to_arrow())
    expected = SPELLS.drop_nulls()
    assert found.select(expected.columns).sort(pl.all()).rows() == expected.sort(pl.all()).rows()
