"""Generated registries as typed tables, how many a test tries, and when its rows agree."""

import math
import os

import polars as pl
from hypothesis import HealthCheck, Phase, settings

from data.registry.contract import TABLES, base_type, polars_schema

#: `make test-all` tries more.
EXAMPLES = int(os.environ.get("TEST_EXAMPLES", "2"))

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


def assert_equal(ours: list[dict], theirs: list[dict], keys: tuple[str, ...]) -> None:
    """The same rows, figure by figure; fractions to 1e-9."""
    left, right = ({tuple(r[k] for k in keys): r for r in rows} for rows in (ours, theirs))
    assert set(left) == set(right)
    for key, row in left.items():
        for column, value in row.items():
            other = right[key][column]
            same = value == other or (
                None not in (value, other)
                and math.isclose(value, other, rel_tol=1e-9, abs_tol=1e-9)
            )
            assert same, f"{key} {column}: {value} ours, {other} plain"
