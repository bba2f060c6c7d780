"""The log as a table, by days."""

from datetime import UTC, date, datetime

from audit_notes import note
from data.audit import read

OCTOBER = datetime(2026, 10, 31, 23, 59, 59, 999_000, tzinfo=UTC)


def test_days_are_those_of_china(tmp_path):
    note(tmp_path, "十月", OCTOBER)  # 7:59 on 1 November in China
    note(tmp_path, "十一月")
    day = date(2026, 11, 1)
    assert read(tmp_path, day, day)["what"].to_list() == ["十月"]
    assert read(tmp_path, date(2026, 11, 2))["what"].to_list() == ["十一月"]
    assert read(tmp_path, until=date(2026, 10, 31)).is_empty()
