"""Seasons and grace: `docs/definitions.md`, “Eligible, covered, gap”."""

from datetime import date

import pytest

from data.reference import policy_tables
from data.reference.seasons import Season, last_day_of_last, season


@pytest.mark.parametrize(
    ("programme", "day", "start", "due", "end"),
    [
        ("P0912", date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31), None),
        ("P0912", date(2026, 12, 31), date(2026, 1, 1), date(2026, 3, 31), None),
        ("P0922", date(2026, 8, 31), date(2025, 9, 1), date(2025, 12, 31), date(2026, 7, 31)),
        ("P0925", date(2026, 9, 1), date(2026, 9, 1), date(2026, 12, 31), date(2027, 7, 31)),
        ("P1201", date(2026, 10, 31), date(2025, 11, 1), date(2025, 12, 31), date(2026, 4, 30)),
        ("P0954", date(2026, 12, 1), date(2026, 12, 1), date(2027, 2, 28), date(2027, 5, 31)),
    ],
)
def test_the_season_that_began_last(programme, day, start, due, end):
    kind = policy_tables.programme(programme)["coverage_window"]
    assert season(programme, day) == Season(kind, start, due, end)


def test_without_a_season_nothing_begins_or_ends():
    assert season("P0801", date(2026, 10, 31)) is None
    assert last_day_of_last("P0801", date(2026, 10, 31)) is None


@pytest.mark.parametrize(
    ("day", "ended"),
    [
        (date(2026, 4, 30), None),
        (date(2026, 5, 1), date(2026, 4, 30)),
        (date(2026, 10, 31), date(2026, 4, 30)),
        (date(2026, 11, 1), None),
    ],
)
def test_off_season_lasts_until_the_next_start(day, ended):
    assert last_day_of_last("P1201", day) == ended
