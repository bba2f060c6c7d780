"""Targets: what is said of the present value, and when the months are said to agree.

`docs/definitions.md`, “Uncertainty and signals”.
"""

import pytest

from queries.statistics.target import assurance

#: Thirteen month-ends within 86–90.
MONTHS = (87, 88, 89, 88, 87, 88, 89, 88, 87, 88, 89, 88, 88)
LIMITS = (86.0, 90.0)


@pytest.mark.parametrize(
    ("value", "target", "better", "said"),
    [
        # The limits wholly on the side of the present value.
        (88, 80, "up", "pass"),
        (88, 95, "up", "fail"),
        (88, 95, "down", "pass"),
        (88, 80, "down", "fail"),
        # Touching is wholly on one side.
        (88, 86, "up", "pass"),
        (88, 90, "up", "fail"),
        (88, 90, "down", "pass"),
        (88, 86, "down", "fail"),
        # The limits on the other side than the present value.
        (95.44, 95, "up", "met_mostly_missed"),
        (79, 80, "up", "missed_mostly_met"),
        (79, 80, "down", "met_mostly_missed"),
        # The target between the limits: most months on the present side, the present alone.
        (88, 87.5, "up", "met"),
        (87, 88.5, "up", "missed"),
        # And on the other side: eleven of the thirteen are under 88.5 …
        (89, 88.5, "up", "met_mostly_missed"),
        # … and ten are 88 or more.
        (87, 88, "up", "missed_mostly_met"),
    ],
)
def test_two_statements(value, target, better, said):
    assert assurance(value, target, better, LIMITS, MONTHS) == said


@pytest.mark.parametrize(
    ("value", "better", "said"),
    [(95.44, "up", "met"), (95, "up", "met"), (94.99, "up", "missed"), (95, "down", "met")],
)
def test_the_present_value_alone_where_nothing_can_be_claimed(value, better, said):
    assert assurance(value, 95, better) == said


def test_nothing_without_a_value_a_target_or_a_better_direction():
    assert assurance(None, 95, "up", LIMITS, MONTHS) == ""
    assert assurance(88, None, "up", LIMITS, MONTHS) == ""
    assert assurance(88, 80, "neutral", LIMITS, MONTHS) == ""


def test_none_overdue_is_no_lasting_miss_while_most_months_had_none():
    # A lower limit that is cut at 0 touches a target of 0.
    zeros = (0, 0, 1, 0, 0, 2, 0, 0, 1, 0, 3, 0, 2)
    assert assurance(2, 0, "down", (0.0, 4.0), zeros) == "missed_mostly_met"
    assert assurance(0, 0, "down", (0.0, 4.0), zeros) == "met"
    often = (1, 0, 1, 2, 0, 2, 1, 3, 1, 0, 3, 1, 2)
    assert assurance(2, 0, "down", (0.0, 5.0), often) == "fail"
