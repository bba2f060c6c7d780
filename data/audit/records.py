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

#: How its moment is written.
AT = "%Y-%m-%dT%H:%M:%S%.3fZ"

#: How a line begins, before its day.
STARTS = b'{"at": "'

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
        pl.col("at").str.to_datetime(AT, time_unit="ms", strict=False)
    ).drop_nulls("at")
    day = (pl.col("at") + pl.duration(hours=8)).dt.date()
    frame = frame.filter(day >= since) if since else frame
    frame = frame.filter(day <= until) if until else frame
    return frame.with_columns(pl.col("at").dt.replace_time_zone("UTC"))


def _rows(folder: Path, since: date | None, until: date | None) -> Iterator[tuple[str, ...]]:
    for path in months(folder):
        if _within(path, since):
            with path.open("rb") as file:
                lines = (line for line in file if _may(line, until))
                yield from (_row(told) for told in map(parsed, lines) if told)


def _within(path: Path, since: date | None) -> bool:
    """
    Whether the file, whose name is the latest month (UTC) in it, may hold a line since a day.

    It may hold earlier ones too: after a clock that was set back the log goes on in the same file.
    """
    month = path.stem.removeprefix("audit-")
    return not since or month >= f"{since - timedelta(days=1):%Y-%m}"


def _may(line: bytes, until: date | None) -> bool:
    """Whether a line may be of a day up to `until`, seen without reading all of it."""
    if not until or not line.startswith(STARTS):
        return True
    return line[len(STARTS) : len(STARTS) + 10] <= f"{until}".encode()


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
