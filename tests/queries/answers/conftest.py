"""One small registry that the answers are asked about; each test reads its few rows."""

from datetime import date

import pytest

from drawing import registry, snapshot_of

#: 31 October is a Saturday; working days back from it: 30 (1st), 29, 28, 27, 26, 23, 22, 21, 20.
D = date(2026, 10, 31)

#: Unverified within 9 working days; unverified beyond them; to be routed since 27 October, overdue
#: after 2; one of county 621221; one on its way; one that ends a benefit; one closed.
WARNINGS = """
    warning_id | direction | kind_code    | source_channel | programme_code | region_code | verify_result      | raised_at           | verified_at         | closed_at           | outcome_code
    w1         | entry     | medical_cost | data_match     |                | 621202001   |                    | 2026-10-20 09:00:00 |                     |                     |
    w2         | entry     | medical_cost | data_match     |                | 621202001   |                    | 2026-10-16 09:00:00 |                     |                     |
    w3         | entry     | medical_cost | data_match     | P0933          | 621202002   | true_need          | 2026-10-12 09:00:00 | 2026-10-27 09:00:00 |                     |
    w4         | entry     | income_drop  | appeal         | P0933          | 621221001   | true_need          | 2026-10-12 09:00:00 | 2026-10-29 09:00:00 |                     |
    w5         | entry     | income_drop  | appeal         | P0933          | 621221001   | true_need          | 2026-10-08 09:00:00 | 2026-10-12 09:00:00 |                     |
    w6         | exit      | death        | data_match     | P0801          | 621202001   | no_longer_eligible | 2026-10-12 09:00:00 | 2026-10-27 09:00:00 |                     |
    w7         | entry     | income_drop  | appeal         |                | 621221001   | data_error         | 2026-10-08 09:00:00 | 2026-10-12 09:00:00 | 2026-10-30 09:00:00 | no_action
"""

#: To housing: open, answered after 4, 10 and 20 working days, sent back; to health: open beyond 20.
#: The two of 28 September are due on 30 October.
REFERRALS = """
    referral_id | warning_id | to_dept | programme_code | region_code | sent_at             | responded_at        | returned_at         | return_reason
    r1          | w5         | housing |                | 621221001   | 2026-10-12 09:00:00 |                     |                     |
    r2          |            | housing |                | 621202001   | 2026-10-12 09:00:00 | 2026-10-16 09:00:00 |                     |
    r3          |            | housing |                | 621202001   | 2026-10-12 09:00:00 | 2026-10-26 09:00:00 |                     |
    r4          |            | housing |                | 621221001   | 2026-09-28 09:00:00 | 2026-10-30 09:00:00 |                     |
    r5          |            | housing |                | 621202001   | 2026-10-12 09:00:00 |                     | 2026-10-14 09:00:00 | not_my_duty
    r6          |            | health  |                | 621221001   | 2026-09-28 09:00:00 |                     |                     |
"""

#: Two households in dibao, of a town and of a village; one person in care at home, one in a home.
SPELLS = """
    spell_id | person_key | household_key | category_code | sub_code        | region_code | residence_type | valid_from
    s1       | a          | h1            | dibao         |                   | 621202001   | urban     | 2026-01-01
    s2       | b          | h1            | dibao         |                   | 621202001   | urban     | 2026-01-01
    s3       | c          | h2            | dibao         | rural_class_1     | 621221001   | rural     | 2026-01-01
    s4       | d          | h3            | tekun         | tekun_scattered   | 621221001   | rural     | 2026-01-01
    s5       | e          | h4            | tekun         | tekun_central     | 621202001   | rural     | 2026-01-01
"""

BENEFITS = """
    spell_id | person_key | household_key | programme_code | region_code | valid_from | monthly_amount
    b1       | a          | h1            | P0801          | 621202001   | 2026-01-21 | 700
    b2       | b          | h1            | P0801          | 621202001   | 2026-01-21 | 500
    b3       | d          | h3            | P0802          | 621221001   | 2026-01-31 | 900
"""

CASES = """
    case_id | programme_code | incident_region | reported_at | first_aid_at | total_amount
    k1      | P1001          | 621202001       | 2026-05-01  | 2026-05-02   | 800
    k2      | P1001          | 621221001       | 2026-01-01  | 2026-01-02   | 1200
    k3      | P1001          | 621221001       | 2025-12-31  | 2025-12-31   | 9000
"""


@pytest.fixture(scope="package")
def day(tmp_path_factory):
    """The snapshot of D."""
    tables = registry(
        warning=WARNINGS,
        referral=REFERRALS,
        identification_spell=SPELLS,
        benefit_spell=BENEFITS,
        emergency_case=CASES,
    )
    return snapshot_of(tables, tmp_path_factory.mktemp("answers"), D)
