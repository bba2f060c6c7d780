"""Coverage of programmes: `docs/definitions.md`, “Eligible, covered, gap”."""

import polars as pl
import pytest

from queries.answers.coverage import coverage, due, with_limits, with_rates

MARKS = ("eligible", "covered", "covered_eligible", "excluded", "pending", "gap", "beyond_rule")


def of(rows, programme, *columns):
    return rows.filter(programme_code=programme).select(columns or MARKS).rows()


def test_eligible_covered_and_the_gap(day):
    assert of(coverage(day), "P0801") == [(3, 2, 2, 0, 0, 1, 0)]
    assert of(coverage(day), "P0801", "unit", "basis", "status") == [("人", "firm", "ok")]
    assert of(coverage(day), "P0802", "rate") == [(50.0,)]


def test_where_nobodys_aid_is_due_there_is_no_rate(day):
    by_category = coverage(day, "category", category="tekun")
    assert of(by_category.filter(group="dibao"), "P0801", "eligible", "rate") == [(0, None)]
    assert of(coverage(day, "county"), "P0801", "group", "rate") == [
        ("621202", 100.0),
        ("621221", 0.0),
    ]


def test_persons_are_narrowed_by_residence_and_category(day):
    assert of(coverage(day, residence="rural"), "P0801", "eligible", "gap") == [(1, 1)]
    assert of(coverage(day, category="dibao"), "P0802", "eligible") == [(0,)]


def test_without_its_source_nothing_is_counted(day):
    columns = ("status", "eligible", "covered", "gap", "rate")
    assert of(coverage(day), "P0913", *columns) == [("no_data", None, None, None, None)]


def test_a_region_shows_its_own_groups(day):
    assert of(coverage(day, "township", region="621202"), "P0801", "group", "covered") == [
        ("621202001", 2),
        ("621202002", 0),
    ]


def marks(**columns):
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.Int64))


def test_the_rate_is_of_those_due_and_paid_share_of_all_while_some_are_pending():
    rows = with_rates(marks(eligible=[10, 10, 0], pending=[2, 0, 0], covered_eligible=[4, 4, 0]))
    assert rows.select("rate", "paid_share").rows() == [(50.0, 40.0), (40.0, None), (None, None)]
    limits = with_limits(rows).select("lower", "upper").rows()
    assert limits[0] == pytest.approx((21.52, 78.48), abs=0.01)
    assert limits[2] == (None, None)


def test_of_rounded_counts_never_fewer_are_due_than_were_reached():
    rounded = marks(eligible=[10, None], pending=[5, 0], covered_eligible=[10, 5])
    assert rounded.select(due()).to_series().to_list() == [10, None]
