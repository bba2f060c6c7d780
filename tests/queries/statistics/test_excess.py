"""Excess and candidates, drawn: `docs/definitions.md`, “What needs attention”."""

import polars as pl
import pytest

from queries.statistics.excess import with_excess


def judged(bad, cases, city_bad, city_all, measure="unrouted"):
    """One unit beside the city that it is a part of."""
    counts = {"bad": bad, "all": cases, "city_bad": city_bad, "city_all": city_all}
    frame = pl.DataFrame([{"measure": measure} | {k: float(v) for k, v in counts.items()}])
    return with_excess(frame).row(0, named=True)


def test_excess_is_what_lies_beyond_the_rate_of_the_others():
    row = judged(40, 50, 60, 150)
    # The others: 20 of 100. At their rate the unit had 10.
    assert (row["others"], row["excess"]) == (20, 30)
    assert (row["rate"], row["share"]) == (80, pytest.approx(66.67, abs=0.01))
    assert row["candidate"]


@pytest.mark.parametrize(
    ("counts", "candidate"),
    [
        # Five cases beyond the others, apart from them.
        ((5, 5, 5, 105), True),
        # Four are not said, however many of all they are.
        ((4, 4, 4, 104), False),
        # 30 of 100 beside 25 of 100: the interval 21.9–39.6 % holds the others' rate.
        ((30, 100, 55, 200), False),
        # The same rates of ten times as many.
        ((300, 1000, 550, 2000), True),
        # 9 of 23 and 13 of 92: 41 % of the bad of 20 % of all, though 22–59 % holds no other.
        ((9, 23, 22, 115), True),
        # As good as the others, or better.
        ((10, 100, 30, 200), False),
        # Nobody else has cases: nothing to compare with.
        ((50, 60, 50, 60), False),
    ],
)
def test_candidates(counts, candidate):
    assert judged(*counts)["candidate"] is candidate


def test_forty_percent_of_the_bad_with_half_that_share_of_all():
    # 8 of 12 beside 12 of 48 (25 %): 40 % of the bad, 20 % of all; Wilson's lower limit is 39.1 %.
    assert judged(8, 12, 20, 60)["candidate"]
    # A rate of errors: Byar's lower limit of 6 in 10 is 22 %, the others' 40 %. 6 of 10 bad (60 %),
    # 10 of 20 of all, more than half of 60 %.
    row = judged(6, 10, 10, 20, "I0303")
    assert row["lower"] == pytest.approx(22.02, abs=0.01)
    assert (row["excess"], row["candidate"]) == (2, False)
    # 12 of 20 bad in 8 of 40 cases: errors may be more than records.
    row = judged(12, 8, 20, 40, "I0303")
    assert (row["rate"], row["others"], row["candidate"]) == (150, 25, True)
