"""Benefits that run and should not, and households in dibao: drawn."""

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
