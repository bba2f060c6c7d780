"""Wide counts of persons become long cubes: stock indicators and coverage."""

import narwhals as nw
import polars as pl

from data.reference import seasons
from queries.cubes import register_cubes
from queries.cubes.counting import Context
from queries.cubes.coverage import MARKS
from queries.cubes.engine import Engine
from queries.cubes.programmes import computable
from queries.cubes.rollup import COUNTS, roll_up
from queries.cubes.stage import day_number


def person_cubes(
    engine: Engine, context: Context, people_now: nw.LazyFrame, support: pl.DataFrame
) -> tuple[dict[str, pl.DataFrame], dict[str, pl.DataFrame]]:
    """Stock indicators counted from persons' marks, and coverage, as long frames per level."""
    wide = engine.collect(register_cubes.counts(people_now, context.day, context.connected))
    named = _long(wide)
    return _person_stocks(named, support), roll_up(_coverage(named), list(MARKS))


def last_seasons(engine: Engine, context: Context) -> dict[str, pl.DataFrame]:
    """
    Coverage of the programmes off season as of the last day of their last season, per level.

    Columns as of the cube `coverage`: region, category, residence, programme, `MARKS`.
    """
    by_end: dict[int, list[str]] = {}
    for p in computable(context.connected, context.date):
        if end := seasons.last_day_of_last(p, context.date):
            by_end.setdefault(day_number(end), []).append(p)
    counted = engine.collect_all(
        register_cubes.marks_of(context.staged, end, context.connected, programmes)
        for end, programmes in by_end.items()
    )
    none = pl.DataFrame(schema=dict.fromkeys((*CELL, "programme"), pl.String))
    empty = none.with_columns(pl.lit(0, pl.Int64).alias(each) for each in MARKS)
    rows = [_coverage(_long(wide)) for wide in counted]
    return roll_up(pl.concat([empty, *rows]), list(MARKS))


CELL = ("region", "category", "residence")


def _long(wide: pl.DataFrame) -> pl.DataFrame:
    """A row a cell and measure that is not 0: cell, measure, n, mark, programme."""
    placed = wide.rename({"township": "region"})
    measures = [name for name in placed.columns if name not in CELL]
    marked = pl.col("measure").str.split_exact(":", 1)
    return (
        placed.unpivot(measures, index=CELL, variable_name="measure", value_name="n")
        .filter(pl.col("n") > 0)
        .with_columns(
            marked.struct.field("field_0").alias("mark"),
            marked.struct.field("field_1").alias("programme"),
        )
    )


def _coverage(named: pl.DataFrame) -> pl.DataFrame:
    present = set(named["mark"])
    return (
        named.filter(pl.col("mark").is_in(MARKS))
        .pivot("mark", index=[*CELL, "programme"], values="n")
        .with_columns(*[pl.lit(0, pl.Int64).alias(m) for m in MARKS if m not in present])
        .with_columns(pl.col(MARKS).fill_null(0))
        .select(*CELL, "programme", *MARKS)
    )


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
