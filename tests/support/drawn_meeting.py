"""A registry drawn for what meetings read: three days of it, the last meeting's and a year before."""

from datetime import date
from pathlib import Path

from drawing import registry, snapshot_of
from queries.store.snapshot import Snapshot

D, CUTOFF, A_YEAR_BEFORE = date(2026, 10, 31), date(2026, 7, 31), date(2025, 10, 31)

TABLES = {
    "identification_spell": """
        spell_id | person_key | household_key | category_code | sub_code        | region_code | residence_type | valid_from
        s1       | a          | h1            | dibao         |                 | 621202001   | rural          | 2024-01-01
        s2       | b          | h1            | dibao         |                 | 621202001   | rural          | 2024-01-01
        s3       | c          | h2            | dibao         |                 | 621221001   | urban          | 2026-09-01
        s4       | d          | h3            | tekun         | tekun_scattered | 621221001   | rural          | 2026-01-01
        s5       | e          | h4            | tekun         | tekun_central   | 621221001   | rural          | 2024-01-01
    """,
    "benefit_spell": """
        spell_id | person_key | household_key | programme_code | region_code | monthly_amount | valid_from
        b1       | a          | h1            | P0801          | 621202001   | 300.00         | 2024-02-01
        b2       | b          | h1            | P0801          | 621202001   | 320.00         | 2024-02-01
        b3       | c          | h2            | P0801          | 621221001   | 480.00         | 2026-10-01
    """,
    "emergency_case": """
        case_id | person_key | programme_code | incident_region | reported_at         | first_aid_at        | total_amount
        c1      | a          | P1001          | 621202001       | 2026-10-01 09:00:00 | 2026-10-01 15:00:00 | 500.00
        c2      | a          | P1003          | 621202001       | 2026-05-01 09:00:00 | 2026-05-02 09:00:00 | 1500.00
        c3      | b          | P1001          | 621202001       | 2025-05-01 09:00:00 | 2025-05-01 10:00:00 | 800.00
    """,
    "referral": """
        referral_id | person_key | programme_code | region_code | to_dept   | sent_at             | responded_at
        R00000001   | a          | P0931          | 621202001   | housing   | 2026-06-01 09:00:00 |
        R00000002   | b          | P0931          | 621202002   | housing   | 2026-10-30 09:00:00 |
        R00000003   | c          |                | 621221001   | housing   | 2026-08-03 09:00:00 |
        R00000004   | c          |                | 621221001   | education | 2026-09-01 09:00:00 | 2026-09-10 09:00:00
    """,
    "joint_meeting": """
        meeting_id | meeting_name        | held_on    | data_cutoff_on
        m1         | 2026年第2次专题会议 | 2026-08-18 | 2026-07-31
    """,
    "meeting_item": """
        item_id | meeting_id | list_type | item_name          | indicator_id | lead_dept          | region_code | due_on     | done_on
        i1      | m1         | problem   | 低保对象动态核查   | I0101        | county_governments | 621202      | 2026-10-17 |
        i2      | m1         | task      | 住房部门逾期件清理 | I0724        | housing            |             | 2026-10-20 |
        i3      | m1         | task      | 新学年学生资助认定 |              | education          |             | 2026-11-16 | 2026-10-09
        i4      | m1         | task      |                    |              |                    |             |            |
    """,
}


def drawn(folder: Path) -> Snapshot:
    """The newest of the three days; no other is stored."""
    frames = registry(**TABLES)
    days = [snapshot_of(frames, folder, day) for day in (A_YEAR_BEFORE, CUTOFF, D)]
    return days[-1]
