"""The exhibit: what a leader looks at, an analyst exports and a slide shows, as one value."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

Kind = Literal["bar", "stacked", "step", "line"]


@dataclass(frozen=True)
class Chart:
    """
    How a table is drawn: columns by role.

    bar: a bar per `x`, whiskers from `lower` to `upper`; stacked: bars by `series`; step: a curve
    per `series`; line: points in time with `mean` and limits.
    """

    kind: Kind
    x: str
    y: str
    unit: str
    series: str = ""
    lower: str = ""
    upper: str = ""
    description: str = ""


@dataclass(frozen=True, eq=False)
class Exhibit:
    """
    A question, what the figures answer, and the figures.

    `table` is tidy, its columns named in Chinese as they are exported; `definition` says what is
    counted and the basis of each limit; an empty table says why in `finding`.
    """

    key: str
    question: str
    finding: str
    table: pl.DataFrame
    chart: Chart | None
    definition: str
    as_of: date
    place: str
