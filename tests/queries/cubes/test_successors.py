"""A succeeded department, drawn: its rows count under the successor from the day on."""

from datetime import date

import polars as pl
import pytest

from drawing import registry, snapshot_of
from edited_reference import AGRICULTURE, replaced, shipped
from every_day import every_day
from queries.answers.indicators import indicators
from queries.answers.response import response

BEFORE, AFTER = date(2026, 6, 30), date(2026, 7, 31)

FRAMES = registry(
    referral="""
        referral_id | to_dept              | region_code | programme_code | sent_at             | accepted_at         | responded_at
        r1          | rural_revitalization | 621202001   | P0925          | 2026-06-15 09:00:00 | 2026-06-15 09:00:00 |
        r2          | rural_revitalization | 621202001   | P0925          | 2026-06-16 09:00:00 |                     | 2026-06-18 09:00:00
        r3          | agriculture          | 621202001   | P0925          | 2026-07-02 09:00:00 |                     |
        r4          | health               | 621202001   | P0925          | 2026-07-02 09:00:00 |                     |
    """,
    match_run="""
        run_id | dept_code            | run_at
        m1     | rural_revitalization | 2026-07-02 09:00:00
        m2     | agriculture          | 2026-07-03 09:00:00
    """,
    meeting_item="""
        item_id | meeting_id | lead_dept            | due_on     | done_on
        i1      | m1         | rural_revitalization | 2026-07-20 |
    """,
)


@pytest.fixture(params=every_day(["polars", "duckdb"], ["polars"]), scope="module")
def snapshots(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("succeeded")
    rows = shipped("departments")
    for row in rows:
        if row["dept_code"] == "rural_revitalization":
            row["successor_code"] = "agriculture"
    with replaced(folder, {"departments": [*rows, AGRICULTURE]}):
        yield {day: snapshot_of(FRAMES, folder, day, request.param) for day in (BEFORE, AFTER)}


def sent(snapshot):
    """Referrals sent since June, and those open, of departments with any."""
    rows = response(snapshot, "department", date(2026, 6, 1))
    some = rows.filter(pl.col("referrals") > 0)
    return {group: (n, live) for group, n, live in some.select("group", "referrals", "open").rows()}


def test_referrals_go_with_the_department_open_ones_among_them(snapshots):
    assert sent(snapshots[BEFORE]) == {"rural_revitalization": (2, 1)}
    assert sent(snapshots[AFTER]) == {"agriculture": (3, 2), "health": (1, 1)}
    cases = snapshots[AFTER].cube("open_referrals").select("case", "department").rows()
    assert cases == [("r1", "agriculture"), ("r3", "agriculture"), ("r4", "health")]


def test_the_successor_stands_in_the_place_of_the_succeeded(snapshots):
    groups = {
        day: response(snapshot, "department", date(2026, 6, 1))["group"].to_list()
        for day, snapshot in snapshots.items()
    }
    assert groups[BEFORE][6] == "rural_revitalization" and "agriculture" not in groups[BEFORE]
    assert groups[AFTER][6] == "agriculture" and "rural_revitalization" not in groups[AFTER]


def test_data_supplied_by_both_is_of_one_department(snapshots):
    rows = indicators(snapshots[AFTER], "city").filter(id="I0401")
    assert rows.select("numerator", "denominator").row(0) == (1, 9)


def test_decisions_go_along(snapshots):
    leads = {day: s.cube("decisions")["lead_dept"].to_list() for day, s in snapshots.items()}
    assert leads == {BEFORE: ["rural_revitalization"], AFTER: ["agriculture"]}
