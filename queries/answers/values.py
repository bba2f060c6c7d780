"""From counts to figures: value, limits and status."""

from functools import lru_cache

import polars as pl

from queries.catalogue import MONEY, QUANTILES, catalogue
from queries.statistics.intervals import wilson

COLUMNS = (
    "id",
    "name",
    "unit",
    "group",
    "numerator",
    "denominator",
    "value",
    "lower",
    "upper",
    "status",
)


def without_quantiles(joined: pl.DataFrame) -> pl.DataFrame:
    """Counts of indicators that are no quantile, as `valued` takes them; what has no row is 0."""
    nothing = pl.lit(None, pl.Float64)
    return joined.with_columns(
        pl.col("numerator", "denominator").fill_null(0),
        quantile=nothing,
        quantile_lower=nothing,
        quantile_upper=nothing,
    )


def valued(filled: pl.DataFrame) -> pl.DataFrame:
    """Adds name, unit, value, limits and status to counts; a null count is suppressed."""
    scaled = filled.join(described(), on="id", how="left", maintain_order="left").with_columns(
        pl.col("numerator") / pl.col("numerator_scale"),
        pl.col("denominator") / pl.col("denominator_scale"),
    )
    quantile = pl.col("id").is_in(list(QUANTILES))
    rate = pl.col("is_rate") | quantile
    # A region without its population row is unknown, not empty.
    no_row = (pl.col("id") == "I0102") & (pl.col("denominator") == 0)
    hidden = pl.col("numerator").is_null() | (rate & pl.col("denominator").is_null())
    hidden = pl.when(quantile).then(pl.col("denominator").is_null()).otherwise(hidden)
    status = (
        pl.when(no_row)
        .then(pl.lit("no_data"))
        .when(pl.col("source") != "ok")
        .then("source")
        .when(rate & (pl.col("denominator") == 0))
        .then(pl.lit("undefined"))
        .when(hidden)
        .then(pl.lit("suppressed"))
        .when(quantile & pl.col("quantile").is_null())
        .then(pl.lit("not_reached"))
        .otherwise(pl.lit("ok"))
    )
    counted = ~pl.col("status").is_in(["no_data", "off_season"])
    return (
        scaled.with_columns(status=status)
        .with_columns(**_figures(quantile))
        .with_columns(
            pl.when(counted).then("numerator"),
            pl.when(counted & rate).then("denominator"),
            pl.when(pl.col("status") == "ok").then("value"),
            pl.when(pl.col("status").is_in(["ok", "not_reached"])).then(pl.col("lower", "upper")),
        )
        .select(COLUMNS)
    )


def _figures(quantile: pl.Expr) -> dict[str, pl.Expr]:
    """`value, lower, upper`: a quantile with its limits, a rate with Wilson's, or a count."""
    percent = pl.when(pl.col("unit") == "%").then(100.0).otherwise(1.0)
    quotient = pl.col("numerator") / pl.col("denominator") * percent
    lower, upper = wilson(pl.col("numerator"), pl.col("denominator"))
    counted = pl.when(pl.col("is_rate")).then(quotient).otherwise("numerator")
    proportion = pl.col("has_interval")
    return {
        "value": pl.when(quantile).then("quantile").otherwise(counted),
        "lower": pl.when(quantile).then("quantile_lower").when(proportion).then(lower * 100),
        "upper": pl.when(quantile).then("quantile_upper").when(proportion).then(upper * 100),
    }


@lru_cache(maxsize=1)
def described() -> pl.DataFrame:
    """What the catalogue says of each indicator's figure; money is stored in fen."""
    return pl.DataFrame(
        [
            {
                "id": i.id,
                "name": i.name,
                "unit": i.unit,
                "is_rate": i.is_rate,
                "has_interval": i.has_interval,
                "numerator_scale": 100.0 if i.id in MONEY else 1.0,
                "denominator_scale": 100.0 if i.id in MONEY and i.unit == "%" else 1.0,
            }
            for i in catalogue().values()
        ]
    )
