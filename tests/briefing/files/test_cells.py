"""Cells of a table, as texts: the same on pages, in slides, bulletins and files."""

from datetime import date

import polars as pl
import pytest

from briefing.files.cells import is_whole, shares, texts, values
from exhibits.suppressed import paired

TABLE = paired(
    pl.DataFrame(
        {
            "县区": ["武都区", "成县", "礼县"],
            "件": [12345, None, None],
            "率%": [50.0, 66.667, None],
            "日": [date(2026, 10, 31), None, None],
            "suppressed": [False, True, False],
        }
    )
)


def test_counts_have_separators_rates_two_decimals_and_what_is_missing_a_dash():
    assert texts(TABLE) == [
        ["武都区", "12,345", "50.00", "2026-10-31"],
        ["成县", "*", "66.67", "—"],
        ["礼县", "—", "—", "—"],
    ]


def test_in_a_file_a_missing_value_is_empty_and_a_hidden_one_a_star():
    assert values(TABLE["件"]) == [12345, "*", None]


@pytest.mark.parametrize(
    ("name", "figures", "whole"),
    [
        ("件", [1, 2], True),
        # Of counts of which some are unknown, fractions are made.
        ("件", [1.0, None], True),
        ("天", [1.5, 2.0], False),
        ("率%", [50.0, 100.0], False),
        ("县区", ["武都区"], False),
    ],
)
def test_a_column_of_counts_is_whole_and_one_of_rates_is_not(name, figures, whole):
    assert is_whole(pl.Series(name, figures)) is whole


def test_a_latin_letter_is_half_as_wide_and_no_column_vanishes():
    assert shares([["汉" * 10, "a"], ["x", "b"]]) == pytest.approx([2 / 3, 1 / 3])
    assert shares([["a" * 20, "汉" * 11]]) == pytest.approx([0.5, 0.5])
