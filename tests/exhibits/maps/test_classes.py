"""The legend of a map: classes that share no ends."""

from exhibits.maps.classes import breaks, known_values, legend_of_quantiles, of_quantiles
from queries.catalogue import catalogue

RATE, COUNT = catalogue()["I0891"], catalogue()["I0708"]


def test_each_class_goes_from_its_least_to_its_largest_value():
    values = [95.46, 95.72, 95.92, 97.23, 97.31, 97.71, 97.98, 98.7, 99.01]
    assert legend_of_quantiles(RATE, breaks(values), values, set()) == (
        ("95.46–95.72%", "q1"),
        ("95.92–97.23%", "q2"),
        ("97.31–97.71%", "q3"),
        ("97.98–98.70%", "q4"),
        ("99.01%", "q5"),
    )


def test_equal_values_are_one_class_and_the_unknown_stand_last():
    assert legend_of_quantiles(COUNT, breaks([3, 3, 3]), [3, 3, 3], {"q1", "hidden"}) == (
        ("3条", "q1"),
        ("叉纹：* 不予显示", "hidden"),
    )


def test_without_a_value_there_is_no_class():
    assert legend_of_quantiles(RATE, breaks([]), [], {"none"}) == (
        ("斜纹：数据源未接入或无此类事项", "none"),
    )


def test_what_looks_the_same_is_in_one_class():
    cases = {"status": "ok", "denominator": 900}
    rows = [cases | {"value": value} for value in (95.461, 95.464, 97.1)]
    values = known_values(RATE, rows)
    assert values == [95.46, 95.46, 97.1]
    assert of_quantiles(RATE, rows, breaks(values)) == ["q1", "q1", "q5"]
