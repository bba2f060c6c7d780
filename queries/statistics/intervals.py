"""95 % intervals of proportions (Wilson) and of counts and rates (Byar)."""

import polars as pl

#: The level is 95 % unless another z is given.
Z95 = 1.959963984540054

#: Exact Poisson limits of the counts 0, 1, 2 …: χ²(2.5 %, 2k) / 2 and χ²(97.5 %, 2k + 2) / 2.
#: Written out, for to import SciPy takes longer than to make a bulletin; tests ask it.
EXACT_LOWER = (
    0.0,
    0.025317807984289876,
    0.24220927854396496,
    0.6186721228956014,
    1.0898653736263249,
    1.6234863901184207,
    2.2018942534908508,
    2.8143630515198654,
    3.4538321767485014,
    4.115373097378334,
)
EXACT_UPPER = (
    3.6888794541139354,
    5.571643390938898,
    7.22468766772396,
    8.767273069742323,
    10.241588675403694,
    11.66833207932267,
    13.059474022518685,
    14.422675361702376,
    15.763189220193313,
    17.084803451419166,
)

#: Below this count Byar's approximation gives way to them.
EXACT_UNDER = len(EXACT_LOWER)

Limits = tuple[pl.Expr, pl.Expr]


def wilson(numerator: pl.Expr, denominator: pl.Expr, z: float = Z95) -> Limits:
    """
    Wilson score limits of a proportion, between 0 and 1.

    Null when the denominator is not positive, the numerator negative or above it, or either null.
    """
    k, n = numerator.cast(pl.Float64), denominator.cast(pl.Float64)
    middle = 2 * k + z**2
    width = z * (z**2 + 4 * k * (1 - k / n)).sqrt()
    scale = 2 * (n + z**2)
    sound = pl.when((n > 0) & (k >= 0) & (k <= n))
    # Of none and of all exact: a limit a rounding error below 100 % would exclude the city's 100 %.
    lower = pl.when(k == 0).then(0.0).otherwise((middle - width) / scale)
    upper = pl.when(k == n).then(1.0).otherwise((middle + width) / scale)
    return sound.then(lower.clip(0, 1)), sound.then(upper.clip(0, 1))


def wilson_of(
    numerator: float | None, denominator: float | None, z: float = Z95
) -> tuple[float | None, float | None]:
    """`wilson` of two numbers; two times None where it is null."""
    k, n = pl.lit(numerator, dtype=pl.Float64), pl.lit(denominator, dtype=pl.Float64)
    lower, upper = wilson(k, n, z)
    return pl.select(lower=lower, upper=upper).row(0)


def byar(count: pl.Expr, denominator: pl.Expr | None = None) -> Limits:
    """
    95 % limits of a count (a whole number), or of the rate count ÷ denominator.

    Byar's approximation from 10 on, the exact Poisson limits below. Null for a negative count and
    where the denominator is not positive.
    """
    lower, upper = (
        pl.when(count >= EXACT_UNDER).then(approximate).when(count >= 0).then(exact)
        for approximate, exact in zip(_byar(count), _exact(count), strict=True)
    )
    if denominator is None:
        return lower, upper
    sound = pl.when(denominator > 0)
    return sound.then(lower / denominator), sound.then(upper / denominator)


def _byar(count: pl.Expr) -> Limits:
    def cubed(events: pl.Expr, sign: int) -> pl.Expr:
        return events * (1 - 1 / (9 * events) + sign * Z95 / (3 * events.sqrt())).pow(3)

    events = count.cast(pl.Float64)
    return cubed(events, -1), cubed(events + 1, 1)


def _exact(count: pl.Expr) -> Limits:
    lower, upper = (
        count.cast(pl.Int64).replace_strict(
            dict(enumerate(limits)), default=None, return_dtype=pl.Float64
        )
        for limits in (EXACT_LOWER, EXACT_UPPER)
    )
    return lower, upper
