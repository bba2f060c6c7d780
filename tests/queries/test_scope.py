"""Which day, compared with which: only what is stored, and made by the same definitions."""

from datetime import date

import polars as pl
import pytest

from older import made_older
from queries.region import Region
from queries.scope import (
    Scope,
    before,
    comparable,
    comparisons,
    latest,
    like_with_like,
    meetings,
    month_ends,
    older_month_ends,
    open_snapshot,
)
from queries.store import publication

MEETINGS = pl.DataFrame(
    {
        "meeting_id": ["m1", "m2"],
        "meeting_name": ["第一次会议", None],
        "held_on": [date(2026, 8, 18), date(2026, 10, 12)],
        "data_cutoff_on": [date(2026, 7, 31), date(2026, 9, 30)],
        "prev_meeting_id": [None, "m1"],
    }
)
SEPTEMBER, D = date(2026, 9, 30), date(2026, 10, 15)
DAYS = (date(2025, 10, 15), date(2026, 7, 31), SEPTEMBER, D)


@pytest.fixture
def store(tmp_path):
    with publication.locked(tmp_path):
        for day in DAYS:
            told = {"as_of": day.isoformat(), "connected": ["joint_meeting"]}
            publication.write(tmp_path, day, {"meetings": MEETINGS}, told)
    return tmp_path


def test_the_newest_day_and_none_of_an_empty_store(store, tmp_path):
    assert latest(store).as_of == D
    assert latest(tmp_path / "empty") is None


def test_a_region_may_be_given_as_the_code_of_an_address():
    assert Scope(D, region="621202") == Scope(D, region=Region("621202"))


def test_days_to_compare_with_are_the_last_meetings_a_month_and_a_year_before(store):
    assert comparisons(store, open_snapshot(store, D)) == {
        "meeting": SEPTEMBER,
        "month": SEPTEMBER,
        "year": date(2025, 10, 15),
    }


def test_a_day_of_other_definitions_is_offered_last_and_never_compared(store):
    made_older(store, SEPTEMBER)
    snapshot = open_snapshot(store, D)
    assert list(comparisons(store, snapshot)) == ["year", "meeting", "month"]
    assert not comparable(snapshot, SEPTEMBER)
    scope = Scope(D, SEPTEMBER)
    assert like_with_like(snapshot, scope) == Scope(D)
    assert before(snapshot, scope) is None
    assert before(snapshot, Scope(D, DAYS[1])).as_of == DAYS[1]


def test_month_ends_are_of_these_definitions_and_the_older_ones_apart(store):
    made_older(store, DAYS[1])
    snapshot = open_snapshot(store, D)
    assert [end.as_of for end in month_ends(snapshot)] == [SEPTEMBER]
    assert [end.as_of for end in older_month_ends(snapshot)] == [DAYS[1]]


def test_a_month_end_is_among_its_own_and_no_later_one(store):
    assert [end.as_of for end in month_ends(open_snapshot(store, SEPTEMBER))] == [*DAYS[1:3]]
    assert [end.as_of for end in month_ends(open_snapshot(store, DAYS[1]))] == [DAYS[1]]


def test_meetings_come_latest_first_each_with_the_cut_off_before_it(store):
    assert [(m.id, m.name, m.cutoff, m.before) for m in meetings(store)] == [
        ("m2", "m2", SEPTEMBER, date(2026, 7, 31)),
        ("m1", "第一次会议", date(2026, 7, 31), None),
    ]
