"""一户一链: of households entitled to several programmes, which link is missing."""

from datetime import date

import pytest

from drawing import registry, snapshot_of

#: h1: somebody of dibao, paid, and somebody of tekun, unpaid; h2: one of tekun, paid.
SPELLS = """
    spell_id | person_key | household_key | category_code | region_code | valid_from
    s1       | a          | h1            | dibao         | 621202001   | 2024-01-01
    s2       | b          | h1            | tekun         | 621202001   | 2024-01-01
    s3       | c          | h2            | tekun         | 621221001   | 2024-01-01
"""

PAID = """
    spell_id | person_key | programme_code | valid_from
    b1       | a          | P0801          | 2024-01-01
    b2       | c          | P0802          | 2024-01-01
"""


@pytest.fixture(scope="module")
def chain(tmp_path_factory):
    frames = registry(identification_spell=SPELLS, benefit_spell=PAID)
    stored = snapshot_of(frames, tmp_path_factory.mktemp("chain"), date(2026, 10, 31))
    return stored.cube("chain.city")


def test_a_household_is_entitled_to_what_some_member_is_and_misses_any_link_that_is(chain):
    columns = ("links", "programme", "households", "missing")
    assert sorted(chain.select(columns).rows()) == [
        (1, "", 1, 0),
        (1, "P0802", 1, 0),
        (2, "", 1, 1),
        (2, "P0801", 1, 0),
        (2, "P0802", 1, 1),
    ]
