"""How long people are eligible before they are reached, and what they are missing."""

import pytest

from queries.answers.time_to_reach import missing, reach_curve, reach_medians


def test_days_from_eligible_to_paid_and_who_is_not_paid_waits_until_the_day(day):
    columns = ("programme", "days", "at_risk", "reached", "censored", "survival")
    assert reach_curve(day).select(columns).rows() == [
        ("P0801", 20, 3, 2, 0, pytest.approx(1 / 3)),
        ("P0801", 303, 1, 0, 1, pytest.approx(1 / 3)),
        ("P0802", 30, 2, 1, 0, 0.5),
        ("P0802", 303, 1, 0, 1, 0.5),
    ]


def test_the_median_is_the_first_day_by_which_half_are_reached(day):
    columns = ("programme", "basis", "persons", "reached", "median")
    assert reach_medians(day).select(columns).rows() == [
        ("P0801", "firm", 3, 2, 20),
        ("P0802", "firm", 2, 1, 30),
    ]
    # In 621221 the one person in dibao waits still.
    assert reach_medians(day, "621221").select(columns).rows() == [
        ("P0801", "firm", 1, 0, None),
        ("P0802", "firm", 1, 1, 30),
    ]


def test_persons_by_the_programmes_that_they_miss(day):
    assert missing(day).rows() == [([], 3, 0), (["P0801"], 1, 1), (["P0802"], 1, 1)]
    assert missing(day, category="tekun").select("programmes", "persons").rows() == [
        ([], 1),
        (["P0802"], 1),
    ]
    assert missing(day, residence="urban").select("programmes", "persons").rows() == [([], 2)]
