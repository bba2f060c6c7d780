"""Limits that depend on the row: a referral's programme, an application's kind."""

import narwhals as nw
import polars as pl

from data.reference.policy_tables import limits
from queries.cubes.own_limits import (
    application_is_in_days,
    application_limit,
    referral_limit,
    response_limits,
)

LIMITS = limits()


def of(rows: dict, value: nw.Expr) -> list:
    return nw.from_native(pl.DataFrame(rows)).select(value.alias("x"))["x"].to_list()


def test_a_referral_has_the_limit_of_its_programme_else_that_of_all():
    programmes = {"programme_code": ["P0931", "P0932", "P0933", "P0913", None]}
    assert of(programmes, referral_limit(LIMITS)) == [60, 40, 180, 20, 20]


def test_a_limit_of_the_day_takes_precedence_over_the_programmes_row():
    july = LIMITS | {"referral.feedback.P0931": 45}
    assert response_limits(july)["P0931"] == 45
    assert of({"programme_code": ["P0931", "P0932"]}, referral_limit(july)) == [45, 40]


APPLICATIONS = {
    "applied_for": ["dibao", "dibao", "relapse_monitored", "relapse_monitored", None],
    "extended": [None, 1, None, 1, 0],
}


def test_an_application_has_30_working_days_extended_45_and_monitoring_15_days():
    assert of(APPLICATIONS, application_limit(LIMITS)) == [30, 45, 15, 15, 30]
    assert of(APPLICATIONS, application_is_in_days()) == [False, False, True, True, False]
