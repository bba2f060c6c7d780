"""The state of the board for a load balancer or a monitor."""

from datetime import timedelta

from data import china, settings
from queries.scope import broken_days, last_refresh, latest, store

#: Difference of clocks above which one is called wrong: more than any time zone.
SLACK = timedelta(days=1)


def health() -> dict[str, object]:
    """
    The day that is served and how the last refresh ended; `as_of` is None without a day.

    `clock_behind`: the served day or the last refresh lies after this machine's now, so that
    `age_days` must not be trusted. `is_old`: no refresh has succeeded for days.
    """
    folder = store()
    newest, attempt = latest(folder), last_refresh(folder)
    age = (china.today() - newest.as_of).days if newest else None
    later_day = newest and newest.as_of > china.today()
    refreshed_later = attempt and attempt.at.replace(tzinfo=None) > china.now() + SLACK
    return {
        "as_of": newest.as_of.isoformat() if newest else None,
        "version": newest.version if newest else None,
        "age_days": age,
        "is_old": age is not None and age > settings.OLD_DAYS,
        "broken_days": [day.isoformat() for day in broken_days(folder)],
        "last_refresh": attempt.at.isoformat() if attempt else None,
        "last_refresh_failed": bool(attempt and attempt.reason),
        "clock_behind": bool(later_day or refreshed_later),
    }
