"""The calendar: working days by the State Council's notices, and the periods a day belongs to.

Joined to a day, it replaces date functions: working days become a subtraction of `workday_no`.
"""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

import polars as pl
from chinese_calendar.constants import holidays, workdays

#: `workday_no` counts from this day, so that numbers of two calendars can be compared.
ORIGIN = date(1970, 1, 1)

SCHOOL_YEAR_STARTS = 9
HEATING_SEASON_STARTS = 11
WINTER_SPRING_STARTS = 12


def known_years() -> range:
    """Years whose notice is known; in any other Monday to Friday count, and the screen says so."""
    years = [day.year for day in holidays]
    return range(min(years), max(years) + 1)


def _is_workday() -> pl.Expr:
    """A working day, make-up days (调休) included."""
    monday_to_friday = pl.col("date").dt.weekday() <= 5
    off = pl.col("date").is_in(list(holidays))
    made_up = pl.col("date").is_in(list(workdays))
    return (monday_to_friday & ~off) | made_up


def _year_from(month: int) -> pl.Expr:
    """`2025-2026`: starts on the first of `month` and stays current until the next one."""
    first = pl.col("year") - (pl.col("date").dt.month() < month).cast(pl.Int32)
    return pl.format("{}-{}", first, first + 1)


# 150 years are 55,000 rows, 6 MB and about 30 ms; kept, because every stage of a refresh asks.
@lru_cache(maxsize=64)
def calendar(first: date, last: date) -> pl.DataFrame:
    """
    One row a day from `first` to `last`, both included. The frame is shared: nobody may change it.

    Columns: day (days since 1970-01-01), date, workday_no (running number of working days, the
    same whatever `first` is), is_workday, month (2026-10), quarter (2026Q4), insurance_year
    (2026), school_year, heating_season, winter_spring (2025-2026), year, month_end.
    """
    number = pl.col("is_workday").cum_sum().cast(pl.Int32)
    return (
        pl.select(date=pl.date_range(min(first, ORIGIN), max(last, ORIGIN)))
        .with_columns(_is_workday().alias("is_workday"))
        .with_columns(workday_no=number - number.filter(pl.col("date") == ORIGIN).first())
        .filter(pl.col("date").is_between(first, last))
        .with_columns(year=pl.col("date").dt.year())
        .select(
            pl.col("date").to_physical().alias("day"),
            "date",
            "workday_no",
            "is_workday",
            pl.col("date").dt.strftime("%Y-%m").alias("month"),
            pl.format("{}Q{}", "year", pl.col("date").dt.quarter()).alias("quarter"),
            pl.format("{}", "year").alias("insurance_year"),
            _year_from(SCHOOL_YEAR_STARTS).alias("school_year"),
            _year_from(HEATING_SEASON_STARTS).alias("heating_season"),
            _year_from(WINTER_SPRING_STARTS).alias("winter_spring"),
            "year",
            (pl.col("date") == pl.col("date").dt.month_end()).alias("month_end"),
        )
    )


def _workday_no(day: date) -> int:
    year = calendar(date(day.year, 1, 1), date(day.year, 12, 31))
    return year["workday_no"][day.timetuple().tm_yday - 1]


def workdays_between(a: date, b: date) -> int:
    """Working days d with a < d <= b; 0 when b is not after a."""
    return max(0, _workday_no(b) - _workday_no(a))


def due_day(start: date, workdays: int) -> date:
    """The n-th working day after `start`, which is day 0 itself."""
    if workdays == 0:
        return start
    # No year has fewer than 240 working days.
    years = calendar(date(start.year, 1, 1), date(start.year + 1 + workdays // 240, 12, 31))
    due = _workday_no(start) + workdays
    return years["date"][years["workday_no"].search_sorted(due, side="left")]


def months_before(day: date, months: int) -> date:
    """The same day of the month, `months` months before; cut to the month's end."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end_before(day: date) -> date:
    """The last month-end strictly before a day."""
    return day.replace(day=1) - timedelta(days=1)


def month_ends(last: date, months: int) -> list[date]:
    """The `months` month-ends strictly before `last`, oldest first."""
    latest = month_end_before(last)
    firsts = (months_before(latest.replace(day=1), back - 1) for back in range(months, 0, -1))
    return [first + timedelta(days=monthrange(first.year, first.month)[1] - 1) for first in firsts]
