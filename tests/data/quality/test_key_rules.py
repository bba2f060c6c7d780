"""Keys of two tables that never meet, and one that everybody has, are refused."""

from judged import drawn, refused, rules, spells


def test_one_household_or_one_person_of_everybody():
    assert rules(identification_spell=spells(30, household_key="99")) == []
    [(rule, said)] = refused(identification_spell=spells(31, household_key="99"))
    assert (rule, "31行（占31行的100.0%）是同一个家庭键" in said) == ("one_key", True)
    assert rules(identification_spell=spells(31, person_key="p0")) == ["one_key"]


def test_persons_of_whom_hardly_one_is_known():
    assert rules(identification_spell=spells(9, person_key="P{i}")) == []
    [(rule, said)] = refused(identification_spell=spells(person_key="P{i}"))
    assert rule == "unknown_persons"
    assert "已填20行，其中20行（100.0%）在人员表（person）中没有" in said
    benefits = {"spell_id": "b{i}", "person_key": "0{i}", "programme_code": "P0801"}
    benefits |= {"region_code": "621202001", "valid_from": "2026-01-01"}
    assert rules(benefit_spell=drawn(benefits, 20)) == ["unknown_persons"]
    of_known = drawn(benefits | {"person_key": "p{i}"}, 20)
    assert rules(benefit_spell=of_known) == []
