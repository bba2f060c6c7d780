"""Excess: bad cases of a unit beyond what it would have at the others' rate, and whether to say."""

import polars as pl

from queries.statistics.intervals import byar, wilson

#: Fewer bad cases beyond the others' rate are not said.
LEAST = 5

#: From this share of the city's bad cases on, with at most half that share of all.
CONCENTRATED = 0.4

#: Measures whose bad cases are not some of all: Byar's limits in place of Wilson's.
RATES = ("I0303", "I0809", "I0807")


def with_excess(rows: pl.DataFrame) -> pl.DataFrame:
    """
    Adds share, rate, lower, upper, others (0–100), excess (cases) and candidate.

    `rows`: measure, bad, all, city_bad, city_all. The others are the city without the unit;
    without cases among them there is nothing to compare with.
    """
    bad, cases = pl.col("bad"), pl.col("all")
    others = (pl.col("city_bad") - bad) / (pl.col("city_all") - cases)
    compared = pl.when(pl.col("city_all") > cases)
    share = pl.when(pl.col("city_bad") > 0).then(bad / pl.col("city_bad"))
    concentrated = cases / pl.col("city_all") <= share / 2
    lower, upper = (
        pl.when(pl.col("measure").is_in(RATES)).then(count).otherwise(proportion)
        for count, proportion in zip(byar(bad, cases), wilson(bad, cases), strict=True)
    )
    apart = (pl.col("lower") > pl.col("others")).fill_null(False)
    return rows.with_columns(
        share=share * 100,
        rate=pl.when(cases > 0).then(bad / cases * 100),
        lower=lower * 100,
        upper=upper * 100,
        others=compared.then(others * 100),
        excess=compared.then(bad - cases * others),
    ).with_columns(
        candidate=(pl.col("excess") >= LEAST).fill_null(False)
        & (apart | ((share >= CONCENTRATED) & concentrated).fill_null(False))
    )
