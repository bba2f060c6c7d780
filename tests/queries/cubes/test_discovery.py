"""Recognition, drawn: the limit of the application itself decides (`data/reference/indicators.csv`)."""

from datetime import date

import pytest

from drawing import registry, snapshot_of
from queries.answers.indicators import indicators

D = date(2026, 10, 31)

#: After 2026-09-01 the 30th working day is 2026-10-19, the 45th 2026-11-09; 15 calendar days after
#: 2026-10-10 is 2026-10-25.
APPLICATIONS = """
    application_id | applied_for       | region_code | accepted_on | decided_on | result_code | extended
    in_time        | dibao             | 621202001   | 2026-09-01  | 2026-10-14 | approved    |
    late           | dibao             | 621202001   | 2026-09-01  | 2026-10-22 | rejected    |
    open           | dibao             | 621202001   | 2026-09-01  |            |             |
    extended       | dibao             | 621202001   | 2026-09-01  | 2026-10-22 | approved    | 1
    withdrawn      | dibao             | 621202001   | 2026-09-01  | 2026-09-20 | withdrawn   |
    monitored      | relapse_monitored | 621221001   | 2026-10-10  | 2026-10-25 | approved    |
    monitored_late | relapse_monitored | 621221001   | 2026-10-10  | 2026-10-26 | approved    | 1
    not_yet_due    | relapse_monitored | 621221001   | 2026-10-17  | 2026-10-18 | approved    |
"""


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    frames = registry(application=APPLICATIONS)
    return snapshot_of(frames, tmp_path_factory.mktemp("applications"), D)


def figure(snapshot, indicator, by="city", since=date(2026, 10, 1)):
    rows = indicators(snapshot, by, since).filter(id=indicator)
    return rows.select("group", "numerator", "denominator").rows()


def test_those_due_in_the_period_count_once_their_own_limit_has_passed(snapshot):
    # In time, late and open; the extended one is not due yet, the withdrawn one never.
    assert figure(snapshot, "I0104", "county") == [("621202", 1, 3), ("621221", 1, 2)]


def test_monitored_persons_have_calendar_days_and_no_extension(snapshot):
    assert figure(snapshot, "I0110") == [("621200", 1, 2)]
    # Due on 2026-10-25, which no period from the 26th on holds.
    assert figure(snapshot, "I0110", since=date(2026, 10, 26)) == [("621200", 0, 0)]


def test_who_waits_beyond_the_own_limit_is_overdue(tmp_path):
    frames = registry(
        application="""
            application_id | applied_for       | region_code | accepted_on | extended
            a              | dibao             | 621202001   | 2026-09-01  |
            b              | dibao             | 621202001   | 2026-09-01  | 1
            c              | relapse_monitored | 621202001   | 2026-10-15  |
            d              | relapse_monitored | 621202001   | 2026-10-16  |
        """
    )
    assert figure(snapshot_of(frames, tmp_path, D), "I0105") == [("621200", 2, None)]
