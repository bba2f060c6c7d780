"""The ranking, drawn: `docs/definitions.md`, “What needs attention”."""

from datetime import date
from pathlib import Path

import pytest

from counted_days import stored
from queries.access import AccessError, access
from queries.answers.attention import attention
from queries.scope import month_ends, open_snapshot

D = date(2026, 10, 31)

ENDS = [date(2026, month, day) for month, day in ((5, 31), (6, 30), (7, 31), (8, 31), (9, 30))]


def ranking(folder: Path, *columns: str, region: str = "", day: date = D, **role: str):
    allowed = access(role.pop("role", "office"), **role)
    snapshot = open_snapshot(folder, day, access=allowed)
    rows = attention(snapshot, month_ends(snapshot), region)
    return rows.select("rank", "unit", "measure", *columns).rows()


def test_a_unit_has_one_entry_and_the_largest_score_ranks_it(tmp_path):
    stored(
        tmp_path,
        D,
        """
        621200 unrouted 60 200
        621200 I0104    32 100
        621200 settled  40 100
        621202 unrouted 20 60
        621202 I0104    30 50
        621221 unrouted 40 80
        621221 settled  38 60
        """,
    )
    # Excess 20 − 60 × 40/140 = 2.86 is no five; 30 − 50 × 2/50 = 28; 40 − 80 × 20/120 = 26.67;
    # 38 − 60 × 2/40 = 35.
    assert ranking(tmp_path, "excess", "score") == [
        (1, "621221", "settled", 35, 35),
        (1, "621221", "unrouted", pytest.approx(26.67, abs=0.01), pytest.approx(26.67, abs=0.01)),
        (2, "621202", "I0104", 28, 28),
    ]


def test_equal_scores_stand_in_official_order(tmp_path):
    stored(
        tmp_path,
        D,
        """
        621200 I0104   30 200
        621200 settled 30 200
        621221 I0104   30 50
        621202 settled 30 50
        """,
    )
    assert ranking(tmp_path) == [(1, "621202", "settled"), (2, "621221", "I0104")]


CHANGING = """
    621200 settled {city} 200
    621202 settled {own}  50
"""


def test_the_score_is_the_excess_by_how_much_the_city_usually_changes(tmp_path):
    months = [*zip(ENDS, (50, 52, 58, 62, 90), strict=True), (D, 60)]
    for day, bad in months:
        stored(tmp_path, day, CHANGING.format(city=bad, own=40))
    # Five changes: 2, 6, 4, 28, 30; the middle one is 6. Excess 40 − 50 × 20/150 = 33.33.
    assert ranking(tmp_path, "score") == [(1, "621202", "settled", pytest.approx(33.33 / 6, 1e-3))]
    # On 30 September five month-ends are there: the score is the excess, 40 − 50 × 50/150.
    expected = [(1, "621202", "settled", pytest.approx(23.33, 1e-3))]
    assert ranking(tmp_path, "score", day=ENDS[-1]) == expected


def test_since_is_the_first_month_end_of_the_unbroken_run(tmp_path):
    for day, own in [*zip(ENDS, (40, 40, 5, 40, 40), strict=True), (date(2026, 10, 15), 40)]:
        stored(tmp_path, day, CHANGING.format(city=50, own=own))
    middle = date(2026, 10, 15)
    assert ranking(tmp_path, "since", day=middle) == [(1, "621202", "settled", ENDS[3])]
    # In July it was none: what begins in the middle of a month has no month-end yet.
    stored(tmp_path, date(2026, 8, 15), CHANGING.format(city=50, own=40))
    assert ranking(tmp_path, "since", day=date(2026, 8, 15)) == [(1, "621202", "settled", None)]


LATE = """
    621200 I0724  60 200
    621200 routed 60 200
    621202 I0724  40 60
    621202 routed 40 60
    621221 I0724  20 140
"""


def test_a_county_stands_in_the_entry_of_the_department_that_most_of_its_cases_are_with(tmp_path):
    departments = """
        housing   621202 I0724 30 40
        housing   621221 I0724 10 20
        education 621202 I0724 10 20
        education 621221 I0724 10 120
    """
    stored(tmp_path, D, LATE, departments)
    # 30 of the county's 40: what waits for an answer (routed) is late with the same referrals.
    assert ranking(tmp_path, "by", "entry") == [
        (1, "621202", "routed", "county", "housing"),
        (1, "621202", "I0724", "county", "housing"),
        (1, "housing", "I0724", "department", "housing"),
    ]


def test_half_of_a_countys_cases_are_not_the_same_cases(tmp_path):
    departments = """
        housing   621202 I0724 20 20
        housing   621221 I0724 20 30
        education 621202 I0724 20 40
        education 621221 I0724 0  110
    """
    stored(tmp_path, D, LATE, departments)
    assert {row[-1] for row in ranking(tmp_path, "entry")} == {"housing", "621202"}


def test_a_missed_target_without_a_candidate_is_the_citys_and_names_the_largest(tmp_path):
    stored(
        tmp_path,
        D,
        """
        621200 unrouted 12 120
        621200 I0104    5  100
        621200 P0911    10 100
        621200 applied  50 100
        621202 unrouted 5  60
        621221 unrouted 7  60
        621221 P0911    4  40
        621202 P0911    6  60
        """,
    )
    # I0104 is at its target, 95; `applied` has none; I0708 should be 0, I0891 of a programme 95.
    assert ranking(tmp_path, "by", "rate", "score", "named") == [
        (1, "621200", "unrouted", "city", 10, None, "621221|621202"),
        (2, "621200", "P0911", "city", 10, None, "621202|621221"),
    ]
    # A county's own edition has its townships alone.
    assert ranking(tmp_path, region="621202") == []


def test_at_most_seven_entries(tmp_path):
    regions = "621200 {m} 90 200\n621202 {m} 50 60"
    targets = ("I0104", "I0203", "I0301", "I0502", "I0723", "I0724", "I1001", "I1302", "P0911")
    city = "\n".join(f"621200 {m} 90 200" for m in targets)
    stored(tmp_path, D, f"{regions.format(m='settled')}\n{city}")
    found = ranking(tmp_path, "by")
    assert [row[0] for row in found] == [1, 2, 3, 4, 5, 6, 7]
    assert [row[3] for row in found] == ["county", *["city"] * 6]


def test_each_role_sees_its_own(tmp_path):
    regions = """
        621200    settled 90 200
        621200    I0724   30 100
        621202    settled 60 80
        621202001 settled 50 60
        621202002 settled 10 20
        621221001 settled 30 40
    """
    departments = """
        housing   621202 I0724 20 30
        education 621202 I0724 10 70
    """
    stored(tmp_path, D, regions, departments)
    in_county = [(1, "621202001", "settled")]
    assert ranking(tmp_path, role="county", county="621202") == in_county
    assert ranking(tmp_path, region="621202") == in_county
    # Asked for another county it answers for its own.
    assert ranking(tmp_path, region="621221", role="county", county="621202") == in_county
    housing = [(1, "housing", "I0724")]
    assert ranking(tmp_path, role="department", department="housing") == housing
    assert ranking(tmp_path, role="department", department="education") == []
    with pytest.raises(AccessError):
        ranking(tmp_path, role="township", township="621202001")
