"""Seasons of programmes: when one starts, by when it is paid, when it ends (`programmes.csv`)."""

from dataclasses import dataclass
from datetime import date

from data.reference import calendar, policy_tables

#: First month of the period that a `period_code` names, by coverage window.
STARTS = {
    "insurance_year": 1,
    "school_year": calendar.SCHOOL_YEAR_STARTS,
    "heating_season": calendar.HEATING_SEASON_STARTS,
    "winter_spring": calendar.WINTER_SPRING_STARTS,
}


@dataclass(frozen=True)
class Season:
    """The season that began last; `due`: last day of paying out, `end`: last day, None without."""

    kind: str  # coverage window
    start: date
    due: date | None
    end: date | None

    def awaits_payment(self, day: date) -> bool:
        """Nothing is due yet."""
        return self.due is not None and day <= self.due


def season(programme: str, day: date) -> Season | None:
    """The season of a programme that began last by `day`; None for one without seasons."""
    row = policy_tables.programme(programme)
    kind = row["coverage_window"]
    if kind not in STARTS:
        return None
    this_year = date(day.year, STARTS[kind], 1)
    start = this_year if this_year <= day else this_year.replace(year=day.year - 1)
    due, end = (_first(row[column], start) for column in ("payout_due", "season_end"))
    return Season(kind, start, due, end)


def last_day_of_last(programme: str, day: date) -> date | None:
    """Off season, the last day of the season that ended; None in season and without seasons."""
    latest = season(programme, day)
    return latest.end if latest and latest.end and day > latest.end else None


def grace_months(programme: str) -> int:
    """Months after that of becoming eligible before a gap is one; 0 without."""
    return int(policy_tables.programme(programme)["grace_months"] or 0)


def _first(month_day: str | None, start: date) -> date | None:
    """The first such day on or after the season's start."""
    if not month_day:
        return None
    month, of_month = (int(part) for part in month_day.split("-"))
    this_year = date(start.year, month, of_month)
    return this_year if this_year >= start else this_year.replace(year=start.year + 1)
