"""The catalogue of indicators, and what an answer needs beside it."""

from data.registry.contract import OPTIONAL
from queries.catalogue import (
    COVERAGE,
    MONEY,
    OF_PROGRAMMES,
    PARTS,
    PERSONS,
    QUANTILES,
    READS,
    REFERRALS,
    SPANS,
    catalogue,
    compared,
    headline,
)


def test_whatever_is_said_of_an_indicator_is_said_of_one_that_there_is():
    named = {*READS, *QUANTILES, *PARTS, *COVERAGE, *REFERRALS, *PERSONS, *MONEY, *SPANS}
    assert named | set(OF_PROGRAMMES) <= set(catalogue())


def test_a_source_that_makes_a_figure_unknown_is_an_optional_table():
    assert {table for tables in READS.values() for table in tables} <= set(OPTIONAL)


def test_a_rate_is_a_quotient_and_money_has_no_interval():
    on_time, spent, median = (catalogue()[i] for i in ("I0723", "I1303", "I0721"))
    assert (on_time.is_rate, on_time.has_interval) == (True, True)
    assert (spent.is_rate, spent.has_interval) == (True, False)
    assert (median.is_rate, median.has_interval) == (False, False)


def test_a_flow_that_counts_grows_with_its_period_a_rate_and_a_median_do_not():
    grows = [catalogue()[i].counts_a_period for i in ("I0701", "I0723", "I0721", "I0711")]
    assert grows == [True, False, False, False]


def test_by_category_persons_alone_and_by_department_what_one_is_sent():
    assert "category" in catalogue()["I0101"].breakdowns
    assert "category" not in catalogue()["I0701"].breakdowns
    assert {"department", "programme"} <= set(catalogue()["I0723"].breakdowns)
    assert catalogue()["I0401"].breakdowns == ("city", "task_row")


def test_the_first_page_has_its_order_and_counties_also_the_rate_behind_i0895():
    places = [i.headline for i in headline()]
    assert places == sorted(places)
    ids = [i.id for i in compared()]
    assert ids[ids.index("I0895") + 1] == "I0891"
    assert len(ids) == len(places) + 1
