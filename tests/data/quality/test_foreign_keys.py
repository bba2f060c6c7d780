"""References that lead nowhere: told, and the row counts."""

from data.quality import foreign_keys
from data.registry import contract
from judged import report


def test_references_that_lead_nowhere_count_as_they_stand():
    found = report(
        person="person_key\na",
        benefit_spell="""
            spell_id | person_key | programme_code | region_code
            1        | a          | P0801          | 621202001
            2        | nobody     | P9999          | 999999
            3        |            |                |
        """,
        referral="referral_id | to_dept | warning_id\nr | health | nothing\ns | nobody |",
    )
    assert found == {
        ("orphan_reference", "person_key"): (1, ("2",)),
        ("orphan_reference", "programme_code"): (1, ("2",)),
        ("orphan_reference", "region_code"): (1, ("2",)),
        ("orphan_reference", "to_dept"): (1, ("s",)),
        ("orphan_reference", "warning_id"): (1, ("r",)),
    }


def test_what_a_case_comes_from_is_looked_for_by_its_type():
    found = report(
        warning="warning_id\nx",
        referral="referral_id\ny",
        coordination_case="""
            case_id | source_type | source_id
            1       | warning     | x
            2       | referral    | x
            3       | referral    | y
            4       | appeal      | not connected, so not known
        """,
    )
    assert found == {("orphan_reference", "source_id"): (1, ("2",))}


def test_every_foreign_key_leads_somewhere():
    nowhere = [
        (name, column.name)
        for name, table in contract.TABLES.items()
        for column in table.columns
        if column.info["key"] == "FK" and not foreign_keys.target_of(name, column.name)
    ]
    assert nowhere == [("emergency_case", "programme_code"), ("service_record", "programme_code")]
