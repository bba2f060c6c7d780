"""Rows that lack what decides whether or where they count are told."""

from judged import unfilled


def test_what_is_not_filled_is_told():
    found = unfilled(
        person="person_key | birth_month\na |\nb | 1980-01-01",
        identification_spell="""
            spell_id | person_key | category_code | region_code | valid_from
            no_day   | b          | dibao         | 621202001   |
            nobody   |            | dibao         | 621202001   | 2026-01-01
            nowhere  | b          | tekun         |             | 2026-01-01
            city     | b          | dibao_margin  | 621200      | 2026-01-01
            whole    | b          | other         | 621202001   | 2026-01-01
        """,
    )
    assert found == {
        ("no_value", "birth_month"): (1, ("a",)),
        ("no_value", "valid_from"): (1, ("no_day",)),
        ("no_value", "person_key"): (1, ("nobody",)),
        ("no_value", "region_code"): (1, ("nowhere",)),
        ("no_county", "region_code"): (1, ("city",)),
    }
