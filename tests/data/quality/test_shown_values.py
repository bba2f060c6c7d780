"""What may be shown of values that do not belong: codes and forms, never what is personal."""

import pytest

from data.quality.shown_values import HIDDEN, counted, sample, shown
from drawing import draw


@pytest.mark.parametrize(
    "value",
    [
        "622621198503121234",
        "62262119850312123X",
        "622621 19850312 1234",
        "622621850312123",
        "13893901234",
        "138-9390-1234",
        "+8613893901234",
        "6217001234567890123",
        "王小明",
        "张 三",
        "甘肃省陇南市武都区城关镇东江新区滨江大道一百二十号院三单元",
    ],
)
def test_numbers_names_and_addresses_are_hidden(value):
    assert shown(value) == HIDDEN


@pytest.mark.parametrize(
    "value",
    [
        "低保对象",
        "特困",
        "男",
        "1",
        "low_income",
        "26-03-02",
        "2026-13-45",
        "20260302",
        "6212020010",
    ],
)
def test_codes_days_and_regions_are_shown(value):
    assert shown(value) == value


def test_a_code_that_looks_like_a_name_is_shown_where_many_rows_have_it():
    assert (shown("高龄", 9), shown("高龄", 10)) == (HIDDEN, "高龄")


def test_of_the_days_of_persons_the_form_alone():
    assert sample("birth_month", ["1985.03.12", "1990.11.02", "不详"]) == ("9999.99.99", "不详")
    assert sample("occurred_on", ["1985.03.12"]) == ("1985.03.12",)


def test_five_codes_with_their_rows_the_most_frequent_first():
    people = draw(
        "person", "person_key | sex\n1 | 男\n2 | 男\n3 | 女\n4 | M\n5 | F\n6 | x\n7 | y\n8 |"
    )
    codes = counted("sex", people.lazy())
    assert codes == ("男（2）", "F（1）", "M（1）", "x（1）", "y（1）", "…")
