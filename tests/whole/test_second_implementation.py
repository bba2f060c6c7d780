"""Every figure against a second, naive implementation in plain Python on generated registries."""

import math
import tempfile
from datetime import timedelta
from itertools import product
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawing import snapshot_of
from generated import GENERATED, assert_equal, frames_of
from plain import board, topics
from plain import records as plain_records
from plain.coverage import coverage as plain_coverage
from plain.coverage import last_season as plain_last_season
from plain.indicators import compared_sums as plain_compared_sums
from plain.indicators import indicators as plain_indicators
from plain.set_aside import set_aside
from plain.waiting import open_list
from plain.waiting import response as plain_response
from plain.waiting import warnings as plain_warnings
from plain.world import length_in_months, period_start
from queries.answers import (
    compared_sums,
    coverage,
    indicators,
    open_cases,
    periods,
    response,
    response_breakdowns,
    topic_details,
    warning_history,
    warnings,
)
from queries.cubes import record_quality
from registries import Case, cases


@GENERATED
@given(cases())
def test_every_figure(case: Case):
    registry, as_of, since = case.registry, case.as_of, case.since
    with tempfile.TemporaryDirectory() as folder:
        snapshot = snapshot_of(frames_of(registry), Path(folder), as_of)
        counted = set_aside(registry)
        for by in indicators.BREAKDOWNS:
            assert_equal(
                indicators.indicators(snapshot, by, since).to_dicts(),
                plain_indicators(counted, as_of, since, by),
                ("id", "group"),
            )
        for by in coverage.BREAKDOWNS:
            assert_equal(
                coverage.coverage(snapshot, by).to_dicts(),
                plain_coverage(counted, as_of, by),
                ("programme_code", "group"),
            )
            assert_equal(
                coverage.last_season(snapshot, by).to_dicts(),
                plain_last_season(counted, as_of, by),
                ("programme_code", "group"),
            )
        for by in warnings.BREAKDOWNS:
            assert_equal(
                warnings.warnings(snapshot, by).to_dicts(),
                plain_warnings(counted, as_of, by),
                ("group", "direction", "state"),
            )
        for by in response.BREAKDOWNS:
            assert_equal(
                response.response(snapshot, by, since).to_dicts(),
                plain_response(counted, as_of, since, by),
                ("group",),
            )


@pytest.mark.slow
@GENERATED
@given(cases(), st.sampled_from([1, 31, 61, 120, 365]))
def test_the_change_of_sums_over_programmes(case: Case, days_before: int):
    both = case.as_of, case.as_of - timedelta(days=days_before)
    with tempfile.TemporaryDirectory() as folder:
        frames = frames_of(case.registry)
        now, before = (snapshot_of(frames, Path(folder) / f"{d}", d) for d in both)
        whole = [
            {
                (row["id"], by, row["group"]): row["value"]
                for by in indicators.BREAKDOWNS
                for row in indicators.indicators(day, by).to_dicts()
            }
            for day in (now, before)
        ]
        expected = plain_compared_sums(set_aside(case.registry), both)
        for (indicator, by, group), (pair, left) in expected.items():
            key = indicator, by, group
            figures = whole[0][key], whole[1][key]
            ours, named = compared_sums.compared((now, before), indicator, figures, by, group)
            assert named == left, key
            # Where one is unknown there is no change, whatever the other is.
            assert (None in ours) == (None in pair), (key, ours, pair)
            assert None in pair or all(map(math.isclose, ours, pair)), (key, ours, pair)


@GENERATED
@given(cases())
def test_periods_and_their_lengths(case: Case):
    with tempfile.TemporaryDirectory() as folder:
        snapshot = snapshot_of(frames_of(case.registry), Path(folder), case.as_of)
        ours, counted = periods.offered(snapshot), set_aside(case.registry)
        for name in periods.PERIODS:
            since = period_start(counted, case.as_of, name)
            period = ours.get(name)
            assert (period.since if period else None) == since, name
            if period:
                assert period.months == length_in_months(since, case.as_of), name


