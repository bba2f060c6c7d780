"""Limits that depend on the row: a referral's by its programme, an application's by its kind."""

from collections.abc import Callable, Mapping
from functools import cache

import narwhals as nw
import polars as pl

from data.reference import policy_tables


@cache
def response_limits() -> dict[str, int]:
    """Working days by programme (`response_limit`), of the programmes that have their own."""
    own = policy_tables.programmes().filter(pl.col("response_limit").is_not_null())
    codes, days = own["programme_code"], own["response_limit"].cast(pl.Int64)
    return dict(zip(codes, days, strict=True))


def referral_limit(limits: Mapping[str, int]) -> nw.Expr:
    """Working days in which a referral is to be answered; of others `referral.feedback`."""
    limit = nw.lit(limits["referral.feedback"])
    for days in sorted(set(response_limits().values())):
        codes = [code for code, own in response_limits().items() if own == days]
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
