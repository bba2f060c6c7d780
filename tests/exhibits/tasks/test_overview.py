"""The task rows on one line each: eighteen, a figure with its mark."""

import pytest

from exhibits.tasks.overview import overview
from exhibits.tasks.rows import tasks
from queries.scope import Scope
from queries.store.snapshot import open_snapshot
from stores import STORES, D


@pytest.mark.parametrize("registry", STORES)
def test_there_are_eighteen_rows_whatever_is_connected(stored, registry):
    table = overview(open_snapshot(stored(registry), D), Scope(D)).table
    assert table["行次"].to_list() == [
        *("1-1", "1-2", "2", "3", "4", "5", "6", "7", "8"),
        *("9-1", "9-2", "9-3", "9-4", "9-5", "10", "11", "12", "13"),
    ]


def test_a_row_shows_its_first_figure_with_a_target_and_whether_it_is_met(stored):
    snapshot = open_snapshot(stored("demonstration"), D)
    exhibit = overview(snapshot, Scope(D))
    shown = {row["行次"]: row for row in exhibit.table.to_dicts()}
    for task in tasks(snapshot, Scope(D)):
        judged = [line for line in task.lines if line.assurance]
        if judged:
            row, line = shown[task.row], judged[0]
            assert (row["指标"], row["数值"]) == (line.indicator.name, line.figure)
            assert line.assurance_text.startswith(row["达标或变化"])
    assert shown["13"]["责任单位"] == "联席会议成员单位"
    missed = [row["行次"] for row in shown.values() if row["达标或变化"].startswith("✘")]
    assert all(row in exhibit.finding for row in missed)
