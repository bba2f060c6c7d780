"""Lost rows, empty tables and columns, unknown codes: what no city looks like is refused."""

from judged import REFERRALS, drawn, refused, rules, spells


def people(rows, strange):
    usual = {"person_key": "p{i}", "sex": "male", "birth_month": "1980-01-01"}
    return drawn(usual, rows - strange) + "".join(
        f"\nq{i} | 男 | 1980-01-01" for i in range(strange)
    )


def test_a_required_table_that_loses_more_than_a_tenth():
    assert rules(person=people(90, 9)) == []
    [(rule, said)] = refused(person=people(90, 10))
    assert rule == "lost_rows"
    assert "读入90行，剔除10行（11.1%），超过十分之一" in said
    assert "sex代码不在清单内10行（男（10））" in said


def test_of_a_small_table_ten_rows_or_half():
    assert rules(person=people(10, 5)) == []
    assert rules(person=people(10, 6)) == ["lost_rows"]
    assert rules(person=people(20, 10)) == ["lost_rows"]


def test_an_optional_table_may_lose_rows():
    assert rules(appeal="appeal_id | channel\na | 电话\nb | 电话") == []


def test_an_optional_table_that_loses_half_is_not_connected_and_no_0():
    [(rule, said)] = refused(appeal=drawn({"appeal_id": "a{i}", "channel": "网格员"}, 10))
    assert rule == "lost_rows"
    assert (
        "读入10行，剔除10行（100.0%），超过一半。channel代码不在清单内10行（网格员（10））" in said
    )


def test_a_column_that_decides_what_counts_and_is_empty():
    [(rule, said)] = refused(identification_spell=spells(person_key=""))
    assert (rule, "person_key在20行中有20行（100.0%）为空" in said) == ("empty_column", True)
    assert rules(identification_spell=spells(9, person_key="")) == []
    # Of a hundred rows ten may lack their category, and no more.
    lacking = [spells(99).replace("dibao", "", n) for n in (9, 10)]
    assert [rules(identification_spell=each) for each in lacking] == [[], ["empty_column"]]


def test_a_column_that_places_a_row_may_be_empty_but_not_in_all():
    sent = drawn(REFERRALS | {"to_dept": ""}, 20)
    assert rules(referral=sent) == ["empty_column"]
    assert rules(referral=sent + "\nz | health | 621202001 | 2026-01-05 | 2026-01-06") == []


def test_a_table_without_rows_beside_full_ones():
    persons = drawn({"person_key": "p{i}", "birth_month": "1980-01-01"}, 100)
    refusals = refused(person=persons)
    assert [rule for rule, _ in refusals] == ["empty_table"] * 3
    assert "认定时段（identification_spell）没有一行（0%）" in refusals[0][1]


def test_departments_or_programmes_without_a_name():
    [(rule, said)] = refused(referral=drawn(REFERRALS | {"to_dept": "卫健局"}, 20))
    assert rule == "unknown_names"
    assert "20行（100.0%）不是已知的部门代码（卫健局（20））" in said
    benefits = {"spell_id": "b{i}", "person_key": "p{i}", "programme_code": "DB01"}
    benefits |= {"region_code": "621202001", "valid_from": "2026-01-01"}
    assert rules(benefit_spell=drawn(benefits, 20)) == ["unknown_names"]
    assert rules(referral=drawn(REFERRALS | {"to_dept": ""}, 20)) == ["empty_column"]
