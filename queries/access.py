"""What a role may ask: region, department, lowest level, exact or rounded counts, files, logs.

A snapshot carries the access it was opened with; its cubes hold nothing beyond it, so neither a
forged address nor a kept selection gets more (`Snapshot.cube`, `answers/cells.py`).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import polars as pl

from data import reference, settings

ROLES = Path(__file__).with_name("roles.toml")

#: Digits of a county's code.
COUNTY = 6

#: Cubes of which a department sees the programmes that it operates.
BY_PROGRAMME = ("coverage", "reach")

#: Lists of single cases: cells of one. Only who sees exact counts sees them.
CASES = ("open_warnings", "open_referrals")

Narrowable = TypeVar("Narrowable")


class AccessError(ValueError):
    """What the role may not do or see; the message says what, in Chinese."""


@dataclass(frozen=True)
class Access:
    """What may be asked; `county` and `department` are codes, empty for all of them."""

    role: str = "office"
    county: str = ""
    department: str = ""
    lowest: str = "township"
    rounded: bool = False
    exports: bool = True
    prepares: bool = True
    board: bool = True
    log: bool = False

    @property
    def name(self) -> str:
        """What the role is called on screen."""
        return roles()[self.role]["name"]

    @property
    def unlimited(self) -> bool:
        """Whether every row may be seen as it is."""
        whole = not self.county and not self.department and self.lowest == "township"
        return whole and not self.rounded

    @property
    def by_month(self) -> bool:
        """Whether month-ends and the newest day alone are shown: a day's own is too little."""
        return roles()[self.role]["counts"] == "rounded"

    def narrows(self, name: str) -> bool:
        """Whether the role may know of fewer rows of a cube than there are."""
        regional = (self.county or self.lowest == "county") and not name.endswith(".city")
        return bool(regional or self.department or (self.rounded and name in CASES))

    def since(self, asked: date, as_of: date) -> date:
        """
        Start of the period that is answered for.

        Where small counts are hidden it is the month: a longer one would give a month away by
        subtraction from the same of another day.
        """
        return as_of.replace(day=1) if self.rounded else asked

    def filters(self, *asked: str | None) -> None:
        """AccessError where category or residence may not be asked for: parts give parts away."""
        if self.rounded and any(asked):
            raise AccessError("本角色不能按类别或城乡筛选（避免推算小数）")

    def region(self, asked: str) -> str:
        """The region that is answered for when one is asked for: inside the role's own."""
        inside = asked if asked.startswith(self.county) else self.county
        # Below a county a rounded role gets regions side by side, not one cut further.
        return inside[:COUNTY] if self.rounded or self.lowest == "county" else inside

    def narrowed(self, scope: Narrowable) -> Narrowable:
        """The scope within the access; no other is ever answered."""
        kept = {"category": "", "residence": ""} if self.rounded else {}
        department = self.department or scope.department
        return replace(scope, region=self.region(scope.region), department=department, **kept)

    def cube(self, name: str, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows of a cube that the role may know of."""
        if not self.narrows(name):
            return frame
        if self.rounded and name in CASES:
            return frame.clear()
        if self.lowest == "county" and name.endswith(".township"):
            return frame.clear()
        own = pl.lit(True)
        if self.lowest == "county" and "region_level" in frame.columns:
            own &= pl.col("region_level") != "township"
        for column in ("region", "region_code", "county"):
            if self.county and column in frame.columns and not name.endswith(".city"):
                own &= _own_region(column, self.county)
        if self.department and "department" in frame.columns:
            own &= pl.col("department").is_null() | (pl.col("department") == self.department)
        elif self.department and name.split(".")[0] in BY_PROGRAMME:
            own &= pl.col("programme").is_in(programmes_of(self.department))
        return frame.filter(own)


#: Everything, as it is: the office, the command line.
WHOLE = Access()


def _own_region(column: str, county: str) -> pl.Expr:
    """A county's own rows, and those of the city as a whole."""
    code = pl.col(column)
    city = (code == "") | ((code.str.len_chars() == COUNTY) & code.str.ends_with("00"))
    return code.is_not_null() & (code.str.starts_with(county) | city)


@cache
def programmes_of(department: str) -> list[str]:
    """Programmes that a department operates."""
    operated = reference.programmes().filter(pl.col("operating_dept") == department)
    return operated["programme_code"].to_list()


@cache
def roles() -> dict[str, dict[str, Any]]:
    """The roles of `roles.toml`."""
    return tomllib.loads(ROLES.read_text(encoding="utf-8"))


def access(role: str, county: str = "", department: str = "") -> Access:
    """The access of a role; AccessError for an unknown one, or one whose own area is not named."""
    if role not in roles():
        raise AccessError(f"没有“{role}”这一角色，角色有：{'、'.join(roles())}")
    told = roles()[role]
    if told["area"] == "own" and not county:
        raise AccessError(f"{told['name']}须写明县区代码")
    if told["department"] == "own" and not department:
        raise AccessError(f"{told['name']}须写明部门代码")
    return Access(
        role,
        county if told["area"] == "own" else "",
        department if told["department"] == "own" else "",
        told["lowest"],
        told["counts"] == "rounded",
        told["exports"],
        told["prepares"],
        told["board"],
        told["log"],
    )


@dataclass(frozen=True)
class User:
    """Who looks: an account, the unit it belongs to, what it may see."""

    account: str
    unit: str
    access: Access


def user(account: str) -> User | None:
    """The user of an account, None for an unknown one; AccessError when the file is wrong."""
    path = Path(settings.USERS_FILE)
    if not path.exists():
        return None
    told = _users(path, path.stat().st_mtime_ns).get(account)
    if told is None:
        return None
    try:
        allowed = access(told["role"], told.get("county", ""), told.get("department", ""))
        return User(account, str(told.get("unit", "")), allowed)
    except (KeyError, TypeError) as error:
        raise AccessError(f"{path.name}中“{account}”的登记有误：{error}") from error


@lru_cache(maxsize=1)
def _users(path: Path, _changed: int) -> Mapping[str, Any]:
    """Accounts and what is told of them; read anew when the file changes."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise AccessError(f"{path.name}无法读取：{error}") from error
