"""Medical aid, and monitoring that ended: drawn."""

from datetime import date

from drawing import registry, snapshot_of
from queries.answers.indicators import indicators

D = date(2026, 10, 31)


def values(snapshot, indicator, by="city", since=date(2026, 10, 1)):
    rows = indicators(snapshot, by, since).filter(id=indicator)
    return dict(rows.select("group", "value").rows())


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
