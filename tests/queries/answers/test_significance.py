"""Better or worse than several levels at once."""

import pytest

from queries.answers.significance import beside_all
from queries.catalogue import catalogue
from queries.statistics.intervals import Z95

RATE = catalogue()["I0723"]


def cell(rate: float, of: int) -> dict:
    width = 100 * Z95 * (rate / 100 * (1 - rate / 100) / of) ** 0.5
    return {
        "status": "ok",
        "denominator": of,
        "lower": max(0.0, rate - width),
        "upper": min(100.0, rate + width),
    }


@pytest.mark.parametrize(
    ("rate", "of", "mark"),
    [(56, 40, "concern"), (88, 900, "usual"), (80, 900, "concern"), (97, 900, "improvement"),
     (92, 40, "usual"), (20, 29, "few")],
)  # fmt: skip
def test_a_rate_beside_the_citys_and_the_target(rate, of, mark):
    """The city has 86 %, the target is 90 %: 56 % is never plain beside a marked 88 %."""
    assert beside_all(RATE, cell(rate, of), (86.0, 90.0)) == mark


def test_between_the_two_nothing_is_claimed_however_many_cases():
    assert beside_all(RATE, cell(93, 90_000), (95.0, 90.0)) == "usual"
    assert beside_all(RATE, cell(87, 90_000), (86.0, 90.0)) == "usual"


def test_without_a_level_what_is_few_or_hidden_stays_so():
    assert beside_all(RATE, cell(56, 40), ()) == "usual"
    assert beside_all(RATE, cell(56, 20), ()) == "few"
    hidden = {"status": "suppressed", "denominator": None, "lower": None, "upper": None}
    assert beside_all(RATE, hidden, ()) == "hidden"
