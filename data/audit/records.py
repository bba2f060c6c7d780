"""The audit log as a table."""

import json
from collections.abc import Iterator
from datetime import date, timedelta, timezone
from pathlib import Path

import polars as pl

from data.audit.entry import SCOPE, parsed
from data.audit.files import months

#: One time zone, no summer time: needs no time zone database and no setting of the machine.
CHINA = timezone(timedelta(hours=8), "北京时间")

SCHEMA = {
    "at": pl.String,
    **dict.fromkeys(("account", "unit", "role", "event", "what"), pl.String),
    **dict.fromkeys(SCOPE, pl.String),
    "source": pl.String,
}


def read(folder: Path, since: date | None = None, until: date | None = None) -> pl.DataFrame:
    """
    Entries in their order: at (UTC, milliseconds), account, unit, role, event, what, the scope's
    parts (`options` as JSON), source. Texts are empty where nothing was told.

    `since`, `until`: days in China, both included. Lines that are none are left out: `verify`
    names them.
    """
    frame = pl.DataFrame(_rows(folder, since, until), schema=SCHEMA, orient="row")
    frame = frame.with_columns(
        pl.col("at").str.to_datetime("%Y-%m-%dT%H:%M:%S%.3fZ", time_unit="ms", strict=False)
    ).drop_nulls("at")
    day = (pl.col("at") + pl.duration(hours=8)).dt.date()
    frame = frame.filter(day >= since) if since else frame
    frame = frame.filter(day <= until) if until else frame
    return frame.with_columns(pl.col("at").dt.replace_time_zone("UTC"))


def _rows(folder: Path, since: date | None, until: date | None) -> Iterator[tuple[str, ...]]:
    for path in months(folder):
        if _within(path, since, until):
            with path.open("rb") as file:
                yield from (_row(told) for told in map(parsed, file) if told)


def _within(path: Path, since: date | None, until: date | None) -> bool:
    """Whether the file's month, which is one of UTC, may hold a line of the days."""
    month = path.stem.removeprefix("audit-")
    day_before = since and f"{since - timedelta(days=1):%Y-%m}"
    return not (day_before and month < day_before) and not (until and month > f"{until:%Y-%m}")


def _row(told: dict) -> tuple[str, ...]:
    scope = told["scope"]
    parts = [scope.get(name, "") for name in SCOPE[:-1]]
    options = scope.get("options")
    return (
        *(told[key] for key in ("at", "account", "unit", "role", "event", "what")),
        *(str(part) for part in parts),
        json.dumps(options, ensure_ascii=False) if options else "",
        told["source"],
    )
