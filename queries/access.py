"""What a role may ask: region, department, lowest level, edition, lists of cases, files, the log.

A snapshot carries the access it was opened with; its cubes hold nothing beyond it, so neither a
forged address nor a kept selection gets more (`Snapshot.cube`). A cube of which a role may know
nothing is refused, not emptied: nobody is told 0 of what is only not theirs.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import polars as pl

from data import reference, settings

ROLES = Path(__file__).with_name("roles.toml")

#: Digits of the codes of a county and of a township.
COUNTY, TOWNSHIP = 6, 9

#: Cubes of which a department sees the programmes that it operates.
BY_PROGRAMME = ("coverage", "reach")

#: Cubes of which a department sees its referrals.
BY_DEPARTMENT = ("response",)

#: Cubes that hold many indicators; which of them a department sees by county depends on the row.
BY_INDICATOR = ("flow", "stock")

#: Topics whose part is a department.
OF_DEPARTMENTS = ("match", "silence")

#: Lists of single cases, and whether they are of a department's own.
CASES = {"open_warnings": False, "open_referrals": True}

OUTSIDE = "此项超出本角色的查看范围"
NO_CASES = "本角色不提供逐件清单"

Narrowable = TypeVar("Narrowable")


class AccessError(ValueError):
    """What the role may not do or see; the message says what, in Chinese."""


@dataclass(frozen=True)
class Access:
    """What may be asked; `county`, `township` and `department` are codes, empty for all of them."""

    role: str = "office"
    county: str = ""
    township: str = ""
    department: str = ""
    lowest: str = "township"
    open: bool = False  # the open edition: see `open_edition.py`
    cases: bool = True
    files: str = "yes"  # list: of the own list of cases alone; no
    prepares: bool = True
    board: bool = True
    log: bool = False

    @property
    def name(self) -> str:
        """What the role is called on screen."""
        return roles()[self.role]["name"]

    @property
    def own(self) -> str:
        """The region that is the role's own: a township, a county, or empty for the city."""
        return self.township or self.county

    @property
    def unlimited(self) -> bool:
        """Whether every row may be seen as it is."""
        return not self.own and not self.department and self.lowest == "township" and not self.open

    @property
    def exports(self) -> bool:
        """Whether files of figures may be made."""
        return self.files == "yes"

    @property
    def lists(self) -> bool:
        """Whether the role has a list of its own cases to clear."""
        return self.cases and bool(self.own or self.department)

    def region(self, asked: str) -> str:
        """The region that is answered for when one is asked for: inside the role's own."""
        inside = asked if asked.startswith(self.own) else self.own
        return inside[:COUNTY] if self.lowest == "county" else inside

    def narrowed(self, scope: Narrowable) -> Narrowable:
        """The scope within the access; no other is ever answered."""
        department = self.department or scope.department
        return replace(scope, region=self.region(scope.region), department=department)

    def in_open_edition(self) -> "Access":
        """The same role's view of the open edition."""
        return replace(self, open=True, lowest="county", cases=False)

    def narrows(self, name: str) -> bool:
        """Whether the role may know of fewer rows of a cube than there are."""
        return not self.unlimited or (name in CASES and not self.cases)

    def cube(self, name: str, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows of a cube that the role may know of; AccessError where these are none at all."""
        if not self.narrows(name):
            return frame
        if name in CASES:
            if not self.cases or (self.department and not CASES[name]):
                raise AccessError(NO_CASES)
        elif name.startswith("rates."):
            return frame
        cube, _, level = name.partition(".")
        if (level == "township" and self.lowest == "county") or (
            self.township and level == "county"
        ):
            raise AccessError(OUTSIDE)
        if self.township and level in ("city", "department"):
            raise AccessError(OUTSIDE)
        own = self._own_regions(cube, level, frame) & self._own_department(cube, level, frame)
        return frame.filter(own)

    def _own_regions(self, cube: str, level: str, frame: pl.DataFrame) -> pl.Expr:
        if cube == "regions":
            # Names of counties are known to all who compare rates.
            listed = pl.col("region_level").is_in(["city", "county"])
            townships = pl.lit(self.lowest == "township") & pl.col("region_code").str.starts_with(
                self.own
            )
            return listed | townships
        if not self.own or level in ("city", "department"):
            return pl.lit(True)
        columns = ("group",) if cube == "figures" else ("region", "region_code", "county")
        named = [column for column in columns if column in frame.columns]
        return pl.all_horizontal(pl.lit(True), *[_is_own(column, self.own) for column in named])

    def _own_department(self, cube: str, level: str, frame: pl.DataFrame) -> pl.Expr:
        if not self.department:
            return pl.lit(True)
        if cube in BY_PROGRAMME:
            return pl.col("programme").is_in(programmes_of(self.department))
        if cube in BY_DEPARTMENT or cube == "open_referrals":
            return pl.col("department") == self.department
        if cube == "decisions":
            return pl.col("lead_dept") == self.department
        if cube == "figures":
            # Stored of all departments together.
            raise AccessError(OUTSIDE)
        if level in ("city", ""):
            return self._own_rows(frame)
        if cube not in BY_INDICATOR:
            raise AccessError(OUTSIDE)
        led = pl.col("id").is_in(indicators_led(self.department)) & pl.lit(level == "county")
        return self._own_rows(frame) & (
            led | (pl.col("department") == self.department).fill_null(False)
        )

    def _own_rows(self, frame: pl.DataFrame) -> pl.Expr:
        """Rows of no department or of the own; of topics with departments as parts, its part."""
        if not {"id", "department", "programme"} <= set(frame.columns):
            return pl.lit(True)
        part = ~pl.col("id").is_in(OF_DEPARTMENTS) | (pl.col("programme") == self.department)
        return (pl.col("department").is_null() | (pl.col("department") == self.department)) & part

    def withholds(self, indicator: str, level: str, own_cases: bool) -> bool:
        """
        Whether an indicator below the city is not the department's to see: neither counted in its
        own referrals and programmes (`own_cases`) nor, by county, of a task row that it leads.
        """
        if not self.department or own_cases or level == "city":
            return False
        return level == "township" or indicator not in indicators_led(self.department)


#: Everything, as it is: the office, the command line.
WHOLE = Access()


def _is_own(column: str, own: str) -> pl.Expr:
    """Rows of a region and of what lies in it, and those of the city as a whole."""
    code = pl.col(column)
    city = (code == "") | ((code.str.len_chars() == COUNTY) & code.str.ends_with("00"))
    return code.is_not_null() & (code.str.starts_with(own) | city)


@cache
def programmes_of(department: str) -> list[str]:
    """Programmes that a department operates."""
    operated = reference.programmes().filter(pl.col("operating_dept") == department)
    return operated["programme_code"].to_list()


@cache
def indicators_led(department: str) -> list[str]:
    """Indicators of the task rows that a department leads."""
    leads = pl.col("lead_codes").str.split("|").list.contains(department)
    rows = set(reference.table("tasks").filter(leads)["row_id"])
    known = reference.table("indicators").select("id", pl.col("task_rows").str.split("|"))
    return [indicator for indicator, under in known.rows() if rows & set(under)]


@cache
def roles() -> dict[str, dict[str, Any]]:
    """The roles of `roles.toml`."""
    return tomllib.loads(ROLES.read_text(encoding="utf-8"))


def access(role: str, county: str = "", department: str = "", township: str = "") -> Access:
    """The access of a role; AccessError for an unknown one, or one whose own area is not named."""
    if role not in roles():
        raise AccessError(f"没有“{role}”这一角色，角色有：{'、'.join(roles())}")
    rule = roles()[role]
    if rule["area"] == "county" and not _is_code(county, COUNTY):
        raise AccessError(f"{rule['name']}须写明县区代码（6位）")
    if rule["area"] == "township" and not _is_code(township, TOWNSHIP):
        raise AccessError(f"{rule['name']}须写明乡镇代码（9位）")
    if rule["department"] == "own" and not department:
        raise AccessError(f"{rule['name']}须写明部门代码")
    own_township = township if rule["area"] == "township" else ""
    return Access(
        role,
        county=county if rule["area"] == "county" else own_township[:COUNTY],
        township=own_township,
        department=department if rule["department"] == "own" else "",
        lowest=rule["lowest"],
        open=rule["edition"] == "open",
        cases=rule["cases"],
        files=rule["files"],
        prepares=rule["prepares"],
        board=rule["board"],
        log=rule["log"],
    )


def _is_code(code: str, digits: int) -> bool:
    return code.isascii() and code.isdecimal() and len(code) == digits


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
    entry = _users(path, path.stat().st_mtime_ns).get(account)
    if entry is None:
        return None
    try:
        own = {name: entry.get(name, "") for name in ("county", "department", "township")}
        return User(account, str(entry.get("unit", "")), access(entry["role"], **own))
    except (KeyError, TypeError, AttributeError) as error:
        raise AccessError(f"{path.name}中“{account}”的登记有误：{error}") from error


@lru_cache(maxsize=1)
def _users(path: Path, _changed: int) -> Mapping[str, Any]:
    """Entries by account; read anew when the file changes."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise AccessError(f"{path.name}无法读取：{error}") from error
