"""Days and seconds as whole numbers since 1970; FAR and FAR_TIME mean "not yet" and become null."""

from datetime import date, timedelta

import chinese_calendar
import numpy as np

FAR = 2_000_000
DAY = 86_400
FAR_TIME = FAR * DAY
OPENS, CLOSES = 8 * 3600 + 1800, 17 * 3600 + 1800
EPOCH = date(1970, 1, 1)
#: The State Council's notices are known for these years; beyond them Monday to Friday.
FROM, TO, NOTICE_TO = 2004, 2029, 2026


def day(year: int, month: int, dom: int) -> int:
    return (date(year, month, dom) - EPOCH).days


def _is_workday(number: int) -> bool:
    one = EPOCH + timedelta(days=number)
    if one.year <= NOTICE_TO:
        return chinese_calendar.is_workday(one)
    return one.weekday() < 5


_ZERO = day(FROM, 1, 1)
_OPEN = np.array([_is_workday(d) for d in range(_ZERO, day(TO, 12, 31) + 1)])
_COUNT = np.cumsum(_OPEN)
_WORKDAYS = np.flatnonzero(_OPEN) + _ZERO


def _count(days: np.ndarray) -> np.ndarray:
    return _COUNT[np.clip(days - _ZERO, 0, len(_COUNT) - 1)]


def add_workdays(days: np.ndarray, n: np.ndarray) -> np.ndarray:
    """The n-th working day after a day; n = 0 is the day itself; FAR stays FAR."""
    reached = _WORKDAYS[np.clip(_count(days) + n - 1, 0, len(_WORKDAYS) - 1)]
    return np.where(days >= FAR, FAR, np.where(n == 0, days, reached))


def workdays_before(days: np.ndarray, n: np.ndarray) -> np.ndarray:
    """The working day from which it is n working days to a day."""
    return _WORKDAYS[np.clip(_count(days) - n - 1, 0, len(_WORKDAYS) - 1)]


def to_workday(days: np.ndarray) -> np.ndarray:
    """The day itself when it is a working day, else the next one."""
    return add_workdays(days - 1, np.ones(len(days), dtype=np.int64))


def next_month(days: np.ndarray) -> np.ndarray:
    """The first day of the month after; FAR stays FAR."""
    months = np.minimum(days, FAR - 1).astype("datetime64[D]").astype("datetime64[M]") + 1
    return np.where(days >= FAR, FAR, months.astype("datetime64[D]").astype(np.int64))


def month_number(days: np.ndarray) -> np.ndarray:
    """Months since January 1970."""
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def year_of(days: np.ndarray) -> np.ndarray:
    return 1970 + month_number(days) // 12


def month_of(days: np.ndarray) -> np.ndarray:
    return month_number(days) % 12 + 1


def at_office(rng: np.random.Generator, days: np.ndarray) -> np.ndarray:
    """A moment of office hours on each day."""
    seconds = rng.integers(OPENS, CLOSES, len(days))
    return np.where(days >= FAR, FAR_TIME, days * DAY + seconds)


def later(rng: np.random.Generator, start: np.ndarray, workdays: np.ndarray) -> np.ndarray:
    """A moment of office hours so many working days after `start`; never before it."""
    begun = start // DAY
    sameday = np.minimum(start + rng.integers(60, 7200, len(start)), begun * DAY + DAY - 1)
    moment = at_office(rng, add_workdays(begun, workdays))
    return np.where(start >= FAR_TIME, FAR_TIME, np.where(workdays == 0, sameday, moment))


def spread(rng: np.random.Generator, median, sigma, n: int) -> np.ndarray:
    """Whole numbers, lognormal: most near the median, some far above it."""
    return np.rint(np.exp(rng.normal(np.log(median), sigma, n))).astype(np.int64)
