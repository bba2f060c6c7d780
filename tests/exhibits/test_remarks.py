"""What the office notes stands on the trend that it is of, with its text in the table."""

from datetime import date

from edited_reference import replaced
from exhibits.remarks import remarks
from exhibits.series import trend
from queries.scope import Scope
from queries.store.snapshot import open_snapshot
from stores import D

CITY = {"indicator": "I0711", "group": "621200"}

NOTES = [
    CITY | {"day": "2026-03-15", "text": "新系统<上线>"},
    CITY | {"day": "2026-03-31", "text": "集中核查"},
    CITY | {"day": "2026-12-01", "text": "以后的事"},
    {"indicator": "I0711", "group": "housing", "day": "2026-04-01", "text": "人员调整"},
]
LEVEL = CITY | {"from": "2026-01-31", "reason": "预警阈值下调"}

EXPECTED = (("2026-01", "按新水平计算：预警阈值下调"), ("2026-03", "新系统＜上线＞；集中核查"))


def test_remarks_and_levels_of_a_series_up_to_a_day(tmp_path):
    with replaced(tmp_path, {"notes": NOTES, "levels": [LEVEL]}):
        assert remarks("I0711", "621200", date(2026, 10, 31)) == EXPECTED
        assert remarks("I0711", "621200", date(2026, 3, 14)) == EXPECTED[:1]
        assert remarks("I0711", "housing", date(2026, 10, 31)) == (("2026-04", "人员调整"),)
        assert remarks("I0711", "621202", date(2026, 10, 31)) == ()
    assert remarks("I0711", "621200", date(2026, 10, 31)) == ()


def test_a_trend_shows_them_on_screen_and_in_its_table(tmp_path, stored):
    snapshot = open_snapshot(stored("demonstration"), D)
    with replaced(tmp_path, {"notes": NOTES, "levels": [LEVEL]}):
        exhibit = trend(snapshot, Scope(D), "I0711", "预警处置")
    assert exhibit.chart.remarks == EXPECTED
    noted = exhibit.table.filter(exhibit.table["备注"] != "").select("月末", "备注").rows()
    assert noted == [(date(2026, 1, 31), EXPECTED[0][1]), (date(2026, 3, 31), EXPECTED[1][1])]
    # Fewer than twelve months since.
    assert exhibit.chart.data["mean"].null_count() == exhibit.chart.data.height
    without = trend(snapshot, Scope(D), "I0711", "预警处置")
    assert without.chart.remarks == () and "备注" not in without.table.columns
    assert without.chart.data["mean"].null_count() == 0
