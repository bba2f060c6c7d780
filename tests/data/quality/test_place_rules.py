"""One city, its own counties, rows coded to regions that there are; else it is refused."""

import pytest

from drawing import REGIONS
from judged import refused, rules, spells


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


def mixed(rows, elsewhere):
    """So many spells in a township, and as many again as `elsewhere` says at other codes."""
    lines = spells(rows).splitlines()
    for code, times in elsewhere.items():
        more = spells(len(lines) - 1 + times, region_code=code).splitlines()
        lines += more[len(lines) :]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("elsewhere", "level"),
    [("621200", "县区"), ("", "县区"), ("621202", "乡镇")],
)
def test_a_level_with_under_half_of_the_level_above(elsewhere, level):
    assert rules(identification_spell=mixed(20, {elsewhere: 20})) == []
    [(rule, said)] = refused(identification_spell=mixed(20, {elsewhere: 21}))
    assert rule == "level_sum"
    assert f"行中，填到{level}的只有20行" in said
    assert f"{level}合计不足上一级的一半" in said


def test_what_is_coded_to_the_city_or_to_counties_alone_misses_no_level():
    assert rules(identification_spell=spells(region_code="621200")) == []
    assert rules(identification_spell=spells(region_code="621202")) == []
    assert rules(identification_spell=spells(region_code="621202001003")) == []


def test_a_region_table_without_counties():
    region = "region_code | region_level | region_name\n621200 | city | 陇南市"
    assert rules(region=region, identification_spell=spells()) == ["level_sum"]
