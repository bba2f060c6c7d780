"""Versions of a row: each holds from its first day until the day before its last."""

from datetime import date

import polars as pl
import pytest

from data.reference.validity import holding

ROWS = pl.DataFrame(
    {
        "limit": ["old", "new", "always"],
        "valid_from": [None, "2026-07-01", None],
        "valid_to": ["2026-07-01", None, None],
    }
)


@pytest.mark.parametrize(
    ("day", "holds"),
    [(date(2026, 6, 30), ["old", "always"]), (date(2026, 7, 1), ["new", "always"])],
)
def test_on_its_last_day_the_next_one_holds_already(day, holds):
    assert holding(ROWS, day)["limit"].to_list() == holds
