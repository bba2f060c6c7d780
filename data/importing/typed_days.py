"""The ways in which people write days, months and times → ISO, for the place that reads it."""

import polars as pl

from data.registry.texts import bare

#: Day 0 of spreadsheets; serials of five digits are days from 1927 to 2173.
SERIAL = r"^[1-9]\d{4}(\.\d+)?$"
ZERO = pl.lit("1899-12-30").str.to_datetime("%Y-%m-%d", time_unit="us")

#: Columns that hold a month: `2024-03`, `202403` and `2024年3月` are its first day.
MONTHS = {"birth_month", "period_month"}


def spelled(text: pl.Series, column: str) -> pl.Series:
    """Days and times of many spellings in ISO; what is in none of them stays as it is."""
    value = pl.col("value")
    zero_filled = (
        value.str.replace(r"^(\d{4})(\d\d)(\d\d)$", "$1-$2-$3")
        .str.replace(r"^(\d{4})[/.年](\d{1,2})[/.月](\d{1,2})日?", "$1-$2-$3")
        .str.replace(r"^(\d{4})-(\d)-", "$1-0$2-")
        .str.replace(r"^(\d{4}-\d\d)-(\d)\b", "$1-0$2")
        .str.replace(r"^(\d{4}-\d\d-\d\d)\s*(\d):", "$1 0$2:")
    )
    serial = pl.when(value.str.contains(SERIAL)).then(value).cast(pl.Float64)
    moment = ZERO + pl.duration(seconds=(serial * 86_400).round().cast(pl.Int64))
    typed = pl.DataFrame({"value": bare(text)})
    if column in MONTHS:
        first = value.str.replace(r"^(\d{4})[-/.年]?(\d\d)月?$", "$1-$2-01")
        typed = typed.with_columns(first.str.replace(r"^(\d{4})[-/.年](\d)月?$", "$1-0$2-01"))
    return typed.select(
        pl.when(value.str.contains(SERIAL))
        .then(moment.dt.strftime("%Y-%m-%d %H:%M:%S"))
        .otherwise(zero_filled)
        .alias("value")
    )["value"]
