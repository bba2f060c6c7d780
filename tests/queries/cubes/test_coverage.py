"""The definition, drawn: `docs/definitions.md`, “Eligible, covered, gap”."""

from datetime import date

from drawing import registry, snapshot_of
from queries.answers.coverage import coverage

D = date(2026, 10, 31)

PEOPLE = """
    spell_id | person_key | household_key | category_code | region_code | residence_type | valid_from | valid_to
    s1       | a          | h1            | dibao         | 621202001   | rural          | 2024-01-01 |
    s2       | b          | h1            | dibao         | 621202001   | rural          | 2024-01-01 |
    s3       | c          | h2            | dibao_margin  | 621221001   | urban          | 2025-01-01 |
    s4       | c          | h2            | dibao         | 621221001   | urban          | 2025-01-01 | 2026-10-31
    s5       | d          |               | tekun         | 621221001   | rural          | 2026-10-31 |
"""


def figures(snapshot, programme, by="city"):
    rows = coverage(snapshot, by).filter(programme_code=programme)
    return rows.drop("programme_code", "basis").rows()


def test_a_household_programme_covers_every_member_and_the_end_day_is_not_held(tmp_path):
    frames = registry(
        identification_spell=PEOPLE,
        benefit_spell="""
            spell_id | person_key | programme_code | valid_from | valid_to
            b1       | a          | P0801          | 2024-02-01 |
            b2       | d          | P0802          | 2026-10-31 | 2026-10-31
        """,
    )
    snapshot = snapshot_of(frames, tmp_path, D)
    # group, eligible, covered, covered_eligible, excluded, gap, beyond_rule, rate
    assert figures(snapshot, "P0801") == [("621200", 2, 2, 2, 0, 0, 0, 100.0)]
    assert figures(snapshot, "P0802", "county") == [
        ("621202", 0, 0, 0, 0, 0, 0, None),
        ("621221", 1, 0, 0, 0, 1, 0, 0.0),
    ]


def test_own_evidence_without_entitlement_is_beyond_rule(tmp_path):
    frames = registry(
        identification_spell=PEOPLE,
        benefit_spell="""
            spell_id | person_key | programme_code | valid_from
            b1       | c          | P0801          | 2024-02-01
        """,
    )
    assert figures(snapshot_of(frames, tmp_path, D), "P0801") == [("621200", 2, 1, 0, 0, 2, 1, 0.0)]


def test_a_rejection_excludes_for_twelve_months(tmp_path):
    frames = registry(
        identification_spell=PEOPLE,
        referral="""
            referral_id | person_key | programme_code | sent_at    | responded_at        | outcome_code
            r1          | a          | P0801          | 2025-10-01 | 2025-11-01 09:00:00 | declined
            r2          | b          | P0801          | 2025-10-01 | 2025-10-31 09:00:00 | declined
        """,
    )
    assert figures(snapshot_of(frames, tmp_path, D), "P0801") == [("621200", 2, 0, 0, 1, 1, 0, 0.0)]


def test_evidence_after_an_event_counts_from_the_latest_start(tmp_path):
    frames = registry(
        identification_spell=PEOPLE,
        circumstance_spell="""
            spell_id | person_key | circumstance_code    | attr1 | valid_from
            c1       | a          | rural_housing_unsafe | D     | 2026-03-01
            c2       | b          | rural_housing_unsafe | C     | 2026-05-01
        """,
        benefit_event="""
            event_id | person_key | programme_code | occurred_on
            e1       | a          | P0933          | 2026-04-01
        """,
    )
    # One household: a's renovation lies after a's own start, but before b's.
    assert figures(snapshot_of(frames, tmp_path, D), "P0933") == [
        ("621200", 2, 1, 1, 0, 1, 0, 50.0)
    ]


def test_without_the_table_that_a_rule_names_the_programme_is_unknown(tmp_path):
    snapshot = snapshot_of(registry(identification_spell=PEOPLE), tmp_path, D)
    unknown = ("621200", None, None, None, None, None, None, None)
    assert figures(snapshot, "P0951") == [unknown]
    assert figures(snapshot, "P1201") == [unknown]
