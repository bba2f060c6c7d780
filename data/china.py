"""China's day and time, whatever zone the machine is in: a server in UTC is eight hours behind."""

from datetime import date, datetime, timedelta, timezone

#: One zone, no summer time: needs no time zone database and no setting of the machine.
CHINA = timezone(timedelta(hours=8), "北京时间")


def now() -> datetime:
    """Now in China, without a zone, as notes and manifests hold it."""
    return datetime.now(CHINA).replace(tzinfo=None)


def today() -> date:
    """Today in China."""
    return now().date()
