"""序时进度: `docs/definitions.md`, “Uncertainty and signals”."""

from datetime import date

import pytest

from queries.statistics.progress import expected_progress


@pytest.mark.parametrize(
    ("day", "span", "passed"),
    [
        (date(2026, 10, 1), "quarter", 1 / 92),
        (date(2026, 10, 31), "quarter", 31 / 92),
        (date(2026, 12, 31), "quarter", 1),
        (date(2024, 2, 29), "quarter", 60 / 91),
        (date(2026, 10, 31), "year", 304 / 365),
        (date(2024, 12, 31), "year", 1),
    ],
)
def test_it_is_the_share_of_the_days_that_have_passed(day, span, passed):
    assert expected_progress(day, span) == pytest.approx(passed * 100)
