"""Departments on one line each: the figures of the command line, the lowest on-time rate first."""

from datetime import date

import polars as pl
import pytest

from exhibits.response import overview
from queries.access import access
from queries.answers.indicators import indicators
from queries.answers.response import response
from queries.scope import Scope
from queries.store.snapshot import open_snapshot
from stores import D

CITY = Scope(D, period="year")
SINCE = date(2026, 1, 1)


@pytest.fixture(scope="module")
def snapshot(stored):
    return open_snapshot(stored("demonstration"), D)


def test_the_first_line_is_all_and_the_others_add_up_to_it(snapshot):
    table = overview.overview(snapshot, CITY).table
    assert table["部门"][0] == "合计"
    for column in ("推送（件）", "已办理（件）", "逾期未办结（件）"):
        assert table[column][1:].sum() == table[column][0]


def test_each_line_holds_the_figures_of_the_command_line(snapshot):
    table = overview.overview(snapshot, CITY).table.filter(pl.col("部门") == "市住建局")
    (counts,) = response(snapshot, "department", SINCE).filter(group="housing").to_dicts()
    rates = indicators(snapshot, "department", SINCE).filter(group="housing")
    value = dict(rates.select("id", "value").rows())
    assert table.select(pl.exclude("部门", "与目标和全市相比")).row(0) == (
        counts["referrals"],
        counts["responded"],
        round(value["I0723"], 2),
        str(counts["median"]) if counts["median"] is not None else "未达到",
        value["I0724"],
        round(value["I0203"], 2),
    )


def test_the_lowest_rate_is_first_and_samples_too_small_are_last(snapshot):
    table = overview.overview(snapshot, CITY).table[1:]
    few = (table["与目标和全市相比"] == "样本过少").to_list()
    assert few == sorted(few)
    ranked = table.filter(~pl.Series(few))["按时响应率（%）"].to_list()
    assert ranked == sorted(ranked)


def test_a_departments_lines_are_its_programmes(stored, snapshot):
    own = overview.overview(snapshot, Scope(D, department="housing", period="year"))
    assert own.table.columns[0] == "项目"
    assert own.table["推送（件）"][1:].sum() == own.table["推送（件）"][0]
    role = access("department", department="housing")
    seen = overview.overview(open_snapshot(stored("demonstration"), D, access=role), CITY)
    assert seen.table.equals(own.table)
