"""Tables of the pack: decisions overdue first, six numbers, a county beside the city, its notes."""

from datetime import date

import polars as pl
import pytest

from exhibits.meeting import decisions, followed_up, notes, summary
from exhibits.todo.overdue import overdue
from queries.answers.indicators import indicators
from queries.scope import Scope
from queries.store.snapshot import open_snapshot
from stores import D

CITY = Scope(D, date(2026, 7, 31))
HOUSING = Scope(D, date(2026, 7, 31), department="housing")


@pytest.fixture(scope="module")
def snapshot(stored):
    return open_snapshot(stored("demonstration"), D)


def test_decisions_are_the_same_the_longest_overdue_first(snapshot):
    shown, whole = followed_up.followed_up(snapshot, CITY), decisions.decided(snapshot, CITY)
    assert sorted(shown.table["事项"]) == sorted(whole.table["事项"])
    states = shown.table["状态"].to_list()
    assert states == sorted(states, key=["■ 逾期", "● 办理中", "✔ 已办结"].index)
    late = shown.table.filter(pl.col("状态") == "■ 逾期")["完成时限"].to_list()
    assert late == sorted(late)
    assert shown.recipe.builder == "meeting.followed_up.followed_up"


def test_six_numbers_of_the_city_and_of_a_department(snapshot):
    city = summary.main_figures(snapshot, CITY).table
    assert city.height == 6
    own = dict(summary.main_figures(snapshot, HOUSING).table.select("指标", "数值").rows())
    assert len(own) == 6
    late = indicators(snapshot, "department").filter(id="I0724", group="housing")["value"].item()
    assert own["逾期未办结推送数"] == f"{late:.0f}件"


def test_a_county_stands_beside_the_city_by_its_main_indicators(snapshot):
    table = summary.beside_city(snapshot, Scope(D, region="621226")).table
    assert table.columns[:3] == ["指标", "本县区", "全市"]
    assert table.height == 10


def test_the_overdue_list_is_as_long_as_the_figure_and_names_tails(snapshot):
    table = overdue(snapshot, HOUSING).table
    late = indicators(snapshot, "department").filter(id="I0724", group="housing")["value"].item()
    assert table.height == late > 0
    assert table["编号（尾号）"].str.contains(r"^…\w{6}$").all()
    days = table["应办结日"].to_list()
    assert days == sorted(days)


@pytest.mark.parametrize("scope", [CITY, HOUSING])
def test_the_notes_define_every_number_of_the_summary(snapshot, scope):
    named = notes.notes(snapshot, scope).table["名称"].to_list()
    assert set(summary.main_figures(snapshot, scope).table["指标"]) <= set(named)
