"""Warnings by state, and those without a destination: `docs/definitions.md`, “Warnings”."""

import polars as pl

from queries.answers.warnings import (
    over_limit,
    paths,
    returned_twice,
    warnings,
    without_destination,
)


def test_each_state_has_its_number_those_overdue_and_its_oldest_in_working_days(day):
    assert warnings(day, "city").rows() == [
        # A closed one has no clock.
        ("621200", "entry", "closed", 1, None, None),
        ("621200", "entry", "routed", 1, 0, 14),
        ("621200", "entry", "unrouted", 2, 1, 3),
        ("621200", "entry", "unverified", 2, 1, 10),
        ("621200", "exit", "own", 1, 0, 3),
    ]


def test_they_are_told_apart_by_county_kind_source_and_programme(day):
    counted = {
        by: dict(warnings(day, by).group_by("group").agg(pl.col("warnings").sum()).rows())
        for by in ("county", "kind", "source", "programme")
    }
    assert counted == {
        "county": {"621202": 4, "621221": 3},
        "kind": {"medical_cost": 3, "income_drop": 3, "death": 1},
        "source": {"data_match": 4, "appeal": 3},
        "programme": {"P0933": 3, "P0801": 1, "": 3},
    }


def test_without_a_destination_are_unverified_unrouted_and_ones_own_most_first(day):
    columns = ("group", "warnings", "unverified", "unrouted", "own", "overdue", "oldest")
    assert without_destination(day, "county").select(columns).rows() == [
        ("621202", 4, 2, 1, 1, 2, 10),
        ("621221", 1, 0, 1, 0, 0, 1),
    ]
    assert without_destination(day, "city", direction="exit")["warnings"].to_list() == [1]


def test_about_to_be_overdue_are_those_within_that_many_working_days(day):
    # w1 and w4 are due on 2 November, the next working day but one after D's.
    soon = without_destination(day, "city").select("due_1", "due_3", "due_5")
    assert soon.rows() == [(0, 2, 2)]


def test_how_far_beyond_the_limit_and_null_within_it(day):
    assert over_limit(day, "county").rows() == [
        ("621202", "own", None, 1),
        ("621202", "unrouted", "0–5", 1),
        ("621202", "unverified", None, 1),
        ("621202", "unverified", "0–5", 1),
        ("621221", "unrouted", None, 1),
    ]


def test_a_path_leads_from_the_source_over_the_department_to_what_became_of_it(day):
    rows = paths(day, direction="entry").rows()
    assert sorted(rows, key=str) == [
        ("appeal", "housing", "routed", 1),
        ("appeal", None, "no_action", 1),
        ("appeal", None, "unrouted", 1),
        ("data_match", None, "unrouted", 1),
        ("data_match", None, "unverified", 2),
    ]


def test_nothing_was_sent_back_twice(day):
    assert returned_twice(day, "city").is_empty()
