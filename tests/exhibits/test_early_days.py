"""A store whose history is still being computed: every exhibit is sound and judges nothing."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from data.reference import policy_tables
from every_day import every_day
from every_exhibit import BUILDERS, COUNTY, TOWNSHIP, is_drawn, sound
from exhibits import task_exhibits
from exhibits.attention.entries import entries
from exhibits.overview import headlines, three_parts
from queries.answers.indicators import indicators
from queries.scope import Scope, comparisons, month_ends
from queries.store.snapshot import Snapshot, open_snapshot
from queries.store.versions import stored_days
from stores import D

#: What a control chart may not say yet.
SIGNALS = ("异常好转", "异常变差", "异常变化", "属正常波动")

REGIONS = {"city": "", "county": COUNTY, "township": TOWNSHIP}


@pytest.fixture(scope="module", params=every_day([1, 2, 5], [1]))
def early(request, stored, tmp_path_factory) -> Snapshot:
    """The newest day of a store that has so many days, the newest ones."""
    whole, folder = stored("demonstration"), tmp_path_factory.mktemp("early")
    for day in stored_days(whole)[-request.param :]:
        shutil.copytree(whole / day.isoformat(), folder / day.isoformat())
    assert len(stored_days(folder)) == request.param
    return open_snapshot(folder, D)


def scopes(snapshot: Snapshot, region: str) -> list[Scope]:
    """The scope beside each day that the page offers to compare with, and beside none."""
    days = [None, *comparisons(snapshot.folder, snapshot).values()]
    return [Scope(D, day, region) for day in dict.fromkeys(days)]


def test_days_that_are_not_stored_are_not_offered(early):
    offered = comparisons(early.folder, early)
    assert set(offered.values()) <= set(stored_days(early.folder)) - {D}
    assert ("month" in offered) == (len(stored_days(early.folder)) > 1)


@pytest.mark.parametrize("region", every_day(REGIONS, ["city"]))
def test_every_exhibit_is_sound_and_claims_no_signal(early, region):
    for scope in scopes(early, REGIONS[region]):
        for name, build in BUILDERS.items():
            exhibit = build(early, scope)
            sound(exhibit)
            is_drawn(exhibit)
            # Weekly charts have their weeks in the one day.
            if exhibit.chart and exhibit.chart.kind == "control" and "weekly" not in name:
                assert not any(said in exhibit.finding for said in SIGNALS), (name, exhibit.finding)
                assert set(exhibit.chart.data["signal"]) == {""}, name


def test_every_task_and_headline_is_sound_and_claims_no_signal(early):
    for scope in scopes(early, ""):
        for task in policy_tables.table("tasks")["row_id"]:
            for exhibit in task_exhibits.exhibits_of(early, scope, task):
                sound(exhibit)
        for card in headlines.headlines(early, scope):
            assert card.variation in ("", "月末不足，不作判断"), card
            assert (card.change == "无可比数据") or scope.compared, card
        for entry in entries(early, scope):
            assert not any(said in entry.sentence for said in SIGNALS), entry.sentence
        assert three_parts.paragraphs(early, scope)


def test_a_figure_is_that_of_the_whole_store(early, stored):
    whole = open_snapshot(stored("demonstration"), D)
    assert indicators(early).equals(indicators(whole))
    ends = [each.as_of for each in month_ends(early)]
    known = [each.as_of for each in month_ends(whole)]
    assert ends == known[-len(ends) :]
    assert date(2026, 10, 31) in ends


def test_the_store_is_read_only_by_pages(early):
    assert {path.name for path in Path(early.folder).iterdir()} == {
        day.isoformat() for day in stored_days(early.folder)
    }
