"""What is refused, the first time too, because no city looks like it."""

import pytest

from data.quality.loading import load_frames
from data.quality.plausible import implausible
from drawing import REGIONS, registry


def refused(**tables):
    """The rules that refuse a registry with these tables, and what they say in Chinese."""
    return [(each.rule, each.text_zh) for each in implausible(load_frames(registry(**tables)))]


def rules(**tables):
    return [rule for rule, _ in refused(**tables)]


def spells(rows=20, **columns):
    """Spells of as many persons; a column is a text for all, or one made of the row's number."""
    usual = {
        "spell_id": "s{i}",
        "person_key": "p{i}",
        "household_key": "h{i}",
        "category_code": "dibao",
        "region_code": "621202001",
        "valid_from": "2026-01-01",
    }
    return drawn(usual | columns, rows)


def drawn(columns, rows):
    lines = [" | ".join(text.format(i=i) for text in columns.values()) for i in range(rows)]
    return "\n".join([" | ".join(columns), *lines])


def test_a_sound_registry_and_an_empty_one_are_published():
    assert rules(identification_spell=spells()) == []
    assert rules() == []
    assert rules(region="region_code") == []


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


@pytest.mark.parametrize(
    "top",
    [
        "",
        "621200 | city | 陇南",
        "330100 | city | 杭州市",
        "621200 | city | 陇南市\n620000 | city | 甘肃省",
        "621200 | county | 陇南市",
    ],
)
def test_one_row_at_the_top_and_it_is_the_citys(top):
    region = f"region_code | region_level | region_name\n621202 | county | 武都区\n{top}".strip()
    assert rules(region=region) == ["top_region"]


def test_counties_of_another_place():
    region = f"{REGIONS.strip()}\n330106 | 330100 | county | 西湖区 | 9"
    [(rule, said)] = refused(region=region)
    assert rule == "other_place"
    assert "3个县区中有1个（33.3%）不属于陇南市：330106 西湖区" in said


def test_rows_coded_to_a_level_of_which_most_belong_to_no_region():
    [(rule, said)] = refused(identification_spell=spells(region_code="621299001"))
    assert rule == "level_sum"
    assert "20行填到县区，其中20行（100.0%）" in said
    assert "621299（20）" in said
    [(rule, said)] = refused(identification_spell=spells(region_code="621202099"))
    assert (rule, "填到乡镇" in said) == ("level_sum", True)
    half = "\n".join([spells(10), *spells(20, region_code="621299001").splitlines()[11:]])
    assert rules(identification_spell=half) == []


def test_what_is_coded_to_the_city_or_to_counties_alone_misses_no_level():
    assert rules(identification_spell=spells(region_code="621200")) == []
    assert rules(identification_spell=spells(region_code="621202")) == []
    assert rules(identification_spell=spells(region_code="621202001003")) == []


def test_a_region_table_without_counties():
    region = "region_code | region_level | region_name\n621200 | city | 陇南市"
    assert rules(region=region, identification_spell=spells()) == ["level_sum"]


REFERRALS = {
    "referral_id": "r{i}",
    "to_dept": "health",
    "region_code": "621202001",
    "sent_at": "2026-01-05",
    "accepted_at": "2026-01-06",
}


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
