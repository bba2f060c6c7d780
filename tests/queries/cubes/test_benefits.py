"""Benefits that run and should not, households in dibao, medical aid: drawn."""

from datetime import date

from drawing import registry, snapshot_of
from queries.answers.bulletin import bulletin
from queries.answers.indicators import indicators

D = date(2026, 10, 31)


def values(snapshot, indicator, by="city", since=date(2026, 10, 1)):
    rows = indicators(snapshot, by, since).filter(id=indicator)
    return dict(rows.select("group", "value").rows())


def test_households_in_dibao_and_whoever_has_none_is_one(tmp_path):
    frames = registry(
        benefit_spell="""
            spell_id | person_key | household_key | programme_code | region_code | valid_from | valid_to
            b1       | a          | h1            | P0801          | 621202001   | 2024-02-01 |
            b2       | b          | h1            | P0801          | 621202001   | 2024-02-01 |
            b3       | c          | h1            | P0803          | 621221001   | 2024-02-01 |
            b4       | d          |               | P0804          | 621221001   | 2024-02-01 |
            b5       | e          | h2            | P0802          | 621221001   | 2024-02-01 |
            b6       | f          | h3            | P0801          | 621221001   | 2024-02-01 | 2026-10-31
        """
    )
    snapshot = snapshot_of(frames, tmp_path, D)
    assert values(snapshot, "I0806") == {"621200": 2}
    assert bulletin(snapshot).dibao_households == 2
    # h1 has spells in both counties.
    assert values(snapshot, "I0806", "county") == {"621202": 1, "621221": 2}


def test_paid_on_after_the_month_of_death(tmp_path):
    frames = registry(
        person="""
            person_key | death_date
            a          | 2026-09-30
            b          | 2026-10-01
            c          | 2026-03-01
            d          | 2026-03-01
        """,
        benefit_spell="""
            spell_id | person_key | programme_code | region_code | valid_from | valid_to
            b1       | a          | P0801          | 621202001   | 2024-02-01 |
            b2       | b          | P0801          | 621202001   | 2024-02-01 |
            b3       | c          | P0802          | 621221001   | 2024-02-01 | 2026-04-01
            b4       | d          | P1203          | 621221001   | 2024-02-01 |
        """,
    )
    snapshot = snapshot_of(frames, tmp_path, D)
    assert values(snapshot, "I0808", "county") == {"621202": 1, "621221": 0}


def test_two_basic_benefits_or_both_of_housing_are_one_too_many(tmp_path):
    frames = registry(
        benefit_spell="""
            spell_id | person_key | programme_code | region_code | valid_from
            b1       | basic      | P0801          | 621202001   | 2024-02-01
            b2       | basic      | P0802          | 621221001   | 2024-02-01
            b3       | same       | P0801          | 621202001   | 2024-02-01
            b4       | same       | P0801          | 621202001   | 2025-02-01
            b5       | housed     | P0931          | 621221001   | 2024-02-01
            b6       | housed     | P0932          | 621221001   | 2024-02-01
            b7       | two_rents  | P0932          | 621221001   | 2024-02-01
            b8       | two_rents  | P0932          | 621221001   | 2024-02-01
            b9       | apart      | P0801          | 621202001   | 2024-02-01
            b10      | apart      | P0931          | 621202001   | 2024-02-01
        """
    )
    snapshot = snapshot_of(frames, tmp_path, D)
    assert values(snapshot, "I0809") == {"621200": 3}
    assert values(snapshot, "I0809", "county") == {"621202": 2, "621221": 2}


def test_medical_aid_counts_each_time_by_programme(tmp_path):
    frames = registry(
        benefit_event="""
            event_id | person_key | programme_code | region_code | occurred_on
            e1       | a          | P0913          | 621202001   | 2026-10-01
            e2       | a          | P0913          | 621202001   | 2026-10-31
            e3       | a          | P0916          | 621202001   | 2026-10-31
            e4       | a          | P0914          | 621202001   | 2026-09-30
            e5       | a          | P0911          | 621202001   | 2026-10-02
        """
    )
    snapshot = snapshot_of(frames, tmp_path, D)
    assert values(snapshot, "I0905") == {"621200": 3}
    by_programme = {"P0913": 2, "P0914": 0, "P0915": 0, "P0916": 1}
    assert values(snapshot, "I0905", "programme") == by_programme


def test_monitoring_that_ended_because_the_risk_is_removed(tmp_path):
    frames = registry(
        identification_spell="""
            spell_id | person_key | category_code     | region_code | valid_from | valid_to   | end_reason
            s1       | a          | relapse_monitored | 621202001   | 2024-01-01 | 2026-10-01 | risk_removed
            s2       | b          | relapse_monitored | 621202001   | 2024-01-01 | 2026-10-31 | risk_removed
            s3       | b          | relapse_monitored | 621221001   | 2024-01-01 | 2026-10-20 | risk_removed
            s4       | c          | relapse_monitored | 621221001   | 2024-01-01 | 2026-10-20 | death
            s5       | d          | relapse_monitored | 621221001   | 2024-01-01 | 2026-09-30 | risk_removed
            s6       | e          | dibao             | 621221001   | 2024-01-01 | 2026-10-20 | risk_removed
        """
    )
    snapshot = snapshot_of(frames, tmp_path, D)
    assert values(snapshot, "I0109") == {"621200": 2}
    assert values(snapshot, "I0109", "county") == {"621202": 2, "621221": 1}
