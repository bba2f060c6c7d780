"""Generated registries as typed tables, and how many of them a test tries."""

import os

import polars as pl
from hypothesis import HealthCheck, Phase, settings

from data.registry.contract import TABLES, base_type, polars_schema

#: `make test-all` tries more.
EXAMPLES = int(os.environ.get("TEST_EXAMPLES", "3"))

GENERATED = settings(
    max_examples=EXAMPLES,
    # A whole registry shrinks slowly; the seed of the case is message enough.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def frames_of(registry: dict[str, list[dict]]) -> dict[str, pl.DataFrame]:
    """Rows of a generated registry as typed tables; money becomes fen."""
    return {name: _frame(name, rows) for name, rows in registry.items()}


def _frame(name: str, rows: list[dict]) -> pl.DataFrame:
    money = {c.name for c in TABLES[name].columns if base_type(c.info["type"]) == "decimal"}
    fen = [
        {c: int(v * 100) if c in money and v is not None else v for c, v in row.items()}
        for row in rows
    ]
    return pl.DataFrame(fen, schema=polars_schema(name))
