"""The audit log as a table."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from data.audit.entry import SCOPE, parsed
from data.audit.files import months

COLUMNS = ("at", "account", "unit", "role", "event", "what", *SCOPE, "source")


def read(folder: Path, since: date | None = None, until: date | None = None) -> pl.DataFrame:
    """
    Entries in their order: at (UTC, milliseconds), account, unit, role, event, what, the scope's
    parts (`options` as JSON), source. Texts are empty where the line has none.

    `since`, `until`: days in China, both included. Unreadable lines are left out: `verify` finds
    them.
    """
    rows = [_row(entry) for entry in _entries(folder, since, until)]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")
    at = pl.col("at").str.to_datetime("%Y-%m-%dT%H:%M:%S%.3fZ", time_unit="ms", strict=False)
    frame = frame.with_columns(at.dt.replace_time_zone("UTC")).drop_nulls("at")
    day = (pl.col("at") + pl.duration(hours=8)).dt.date()
    return frame.filter(day >= (since or date.min), day <= (until or date.max))


def _entries(folder: Path, since: date | None, until: date | None) -> Iterator[dict[str, Any]]:
    """Entries that may be of these days: parsing costs more than all else."""
    # A file's name is the latest month (UTC) in it; a clock set back adds earlier lines to it.
    first = f"audit-{since - timedelta(days=1):%Y-%m}.jsonl" if since else ""
    last = f"{until or date.max}".encode()
    for path in (path for path in months(folder) if path.name >= first):
        with path.open("rb") as file:
            for line in file:
                if not line.startswith(b'{"at": "') or line[8:18] <= last:
                    yield from filter(None, [parsed(line)])


def _row(entry: dict[str, Any]) -> list[str]:
    options = entry["scope"].get("options")
    text = json.dumps(options, ensure_ascii=False) if options else ""
    flat = {**entry["scope"], **entry, "options": text}
    return [str(flat.get(column, "")) for column in COLUMNS]
