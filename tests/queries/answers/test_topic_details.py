"""Topics of the task pages, drawn: money and how often, monitored persons, who is insured."""

from dataclasses import replace
from datetime import date

import pytest

from drawing import registry, snapshot_of
from queries.access import access
from queries.answers.topic_details import details

D = date(2026, 10, 31)
JANUARY = date(2026, 1, 1)

SPELLS = """
    spell_id | person_key | category_code     | sub_code         | region_code | valid_from
    s1       | a          | relapse_monitored | unstable_escaped | 621202001   | 2024-01-01
    s2       | a          | dibao             | rural_class_1    | 621202001   | 2024-01-01
    s3       | b          | relapse_monitored | marginal_prone   | 621221001   | 2024-01-01
    s4       | c          | relapse_monitored |                  | 621221001   | 2024-01-01
    s5       | d          | tekun             | tekun_scattered  | 621221001   | 2024-01-01
"""

INSURED = """
    spell_id | person_key | circumstance_code  | valid_from
    c1       | a          | resident_insurance | 2024-01-01
    c2       | d          | resident_insurance | 2024-01-01
"""

EVENTS = """
    event_id | person_key | programme_code | region_code | occurred_on | period_code | amount
    e1       | a          | P0912          | 621202001   | 2026-02-01  | 2026        | 200
    e2       | d          | P0911          | 621221001   | 2025-02-01  | 2025        | 400
    e3       | a          | P0913          | 621202001   | 2026-03-05  |             | 1000
    e4       | a          | P0913          | 621202001   | 2026-03-09  |             | 3000
    e5       | d          | P0914          | 621221001   | 2026-04-01  |             | 50
    e6       | d          | P0914          | 621221001   | 2025-12-31  |             | 70
"""

CASES = """
    case_id | programme_code | cause_code | mode_code          | severity | incident_region | reported_at | first_aid_at | first_amount | total_amount
    k1      | P1001          | fire       | small_amount_first | minor    | 621202001       | 2026-05-01  | 2026-05-02   | 800          | 800
    k2      | P1001          | fire       | small_amount_first | minor    | 621202001       | 2026-05-01  | 2026-05-02   | 801          | 1200
    k3      | P1003          |            | normal             | minor    | 621221001       | 2026-05-01  | 2026-05-20   |              | 2500
    k4      | P1001          | fire       | small_amount_first | minor    | 621202001       | 2026-05-01  |              | 900          |
"""


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    frames = registry(
        identification_spell=SPELLS,
        circumstance_spell=INSURED,
        benefit_event=EVENTS,
        emergency_case=CASES,
    )
    return snapshot_of(frames, tmp_path_factory.mktemp("topics"), D)


def rows(snapshot, topic, by="part", region="", part=None):
    """group, met, whole, rate"""
    found = details(snapshot, topic, JANUARY, by, region, part)
    return found.select("group", "met", "whole", "rate").rows()


def test_monitored_persons_by_kind_and_those_in_dibao_or_tekun(snapshot):
    assert rows(snapshot, "monitored_kind") == [
        ("", 0, 1, 0.0),
        ("marginal_prone", 0, 1, 0.0),
        ("unstable_escaped", 1, 1, 100.0),
    ]
    assert rows(snapshot, "monitored_kind", "region", part="marginal_prone") == [
        ("621221", 0, 1, 0.0)
    ]


def test_who_is_insured_and_whose_premium_of_the_year_is_paid(snapshot):
    assert rows(snapshot, "insured") == [
        ("dibao", 1, 1, 100.0),
        ("relapse_monitored", 0, 2, 0.0),
        ("tekun", 1, 1, 100.0),
    ]
    assert rows(snapshot, "premium_paid") == [("dibao", 1, 1, 100.0), ("tekun", 0, 1, 0.0)]


def test_medical_aid_in_yuan_by_programme_month_and_county(snapshot):
    assert rows(snapshot, "medical_aid") == [("P0913", 4000, 2, 2000.0), ("P0914", 50, 1, 50.0)]
    march, april = date(2026, 3, 1), date(2026, 4, 1)
    assert rows(snapshot, "medical_aid", "month") == [
        (march, 4000, 2, 2000.0),
        (april, 50, 1, 50.0),
    ]
    assert rows(snapshot, "medical_aid", "region", part="P0914") == [("621221", 50, 1, 50.0)]


def test_temporary_aid_by_kind_and_cause_and_small_amounts_above_the_cap(snapshot):
    assert rows(snapshot, "temporary_aid") == [
        ("P1001", 2000, 2, 1000.0),
        ("P1003", 2500, 1, 2500.0),
    ]
    assert rows(snapshot, "aid_cause") == [("", 2500, 1, 2500.0), ("fire", 2000, 2, 1000.0)]
    # 800 yuan are allowed, and who has not been aided was given nothing yet.
    assert rows(snapshot, "small_amount", "region") == [("621202", 1, 2, 50.0)]


def test_in_the_open_edition_money_goes_with_the_count_that_is_shown(tmp_path):
    times = "\n".join(f"m{i} | a | P0913 | 621202001 | 2026-03-05 | | 100" for i in range(12))
    frames = registry(benefit_event=f"{EVENTS.strip()}\n{times}")
    opened = replace(snapshot_of(frames, tmp_path, D), access=access("partner"))
    by_county = details(opened, "medical_aid", JANUARY, "region")
    # 14 times for 5,200 yuan become 15; once is hidden, and so is its money.
    assert by_county.select("group", "met", "whole", "rate", "suppressed").rows() == [
        ("621202", pytest.approx(15 * 5200 / 14), 15, pytest.approx(5200 / 14), False),
        ("621221", None, None, None, True),
    ]
