"""I0709, I0721 and I0722: medians and P90 with those that still wait."""

from datetime import date

from queries.answers.quantiles import quantiles

OCTOBER = date(2026, 10, 1)
COLUMNS = ("id", "numerator", "denominator", "quantile", "quantile_lower")


def test_median_and_p90_of_answers_and_the_median_until_routed(day):
    assert quantiles(day, "city", OCTOBER).select(COLUMNS).rows() == [
        ("I0721", 2, 4, 10.0, 4.0),
        ("I0722", 2, 4, None, 4.0),
        ("I0709", 1, 7, None, 3.0),
    ]


def test_departments_have_answers_alone_and_task_rows_have_neither(day):
    rows = quantiles(day, "department", OCTOBER)
    assert rows.select("id", "group").rows() == [("I0721", "housing"), ("I0722", "housing")]
    assert quantiles(day, "category", OCTOBER).is_empty()


def test_only_what_was_raised_or_sent_in_the_period_counts(day):
    # w2 was raised on the 16th.
    since = quantiles(day, "city", date(2026, 10, 16)).select("id", "denominator").rows()
    assert since == [("I0709", 2)]
