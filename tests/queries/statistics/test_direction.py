"""Which way a figure went: what is shown as no change is none."""

import pytest

from queries.statistics.direction import direction


@pytest.mark.parametrize(
    ("now", "before", "unit", "way"),
    [
        (51.0, 50.0, "%", 1),
        (49.0, 50.0, "%", -1),
        # Shown with two decimals: 0.00.
        (50.004, 50.0, "%", 0),
        (50.005, 50.0, "%", 1),
        # Of a count the change is a share of what was: one of 20,000 reads 0.01, of 20,001 0.00.
        (20_001, 20_000, "件", 1),
        (20_002, 20_001, "件", 0),
        (1, 0, "件", 1),
        (20_002, 20_001, "工作日", 1),
        (None, 50.0, "%", 0),
        (50.0, None, "%", 0),
    ],
)
def test_up_down_or_no_change_to_be_seen(now, before, unit, way):
    assert direction(now, before, unit) == way
