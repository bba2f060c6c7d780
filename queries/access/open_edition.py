"""The open edition (公开口径): what may leave the circle of those who are responsible.

“Small numbers” of the definitions: below the city a count of 1–7 is hidden and others go to the
nearest 5, cell by cell, when shown. Rounding stands in for secondary suppression (NHS Digital, HES
and ECDS, 2018). A hidden figure is null, and its row says so in the column `suppressed`.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from inspect import signature
from typing import Any, Concatenate, ParamSpec

import polars as pl

SMALL, BASE = 7, 5

#: The column of a released answer, none of an exact one.
SUPPRESSED = pl.col("^suppressed$")

Given = ParamSpec("Given")

#: An answer `(snapshot, …)` as a frame.
Answer = Callable[Concatenate[Any, Given], pl.DataFrame]


def rounded(count: pl.Expr) -> pl.Expr:
    """A count to the nearest 5, null for 1–7."""
    return pl.when(is_shown(count)).then((count / BASE).round() * BASE)


def is_shown(count: pl.Expr) -> pl.Expr:
    """Whether what rests on a count may be shown; null where the count is not known."""
    return (count == 0) | (count > SMALL)


def released(
    rows: pl.DataFrame, counts: Sequence[str], resting: dict[str, str] | None = None
) -> pl.DataFrame:
    """
    The rows as the open edition shows them; `suppressed`: whether a count of the row is hidden.

    `resting`: columns that are null where the count they rest on is hidden.
    """
    others = {
        column: pl.when(is_shown(pl.col(count)).fill_null(True)).then(pl.col(column))
        for column, count in (resting or {}).items()
    }
    hidden = [(~is_shown(pl.col(count))).fill_null(False) for count in counts]
    return rows.with_columns(
        *[rounded(pl.col(count)).cast(rows.schema[count]).alias(count) for count in counts],
        suppressed=pl.any_horizontal(hidden),
        **others,
    )


def hides(snapshot: Any, by: str, region: str) -> bool:
    """Whether the open edition hides small counts of an answer: by county, or in a region."""
    return snapshot.access.open and (by == "county" or bool(region))


def open_edition(*counts: str, **resting: str) -> Callable[[Answer[Given]], Answer[Given]]:
    """
    Decorates an answer `(snapshot, …)` with `counts`: of a snapshot opened in the open edition they
    are released below the city, that is by county or in a region; the city's own stay exact.

    `resting`: see `released`.
    """

    def decorate(answer: Answer[Given]) -> Answer[Given]:
        arguments = signature(answer)

        @wraps(answer)
        def edition(snapshot: Any, /, *given: Given.args, **named: Given.kwargs) -> pl.DataFrame:
            rows = answer(snapshot, *given, **named)
            if not snapshot.access.open:
                return rows
            asked = arguments.bind(snapshot, *given, **named).arguments
            if hides(snapshot, asked.get("by", ""), asked.get("region", "")):
                return released(rows, counts, resting)
            return rows.with_columns(suppressed=pl.lit(False))

        return edition

    return decorate
