"""Region: the code of a county or township, or of nothing: the whole city."""

from typing import TypeVar

import narwhals as nw
import polars as pl

Code = TypeVar("Code", pl.Expr, nw.Expr)

#: Digits of a code at each level; the city is asked for by an empty code.
LEVELS = {"city": 0, "county": 6, "township": 9}


class Region(str):
    """
    A region code that knows its level, its county and what lies in it.

    6 digits are a county, 9 a township; an empty code is the whole city. It is a string, so that
    addresses, recipes and cubes hold it as it is; its name stands in the snapshot
    (`exhibits.wording.names.region_name`).
    """

    __slots__ = ()

    @property
    def level(self) -> str:
        """city, county or township."""
        if not self:
            return "city"
        return "county" if len(self) <= LEVELS["county"] else "township"

    @property
    def county(self) -> "Region":
        """The county that it is or lies in; of the city the city."""
        return Region(self[: LEVELS["county"]])

    @property
    def township(self) -> "Region":
        """The township that it is or lies in, as a village does; of a county none: empty."""
        return Region(self[: LEVELS["township"]]) if self.level == "township" else Region()

    @property
    def parent(self) -> "Region":
        """The county of a township, the city of a county."""
        return self.county if self.level == "township" else Region()

    def holds(self, code: pl.Expr) -> pl.Expr:
        """Whether a code lies in it; null where the code is."""
        return code.str.starts_with(str(self))

    def contains(self, code: str) -> bool:
        """Whether a code lies in it."""
        return code.startswith(self)


#: No region chosen.
WHOLE_CITY = Region()


def at_level(code: Code, level: str) -> Code:
    """The code of the county or township that a longer code lies in."""
    return code.str.slice(0, LEVELS[level])
