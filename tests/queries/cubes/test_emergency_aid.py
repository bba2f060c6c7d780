"""Temporary aid, of emergencies and of expenditure, and who got nothing at all: drawn."""

from datetime import date

from drawing import registry, snapshot_of
from queries.answers.bulletin import bulletin
from queries.answers.indicators import indicators

D = date(2026, 10, 31)

CASES = """
    case_id | person_key | programme_code | incident_region | reported_at         | first_aid_at        | total_amount
    c1      | a          | P1001          | 621202001       | 2026-10-01 09:00:00 | 2026-10-02 09:00:00 | 500.00
    c2      | a          | P1003          | 621202001       | 2026-10-01 09:00:00 | 2026-10-20 09:00:00 | 2500.00
    c3      |            | P1002          | 621202001       | 2026-10-01 09:00:00 | 2026-10-01 10:00:00 | 90.00
    c4      | b          | P1001          | 621221001       | 2026-10-01 09:00:00 |                     |
    c5      | b          | P1003          | 621221001       | 2026-08-01 09:00:00 | 2026-09-30 09:00:00 | 700.00
"""

SPELLS = """
    spell_id | person_key | household_key | category_code | region_code | residence_type | valid_from
    s1       | a          | h1            | dibao         | 621202001   | rural          | 2024-01-01
    s2       | b          | h1            | dibao         | 621221001   | rural          | 2024-01-01
    s3       | c          | h2            | dibao_margin  | 621221001   | rural          | 2024-01-01
    s4       | d          |               | tekun         | 621221001   | rural          | 2024-01-01
"""


def rows(snapshot, indicator, by="city"):
    figures = indicators(snapshot, by, date(2026, 10, 1)).filter(id=indicator)
    return figures.select("group", "numerator", "denominator").rows()


def test_temporary_aid_is_of_both_kinds_and_apart_by_programme(tmp_path):
    snapshot = snapshot_of(registry(emergency_case=CASES), tmp_path, D)
    assert rows(snapshot, "I1005") == [("621200", 2, None)]
    assert rows(snapshot, "I1005", "programme") == [("P1001", 1, None), ("P1003", 1, None)]
    assert rows(snapshot, "I1004") == [("621200", 3000.0, 2)]
    assert rows(snapshot, "I1004", "programme") == [("P1001", 500.0, 1), ("P1003", 2500.0, 1)]
    aid = bulletin(snapshot)
    assert (aid.aid_cases, aid.aid_mean) == (3, 3700 / 3)


def test_emergency_aid_and_services_are_aid(tmp_path):
    tables = {
        "identification_spell": SPELLS,
        "emergency_case": CASES,
        "benefit_event": "event_id | person_key | programme_code | occurred_on\ne | c | P0912 | 2025-10-31",
        "service_record": "service_id | person_key | programme_code | served_on\ns | d | P1101 | 2025-11-01",
    }
    # a and b were aided in an emergency, d visited; c was given something a day too long ago.
    snapshot = snapshot_of(registry(**tables), tmp_path / "all", D)
    assert rows(snapshot, "I0403", "county") == [("621202", 0, None), ("621221", 1, None)]
    del tables["service_record"]
    without = indicators(snapshot_of(registry(**tables), tmp_path / "less", D)).filter(id="I0403")
    assert without["status"].to_list() == ["no_data"]


def test_a_household_counts_once_where_its_head_lives(tmp_path):
    snapshot = snapshot_of(registry(identification_spell=SPELLS), tmp_path, D)
    assert rows(snapshot, "I0108", "county") == [("621202", 1, None), ("621221", 2, None)]
    by_category = {group: n for group, n, _ in rows(snapshot, "I0108", "category") if n}
    assert by_category == {"tekun": 1, "dibao": 1, "dibao_margin": 1}
