"""A suppressed figure is `*`, an unknown one a dash: both are null, and they stay distinct."""

import polars as pl

from exhibits.suppressed import apart, hidden_in, paired, total, with_suppressed

ROWS = pl.DataFrame(
    {"县区": ["武都区", "成县", "礼县"], "件": [7, None, None], "suppressed": [False, True, False]}
)


def test_a_column_with_a_hidden_figure_holds_pairs_however_its_rows_are_filtered():
    table = paired(ROWS)
    assert table.columns == ["县区", "件"]
    figures, hidden = apart(table["件"])
    assert (figures.to_list(), hidden) == ([7, None, None], [False, True, False])
    assert apart(table.filter(pl.col("县区") == "成县")["件"])[1] == [True]


def test_where_nothing_is_hidden_a_column_stays_as_it_is():
    known = paired(ROWS.head(1))
    assert known["件"].to_list() == [7]
    assert apart(known["件"])[1] == [False]
    assert paired(known) is known


def test_a_figure_that_is_shown_in_a_row_with_hidden_ones_is_not_hidden():
    assert hidden_in(ROWS, "件") == [False, True, False]
    assert hidden_in(ROWS.with_columns(件=1), "件") == [False, False, False]
    assert hidden_in(ROWS.drop("suppressed"), "件") == [False, False, False]


def test_the_sum_of_the_rest_is_not_the_total():
    assert total(pl.Series([1, 2])) == 3
    assert total(pl.Series([1, None])) is None


def test_the_status_says_what_is_hidden():
    rows = pl.DataFrame({"status": ["ok", "suppressed", "no_data"]})
    assert with_suppressed(rows)["suppressed"].to_list() == [False, True, False]
