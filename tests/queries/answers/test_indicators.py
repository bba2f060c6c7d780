"""Every indicator, for any period and any group that makes sense."""

from datetime import date

from queries.answers.indicators import indicators


def figures(rows, indicator, *columns):
    return rows.filter(id=indicator).select(columns).rows()


def test_a_count_has_its_value_a_rate_its_parts_and_wilsons_limits(day):
    assert figures(indicators(day), "I0701", "value", "denominator", "status") == [(7, None, "ok")]
    (row,) = figures(indicators(day), "I0723", "numerator", "denominator", "value", "unit")
    assert row == (1, 2, 50.0, "%")


def test_month_to_date_unless_a_first_day_is_given(day):
    assert figures(indicators(day, since=date(2026, 10, 12)), "I0701", "value") == [(5,)]


def test_without_its_table_a_figure_is_unknown_not_0(day):
    assert figures(indicators(day), "I0104", "value", "status") == [(None, "no_data")]


def test_a_rate_of_nobody_is_undefined(day):
    early = indicators(day, "county").filter(group="621202")
    assert figures(early, "I0723", "value", "denominator", "status") == [(None, 0, "undefined")]


def test_a_median_that_is_not_reached_says_so(day):
    assert figures(indicators(day), "I0722", "value", "lower", "status") == [
        (None, 4.0, "not_reached")
    ]


def test_persons_are_narrowed_and_nothing_else(day):
    rural = indicators(day, residence="rural")
    assert figures(rural, "I0101", "value") == [(3,)]
    assert figures(rural, "I0701", "value") == [(7,)]
