"""Wide counts of persons become long cubes: stock indicators and coverage."""

import narwhals as nw
import polars as pl

from queries.cubes import register_cubes
from queries.cubes.counting import Context
from queries.cubes.coverage import MARKS
from queries.cubes.engine import Engine
from queries.cubes.rollup import COUNTS, roll_up


def person_cubes(
    engine: Engine, context: Context, people_now: nw.LazyFrame, support: pl.DataFrame
) -> tuple[dict[str, pl.DataFrame], dict[str, pl.DataFrame]]:
    """Stock indicators counted from persons' marks, and coverage, as long frames per level."""
    wide = engine.collect(register_cubes.counts(people_now, context.connected)).rename(
        {"township": "region"}
    )
    cell = ["region", "category", "residence"]
    measures = [name for name in wide.columns if name not in cell]
    long = wide.unpivot(measures, index=cell, variable_name="measure", value_name="n").filter(
        pl.col("n") > 0
    )
    marked = pl.col("measure").str.split_exact(":", 1)
    parts = marked.struct.field("field_0"), marked.struct.field("field_1")
    named = long.with_columns(parts[0].alias("mark"), parts[1].alias("programme"))
    coverage = (
        named.filter(pl.col("mark").is_in(MARKS))
        .pivot("mark", index=[*cell, "programme"], values="n")
        .with_columns(*[pl.lit(0, pl.Int64).alias(m) for m in MARKS if m not in set(named["mark"])])
        .with_columns(pl.col(MARKS).fill_null(0))
        .select(*cell, "programme", *MARKS)
    )
    return _person_stocks(named, support), roll_up(coverage, list(MARKS))


def _person_stocks(named: pl.DataFrame, support: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Measures of persons as stock rows: `I0107:den` a denominator, `I0890:department:X` a cut."""
    rows = named.filter(~pl.col("mark").is_in(MARKS))
    part = pl.col("measure").str.split(":")
    kind, code = part.list.get(1, null_on_oob=True), part.list.get(2, null_on_oob=True)
    denominator = kind.is_in(["den", "part_den"]).fill_null(False)
    cells = rows.select(
        pl.col("mark").alias("id"),
        "region",
        pl.when(kind == "department").then(code).alias("department"),
        # A task row or a topic's part stands in place of a programme.
        pl.when(kind.is_in(["task_row", "part", "part_den"])).then(code).alias("programme"),
        "category",
        "residence",
        pl.when(denominator).then(0).otherwise("n").alias("numerator"),
        pl.when(denominator).then("n").otherwise(0).alias("denominator"),
    )
    paid = support.rename({"township": "region"}).with_columns(id=pl.lit("dibao_support"))
    return roll_up(pl.concat([cells, paid], how="diagonal"), COUNTS)