@GENERATED
@given(cases())
def test_what_the_board_shows_beside_the_catalogue(case: Case):
    registry, as_of, since = case.registry, case.as_of, case.since
    with tempfile.TemporaryDirectory() as folder:
        snapshot = snapshot_of(frames_of(registry), Path(folder), as_of)
        counted = set_aside(registry)
        for by in warnings.BREAKDOWNS:
            ours = warnings.without_destination(snapshot, by).to_dicts()
            assert_equal(ours, board.without_destination(counted, as_of, by), ("group",))
            ours = {row[0]: row[1:] for row in warnings.returned_twice(snapshot, by).rows()}
            assert ours == board.returned_twice(counted, as_of, by)
        rows = warnings.over_limit(snapshot, "city").rows()
        assert {row[:3]: row[3] for row in rows} == board.over_limit(counted, as_of)
        rows = open_cases.open_cases(snapshot).with_columns(late=pl.col("urgency") == "overdue")
        expected = open_list(counted, as_of)
        assert_same_rows(rows, expected)
        rows = warnings.paths(snapshot).rows()
        assert {row[:3]: row[3] for row in rows} == board.paths(counted, as_of)
        for by, direction in product(("kind", "source"), ("entry", "exit")):
            rows = warning_history.yields(snapshot, by, direction, since)
            columns = ("raised", "confirmed", "followed")
            ours = {r["group"]: {c: r[c] for c in columns} for r in rows.to_dicts()}
            assert ours == board.yields(counted, as_of, since, by, direction)
        for leaves in warning_history.LEAVES:
            rows = warning_history.weekly(snapshot, leaves).drop("week").rows()
            assert rows == board.weekly(counted, as_of, leaves, warning_history.WEEKS)
        rows = response_breakdowns.returned(snapshot, since).rows()
        assert {row[:2]: row[2] for row in rows} == board.returned(counted, as_of, since)
        rows = response_breakdowns.waits(snapshot, since).rows()
        assert {row[:2]: row[2] for row in rows} == board.waits(counted, as_of, since)
        rows = open_cases.open_cases(snapshot, item="referral")
        columns = ("days", "limit", "due_on", "overdue", "accepted", "accept_overdue")
        listed = rows.with_columns(overdue=(pl.col("urgency") == "overdue").cast(pl.Int64))
        ours = {row[0]: row[1:] for row in listed.select("case", *columns).rows()}
        assert ours == board.open_referrals(counted, as_of)
        rows = response_breakdowns.on_time_by_two(snapshot, since)
        ours = {row[:2]: row[2:4] for row in rows.rows()}
        assert ours == board.on_time_by_two(counted, as_of, since)


@GENERATED
@given(cases())
def test_topics_of_the_tasks(case: Case):
    registry, as_of, since = case.registry, case.as_of, case.since
    with tempfile.TemporaryDirectory() as folder:
        snapshot = snapshot_of(frames_of(registry), Path(folder), as_of)
        counted = set_aside(registry)
        for topic, (table, count) in topics.TOPICS.items():
            if table in counted:
                expected = count(counted, as_of, since)
                assert_counts(topic_details.details(snapshot, topic, since), expected)
        if {"field_visit", "visit_target"} <= set(counted):
            expected = topics.target_group(counted, as_of)
            assert_counts(topic_details.details(snapshot, "target_group", since), expected)
            ever = topics.visited_since(counted, as_of)
            assert_counts(topic_details.details(snapshot, "ever_visited", since), ever)
        if "coordination_case" in counted:
            expected = topics.case_undecided(counted, as_of)
            assert_counts(topic_details.details(snapshot, "case_undecided", since), expected)
        expected = topics.monitored_kind(counted, as_of)
        assert_counts(topic_details.details(snapshot, "monitored_kind", since), expected)
        in_all, paid = topics.insured(counted, as_of)
        assert_counts(topic_details.details(snapshot, "insured", since), in_all)
        if "benefit_event" in counted:
            assert_counts(topic_details.details(snapshot, "premium_paid", since), paid)
            for code, whole in topics.medical_aid(counted, as_of, since).items():
                months = topic_details.details(snapshot, "medical_aid", since, "month", "", code)
                assert months["whole"].sum() == whole[1]
        rows = snapshot.cube("freshness").rows()
        ours = {(table, county): last for table, county, last in rows}
        assert ours == plain_records.freshness(counted, as_of, record_quality.DAYS)
        rows = snapshot.cube("completeness").rows()
        ours = {(table, field, county): (n, filled) for table, field, county, n, filled in rows}
        assert ours == plain_records.completeness(counted, as_of, record_quality.FIELDS)
        rows = topic_details.chain(snapshot).rows()
        ours = {(links, programme): (missing, n) for links, programme, n, missing in rows}
        assert ours == topics.chain(counted, as_of)
        means = topic_details.cliff(snapshot).select("category", "persons", "mean").rows()
        expected = topics.cliff(counted, as_of)
        assert {c: n for c, n, _ in means} == {c: n for c, (n, _) in expected.items()}
        for category, _, mean in means:
            assert math.isclose(mean, expected[category][1], rel_tol=1e-9, abs_tol=1e-9)


def assert_same_rows(rows: pl.DataFrame, expected: list[dict]) -> None:
    """The same cases, whatever the order."""
    ours = rows.select(*expected[0]).to_dicts() if expected else rows.to_dicts()
    assert sorted(ours, key=lambda row: row["case"]) == sorted(
        expected, key=lambda row: row["case"]
    )


def assert_counts(rows: pl.DataFrame, expected: dict[str, tuple[float, float]]) -> None:
    """Met and whole of every part; money to a fen."""
    ours = {r["group"]: (r["met"], r["whole"]) for r in rows.to_dicts()}
    assert set(ours) == set(expected)
    for part, pair in expected.items():
        for mine, other in zip(ours[part], pair, strict=True):
            assert math.isclose(mine, other, rel_tol=1e-9, abs_tol=1e-6), (part, ours[part], pair)
