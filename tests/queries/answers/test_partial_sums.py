"""Sums over programmes without some of them."""

from queries.answers.partial_sums import sums_without


def figures(day, indicator, without, by="city", **narrowed):
    rows = sums_without(day, indicator, by, "", tuple(narrowed.items()), without)
    return rows.select("group", "numerator", "denominator").rows()


def test_a_rate_is_of_the_programmes_that_are_left(day):
    # Dibao is paid to two of three, tekun to one of two.
    assert figures(day, "I0891", ()) == [("621200", 3, 5)]
    assert figures(day, "I0891", ("P0801",)) == [("621200", 1, 2)]
    assert figures(day, "I0891", ("P0801",), "county") == [("621202", 0, 1), ("621221", 1, 1)]


def test_persons_with_a_gap_are_counted_once_and_only_for_what_is_left(day):
    assert figures(day, "I0890", ()) == [("621200", 2, None)]
    assert figures(day, "I0890", ("P0801",)) == [("621200", 1, None)]
    assert figures(day, "I0890", ("P0801",), category="dibao") == [("621200", 0, None)]
