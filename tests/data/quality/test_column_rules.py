"""Lost rows, empty columns, unknown codes, one state, one key: what no city looks like is refused."""

from judged import REFERRALS, drawn, refused, rules, spells


def people(rows, strange):
    return drawn({"person_key": "p{i}", "sex": "male"}, rows - strange) + "".join(
        f"\nq{i} | 男" for i in range(strange)
    )


def test_a_required_table_that_loses_more_than_a_tenth():
    assert rules(person=people(100, 10)) == []
    [(rule, said)] = refused(person=people(100, 11))
    assert rule == "lost_rows"
    assert "读入100行，剔除11行（11.0%），超过十分之一" in said
    assert "sex代码不在清单内11行（男（11））" in said


def test_of_a_small_table_ten_rows_or_half():
    assert rules(person=people(10, 5)) == []
    assert rules(person=people(10, 6)) == ["lost_rows"]
    assert rules(person=people(20, 10)) == ["lost_rows"]


def test_an_optional_table_may_lose_rows():
    assert rules(appeal="appeal_id | channel\na | 电话\nb | 电话") == []


def test_a_column_that_decides_what_counts_and_is_empty():
    [(rule, said)] = refused(identification_spell=spells(person_key=""))
    assert (rule, "person_key在全部20行（100%）中为空" in said) == ("empty_column", True)
    assert rules(identification_spell=spells(9, person_key="")) == []


def test_departments_or_programmes_without_a_name():
    [(rule, said)] = refused(referral=drawn(REFERRALS | {"to_dept": "卫健局"}, 20))
    assert rule == "unknown_names"
    assert "20行（100.0%）不是已知的部门代码（卫健局（20））" in said
    benefits = {"spell_id": "b{i}", "person_key": "p{i}", "programme_code": "DB01"}
    benefits |= {"region_code": "621202001", "valid_from": "2026-01-01"}
    assert rules(benefit_spell=drawn(benefits, 20)) == ["unknown_names"]
    assert rules(referral=drawn(REFERRALS | {"to_dept": ""}, 20)) == ["empty_column"]


def test_many_rows_of_one_state():
    assert rules(referral=drawn(REFERRALS, 100)) == []
    assert rules(referral=drawn(REFERRALS | {"accepted_at": ""}, 99)) == []
    assert rules(referral=drawn(REFERRALS | {"accepted_at": ""}, 100)) == ["one_state"]
    constant = REFERRALS | {"outcome_code": "assisted"}
    [(rule, said)] = refused(referral=drawn(constant, 100))
    assert (rule, "状态全部相同：assisted" in said) == ("one_state", True)


def test_one_household_or_one_person_of_everybody():
    assert rules(identification_spell=spells(30, household_key="99")) == []
    [(rule, said)] = refused(identification_spell=spells(31, household_key="99"))
    assert (rule, "31行（占31行的100.0%）是同一个家庭键" in said) == ("one_key", True)
    assert rules(identification_spell=spells(31, person_key="x")) == ["one_key"]
