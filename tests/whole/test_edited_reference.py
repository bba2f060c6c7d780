"""Tables that an office edits: every figure by the versions of its day, and by the successor."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given

from drawing import snapshot_of
from edited_reference import replaced, shipped
from generated import GENERATED, assert_equal, frames_of
from plain.coverage import coverage as plain_coverage
from plain.indicators import indicators as plain_indicators
from plain.set_aside import set_aside
from plain.waiting import response as plain_response
from plain.waiting import warnings as plain_warnings
from plain.world import under_successors
from queries.answers import coverage, indicators, response, warnings
from registries import Case, cases

#: Among the days of the generated registries.
CHANGE = "2026-03-01"

LIMITS = {
    **{"referral.feedback": 5, "referral.accept": 4, "application.total": 10, "child.age": 9},
    **{"relapse.identify": 5, "appeal.joint": 3, "appeal.on_site": 4, "upload.result": 9},
    **{"emergency.paperwork": 4, "emergency.first_aid": 6, "coordination.decide": 3},
    **{"warning.verify": 2, "warning.finish": 1, "warning.exit_terminate": 3, "warning.close": 20},
}

#: The basis of the new version; none: without one. P1001 keeps two rules that make no gap.
RULES = {"R0801": "no", "R0933": "yes", "R0804": None, "R1001": None}


def in_versions(name, key, column, changed):
    """A shipped table whose rows of some keys change a column, or end, on the day."""
    rows = []
    for row in shipped(name):
        if row[key] not in changed:
            rows.append(row)
            continue
        rows.append(row | {"valid_to": CHANGE})
        if (value := changed[row[key]]) is not None:
            rows.append(row | {"valid_from": CHANGE, column: str(value)})
    return rows


def of_programmes():
    """Limits of two programmes from the day on, of which one has had its own."""
    (feedback,) = [row for row in shipped("sla") if row["step_code"] == "referral.feedback"]
    return [
        feedback
        | {"step_code": f"referral.feedback.{code}", "limit_value": days}
        | {"valid_from": CHANGE}
        for code, days in (("P0931", "7"), ("P0921", "3"))
    ]


def departments():
    """市住建局 is succeeded on the day by a department with a new code."""
    rows = shipped("departments")
    (housing,) = [row for row in rows if row["dept_code"] == "housing"]
    successor = housing | {"dept_code": "construction", "valid_from": CHANGE, "sort_order": "14"}
    return [
        *(r | {"successor_code": "construction"} if r is housing else r for r in rows),
        successor,
    ]


@pytest.fixture(scope="module", autouse=True)
def edited(tmp_path_factory):
    tables = {
        "sla": [*in_versions("sla", "step_code", "limit_value", LIMITS), *of_programmes()],
        "targets": in_versions("targets", "id", "target", {"I0891": 50}),
        "eligibility_rules": in_versions("eligibility_rules", "rule_id", "gap_basis", RULES),
        "departments": departments(),
    }
    with replaced(tmp_path_factory.mktemp("edited"), tables):
        yield


@pytest.mark.slow
@GENERATED
@given(cases())
def test_every_figure_is_judged_by_the_versions_of_its_day(case: Case):
    as_of, since = case.as_of, case.since
    with tempfile.TemporaryDirectory() as folder:
        snapshot = snapshot_of(frames_of(case.registry), Path(folder), as_of)
        counted = under_successors(set_aside(case.registry), as_of)
        for by in indicators.BREAKDOWNS:
            assert_equal(
                indicators.indicators(snapshot, by, since).to_dicts(),
                plain_indicators(counted, as_of, since, by),
                ("id", "group"),
            )
        for by in ("city", "county"):
            assert_equal(
                coverage.coverage(snapshot, by).to_dicts(),
                plain_coverage(counted, as_of, by),
                ("programme_code", "group"),
            )
            assert_equal(
                warnings.warnings(snapshot, by).to_dicts(),
                plain_warnings(counted, as_of, by),
                ("group", "direction", "state"),
            )
        assert_equal(
            response.response(snapshot, "department", since).to_dicts(),
            plain_response(counted, as_of, since, "department"),
            ("group",),
        )
