"""The rows of a cube that an access may know of.

A cube of which it may know nothing is refused, not emptied: nobody is told 0 of what is only not
theirs. Of what lies outside a role's own it opens the cubes `rates.*` alone.
"""

import polars as pl

from queries.access.rule import (
    OUTSIDE,
    Access,
    AccessError,
    indicators_led,
    programmes_of,
)
from queries.region import LEVELS, Region

#: Cubes of which a department sees the programmes that it operates.
BY_PROGRAMME = ("coverage", "last_season", "reach")

#: Cubes of which a department sees its referrals.
BY_DEPARTMENT = ("response", "open_referrals", "attention_departments")

#: Cubes that hold many indicators; which of them a department sees by county depends on the row.
BY_INDICATOR = ("flow", "stock")

#: Topics whose part is a department.
OF_DEPARTMENTS = ("match", "silence")

#: Lists of single cases, and whether they are of a department's own.
CASES = {"open_warnings": False, "open_referrals": True}

NO_CASES = "本角色不提供逐件清单"

#: Of a day that was received or merged: its parcels hold counts alone.
NOT_SENT = "上报数据为汇总数，不含逐件清单，请在所属市的系统中查看"

#: Levels that hold a township among others.
ABOVE_TOWNSHIPS = ("city", "county", "department")


def narrows(access: Access, name: str) -> bool:
    """Whether fewer rows of a cube may be known than there are."""
    return not access.unlimited or (name in CASES and not access.cases)


def narrowed(access: Access, name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The rows of a cube that may be known; AccessError where these are none at all."""
    if not narrows(access, name):
        return frame
    if name.startswith("rates."):
        if access.open:
            # They are of counts as they are; in the open edition rates are of rounded ones.
            raise AccessError(OUTSIDE)
        return frame
    if name in CASES and (not access.cases or (access.department and not CASES[name])):
        raise AccessError(NO_CASES)
    cube, _, level = name.partition(".")
    if access.lowest == "county" and level == "township":
        raise AccessError(OUTSIDE)
    if access.township and level in ABOVE_TOWNSHIPS:
        raise AccessError(OUTSIDE)
    return frame.filter(
        _of_region(access, cube, level, frame), _of_department(access, cube, level, frame)
    )


def _of_region(access: Access, cube: str, level: str, frame: pl.DataFrame) -> pl.Expr:
    if cube == "regions":
        # Names of counties are known to all who compare rates.
        named = pl.col("region_level").is_in(["province", "city", "county"])
        inside = access.own.holds(pl.col("region_code"))
        return named | inside if access.lowest == "township" else named
    if not access.own or level in ("city", "department"):
        return pl.lit(True)
    columns = ("group",) if cube == "figures" else ("region", "region_code", "county")
    inside_each = [_is_inside(column, access.own) for column in columns if column in frame.columns]
    return pl.all_horizontal(pl.lit(True), *inside_each)


def _is_inside(column: str, own: Region) -> pl.Expr:
    """Rows of a region and of what lies in it, and those of the city as a whole."""
    code = pl.col(column)
    city = (code == "") | ((code.str.len_chars() == LEVELS["county"]) & code.str.ends_with("00"))
    return code.is_not_null() & (own.holds(code) | city)


def _of_department(access: Access, cube: str, level: str, frame: pl.DataFrame) -> pl.Expr:
    own = access.department
    if not own:
        return pl.lit(True)
    if cube in BY_PROGRAMME:
        return pl.col("programme").is_in(programmes_of(own))
    if cube in BY_DEPARTMENT:
        return pl.col("department") == own
    if cube == "decisions":
        return pl.col("lead_dept") == own
    if cube == "figures" or (level in ("county", "township") and cube not in BY_INDICATOR):
        # Figures are stored of all departments together.
        raise AccessError(OUTSIDE)
    if level not in ("county", "township"):
        return _of_nobody_else(own, frame)
    led = pl.col("id").is_in(indicators_led(own)) if level == "county" else pl.lit(False)
    mine = (pl.col("department") == own).fill_null(False)
    return _of_nobody_else(own, frame) & (led | mine)


def _of_nobody_else(own: str, frame: pl.DataFrame) -> pl.Expr:
    """Rows of no department or of the own; of topics with departments as parts, its part."""
    if not {"id", "department", "programme"} <= set(frame.columns):
        return pl.lit(True)
    part = ~pl.col("id").is_in(OF_DEPARTMENTS) | (pl.col("programme") == own)
    return (pl.col("department").is_null() | (pl.col("department") == own)) & part
