"""The reporting period [S, D]: `docs/definitions.md`, its head and 上次会议以来."""

from datetime import date
from fractions import Fraction

import pytest

from drawing import registry, snapshot_of
from plain.world import length_in_months, period_start
from queries.answers.periods import PERIODS, Period, by_month, in_period, offered, per_month
from queries.catalogue import catalogue

MEETINGS = """
    meeting_id | held_on    | data_cutoff_on
    m1         | 2024-01-20 | 2023-12-31
    m2         | 2026-04-16 | 2026-03-31
    m3         | 2026-08-18 | 2026-07-31
"""


def starts(folder, as_of: date, meetings: str = MEETINGS) -> dict[str, str]:
    """First days by period; the same by the plain second implementation."""
    frames = registry(joint_meeting=meetings) if meetings else registry()
    ours = {name: p.since for name, p in offered(snapshot_of(frames, folder, as_of)).items()}
    rows = {"joint_meeting": frames["joint_meeting"].to_dicts()} if meetings else {}
    theirs = {name: period_start(rows, as_of, name) for name in PERIODS}
    assert ours == {name: since for name, since in theirs.items() if since}
    return {name: since.isoformat() for name, since in ours.items()}


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        # since the last meeting, month, year, twelve months
        (date(2026, 10, 31), ("2026-08-01", "2026-10-01", "2026-01-01", "2025-11-01")),
        # A meeting counts from the day on which it is held.
        (date(2026, 8, 18), ("2026-08-01", "2026-08-01", "2026-01-01", "2025-08-19")),
        (date(2026, 8, 17), ("2026-04-01", "2026-08-01", "2026-01-01", "2025-08-18")),
        # On its cut-off day it was not held yet: the period between the two cut-offs.
        (date(2026, 7, 31), ("2026-04-01", "2026-07-01", "2026-01-01", "2025-08-01")),
        # 12 months before 29 February is 28 February.
        (date(2024, 2, 29), ("2024-01-01", "2024-02-01", "2024-01-01", "2023-03-01")),
        # 12 months before 28 February 2025 is 28 February 2024, the day before the 29th.
        (date(2025, 2, 28), ("2024-01-01", "2025-02-01", "2025-01-01", "2024-02-29")),
    ],
)
def test_the_first_day_of_each_period(tmp_path, as_of, expected):
    assert starts(tmp_path, as_of) == dict(zip(PERIODS, expected, strict=True))


@pytest.mark.parametrize("meetings", ["", "meeting_id | held_on | data_cutoff_on"])
def test_without_a_meeting_there_is_no_period_since_one(tmp_path, meetings):
    assert list(starts(tmp_path, date(2026, 10, 31), meetings)) == list(PERIODS[1:])


def test_before_the_first_meeting_is_held_it_is_not_offered(tmp_path):
    assert "since_meeting" not in starts(tmp_path, date(2024, 1, 19))


@pytest.mark.parametrize(
    ("second", "since"),
    [
        # The same cut-off again.
        ("2026-08-25 | 2026-07-31", "2026-08-01"),
        # The latest meeting decides, not the latest cut-off.
        ("2026-08-25 | 2026-06-30", "2026-07-01"),
        # A cut-off on the day itself leaves nothing to count.
        ("2026-08-25 | 2026-10-31", "2026-08-01"),
        # Unknown days.
        ("           | 2026-09-30", "2026-08-01"),
        ("2026-08-25 |           ", "2026-08-01"),
    ],
)
def test_two_meetings(tmp_path, second, since):
    meetings = f"{MEETINGS.strip()}\n m4 | {second}"
    assert starts(tmp_path, date(2026, 10, 31), meetings)["since_meeting"] == since


@pytest.mark.parametrize(
    ("since", "until", "months"),
    [
        ((2026, 10, 1), (2026, 10, 31), 1),
        ((2026, 2, 1), (2026, 2, 28), 1),
        ((2025, 11, 1), (2026, 10, 31), 12),
        ((2026, 8, 1), (2026, 10, 31), 3),
        ((2026, 10, 1), (2026, 10, 15), Fraction(15, 31)),
        ((2025, 8, 16), (2025, 10, 15), Fraction(16, 31) + 1 + Fraction(15, 31)),
        ((2024, 2, 29), (2025, 2, 28), 12 + Fraction(1, 29)),
    ],
)
def test_a_day_is_its_share_of_its_month(since, until, months):
    period = Period("any", date(*since), date(*until))
    assert period.months == months == length_in_months(period.since, period.until)


OCTOBER = Period("month", date(2026, 10, 1), date(2026, 10, 31))
SEPTEMBER = Period("month", date(2026, 9, 1), date(2026, 9, 30))
HALF = Period("month", date(2026, 9, 1), date(2026, 9, 15))


def test_counts_of_unequal_lengths_compare_by_month():
    warnings = catalogue()["I0701"]
    assert by_month(warnings, OCTOBER, SEPTEMBER) is None
    assert by_month(warnings, OCTOBER, HALF) == (1, Fraction(1, 2))
    assert per_month(30, 20, (1, Fraction(1, 2))) == (30, 40)
    assert per_month(30, None, (1, Fraction(1, 2))) == (30, None)


@pytest.mark.parametrize("indicator", ["I0723", "I0721", "I1004", "I0711", "I0601", "I1303"])
def test_rates_medians_and_stocks_compare_as_they_are(indicator):
    assert by_month(catalogue()[indicator], OCTOBER, HALF) is None


RAISED = """
    warning_id | raised_at  | kind_code | direction | region_code
    w1         | 2026-03-31 | medical_cost | entry     | 621202001
    w2         | 2026-04-01 | medical_cost | entry     | 621202001
    w3         | 2026-07-31 | medical_cost | entry     | 621202001
    w4         | 2026-08-01 | medical_cost | entry     | 621202001
    w5         | 2026-10-31 | medical_cost | entry     | 621202001
"""


def test_warnings_raised_in_each_period(tmp_path):
    frames = registry(warning=RAISED, joint_meeting=MEETINGS)
    day = snapshot_of(frames, tmp_path, date(2026, 10, 31))
    counts = {name: in_period(day, name).filter(id="I0701")["value"].item() for name in PERIODS}
    assert counts == {"since_meeting": 2, "month": 1, "year": 5, "twelve_months": 5}
    cutoff = snapshot_of(frames, tmp_path / "before", date(2026, 7, 31))
    assert in_period(cutoff, "since_meeting").filter(id="I0701")["value"].item() == 2


def test_a_day_without_the_period_has_its_stocks_and_no_flows(tmp_path):
    day = snapshot_of(registry(warning=RAISED), tmp_path, date(2026, 10, 31))
    ids = set(in_period(day, "since_meeting")["id"])
    assert {"I0101", "I0711", "I0601", "I1303"} <= ids
    assert not {"I0701", "I0723", "I0721"} & ids
