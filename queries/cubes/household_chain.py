"""一户一链: of households entitled to several programmes, which link is missing."""

import narwhals as nw
import polars as pl

from queries.cubes.counting import Context
from queries.cubes.engine import Engine
from queries.cubes.programmes import with_basis


def chain(engine: Engine, context: Context, people: nw.LazyFrame) -> pl.DataFrame:
    """
    Households by township, number of firm programmes in season some member is entitled to, and
    programme.

    Columns: township, links (programmes entitled to), programme, households (entitled to it),
    missing (of them, with a gap in it). A household stands where its head is; `programme`
    empty is the household itself, missing when any link is.
    """
    programmes = with_basis(context.connected, context.day, "firm")
    if not programmes:
        return pl.DataFrame(schema=SCHEMA)
    marks = [f"{mark}:{p}" for p in programmes for mark in ("eligible", "gap")]
    entitled = [nw.col(f"eligible:{p}").cast(nw.Int64) for p in programmes]
    wide = (
        people.group_by("household")
        .agg(
            nw.when(nw.col("head") == 1).then(nw.col("township")).max().alias("township"),
            *[nw.col(m).max() for m in marks],
        )
        .with_columns(
            links=nw.sum_horizontal(*entitled),
            any_gap=nw.max_horizontal(*[nw.col(f"gap:{p}") for p in programmes]),
        )
        .filter(nw.col("links") > 0)
        .group_by("township", "links")
        .agg(
            nw.len().cast(nw.Int64).alias("eligible:"),
            nw.col("any_gap").cast(nw.Int64).sum().alias("gap:"),
            *[nw.col(m).cast(nw.Int64).sum() for m in marks],
        )
    )
    return _long(engine.collect(wide))


SCHEMA = {
    "township": pl.String,
    "links": pl.Int64,
    "programme": pl.String,
    "households": pl.Int64,
    "missing": pl.Int64,
}


def _long(wide: pl.DataFrame) -> pl.DataFrame:
    if wide.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    keys = ["township", "links"]
    marked = pl.col("measure").str.split_exact(":", 1).struct.rename_fields(["mark", "programme"])
    return (
        wide.unpivot(index=keys, variable_name="measure", value_name="n")
        .with_columns(marked.alias("_parts"))
        .unnest("_parts")
        .pivot("mark", index=[*keys, "programme"], values="n")
        .rename({"eligible": "households", "gap": "missing"})
        .filter(pl.col("households") > 0)
        .select(list(SCHEMA))
    )
