"""The columns of a rate with its limits in a table, and its bars with whiskers."""

import polars as pl

from exhibits.exhibit import Chart
from queries.access.open_edition import SUPPRESSED

#: Columns that a chart of bars may have beside the rate and its limits.
OPTIONAL = pl.col("^(series|code)$")


def limit_columns(
    name: str = "95%", limits: tuple[str, str] = ("lower", "upper"), digits: int = 2
) -> list[pl.Expr]:
    """A lower and an upper limit under their headers: 95%下限, 95%上限."""
    headers = (f"{name}下限", f"{name}上限")
    return [
        pl.col(column).round(digits).alias(header)
        for column, header in zip(limits, headers, strict=True)
    ]


def rate_columns(
    name: str, rate: str = "value", numerator: str = "", denominator: str = ""
) -> list[pl.Expr]:
    """
    A rate of `rows` in % under `name`, and its 95 % limits; columns: `rate`, lower, upper.

    `numerator` and `denominator`: headers of these two columns, which come last; empty for none.
    """
    counts = {"numerator": numerator, "denominator": denominator}
    return [
        pl.col(rate).round(2).alias(name),
        *limit_columns(),
        *[pl.col(column).alias(header) for column, header in counts.items() if header],
    ]


def rate_bars(
    rows: pl.DataFrame,
    description: str,
    rate: str = "value",
    digits: int = 1,
    reference: float | None = None,
    reference_name: str = "",
) -> Chart:
    """
    Lying bars of rates in % with their 95 % intervals and the rate as text.

    Columns of `rows`: label, `rate`, lower, upper, and optionally suppressed, series, code.
    """
    said = [None if value is None else f"{value:.{digits}f}" for value in rows[rate]]
    text = pl.Series("text", said, dtype=pl.String)
    return Chart(
        kind="bars",
        data=rows.select("label", "lower", "upper", SUPPRESSED, OPTIONAL, text, value=rate),
        unit="%",
        description=description,
        reference=reference,
        reference_name=reference_name,
    )
