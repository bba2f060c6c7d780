"""Limits that depend on the row: a referral's by its programme, an application's by its kind."""

from collections.abc import Callable, Mapping
from functools import cache

import narwhals as nw
import polars as pl

from data.reference import policy_tables
from data.reference.policy_tables import OF_PROGRAMME


@cache
def _programmes_own() -> dict[str, int]:
    own = policy_tables.programmes().filter(pl.col("response_limit").is_not_null())
    codes, days = own["programme_code"], own["response_limit"].cast(pl.Int64)
    return dict(zip(codes, days, strict=True))


def response_limits(limits: Mapping[str, int]) -> dict[str, int]:
    """
    Working days by programme, of the programmes that have their own.

    A limit `referral.feedback.P0931` of the day takes precedence over the programme's row.
    """
    steps = {step: days for step, days in limits.items() if step.startswith(OF_PROGRAMME)}
    return _programmes_own() | {step[len(OF_PROGRAMME) :]: days for step, days in steps.items()}


def referral_limit(limits: Mapping[str, int]) -> nw.Expr:
    """Working days in which a referral is to be answered; of others `referral.feedback`."""
    limit, own_limits = nw.lit(limits["referral.feedback"]), response_limits(limits)
    for days in sorted(set(own_limits.values())):
        codes = [code for code, own in own_limits.items() if own == days]
        limit = nw.when(nw.col("programme_code").is_in(codes)).then(nw.lit(days)).otherwise(limit)
    return limit


def application_is_in_days() -> nw.Expr:
    """Whether an application's limit counts calendar days: that of `relapse_monitored` does."""
    return (nw.col("applied_for") == "relapse_monitored").fill_null(False)


def of_application(value: Callable[[str], nw.Expr]) -> nw.Expr:
    """The value of the step whose limit an application has: by its kind, and by its extension."""
    extended = nw.when(nw.col("extended") == 1).then(value("application.total_extended"))
    total = extended.otherwise(value("application.total"))
    return nw.when(application_is_in_days()).then(value("relapse.identify")).otherwise(total)


def application_limit(limits: Mapping[str, int]) -> nw.Expr:
    """Days in which an application is to be decided: calendar days or working days, see above."""
    return of_application(lambda step: nw.lit(limits[step]))
