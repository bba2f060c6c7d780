"""The rule of one role: region, department, lowest level, edition, lists, files, the log."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Protocol, TypeVar, cast

import polars as pl

from data.reference import policy_tables
from data.reference.departments import own_codes
from queries.region import Region

OUTSIDE = "此项超出本角色的查看范围"


class Narrowable(Protocol):
    """What an access narrows: a scope."""

    @property
    def region(self) -> str:
        """A region's code."""

    @property
    def department(self) -> str:
        """A department's code, empty for all."""


Narrowed = TypeVar("Narrowed", bound=Narrowable)


class AccessError(ValueError):
    """What the role may not do or see; the message says what, in Chinese."""


@dataclass(frozen=True)
class Access:
    """What may be asked; `county`, `township` and `department` are codes, empty for all of them."""

    role: str = "office"
    name: str = "联席会议办公室"  # on screen
    county: str = ""
    township: str = ""
    department: str = ""
    lowest: str = "township"
    open: bool = False  # the open edition: see `queries/access/open_edition.py`
    cases: bool = True
    files: str = "yes"  # list: of the own list of cases alone; no
    prepares: bool = True
    board: bool = True
    log: bool = False

    @property
    def own(self) -> Region:
        """The region that is the role's own: a township, a county, or the city."""
        return Region(self.township or self.county)

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

    def region(self, asked: str) -> Region:
        """The region that is answered for when one is asked for: inside the role's own."""
        inside = Region(asked) if self.own.contains(asked) else self.own
        return inside.county if self.lowest == "county" else inside

    def narrowed(self, scope: Narrowed) -> Narrowed:
        """The scope within the access; no other is ever answered."""
        department = self.department or scope.department
        return replace(cast(Any, scope), region=self.region(scope.region), department=department)

    def in_open_edition(self) -> "Access":
        """The same role's view of the open edition."""
        return replace(self, open=True, lowest="county", cases=False)

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


@cache
def programmes_of(department: str) -> list[str]:
    """Programmes that a department operates."""
    operated = policy_tables.programmes().filter(
        pl.col("operating_dept").is_in(own_codes(department))
    )
    return operated["programme_code"].to_list()


@cache
def indicators_led(department: str) -> list[str]:
    """Indicators of the task rows that a department leads."""
    own = list(own_codes(department))
    leads = pl.col("lead_codes").str.split("|").list.eval(pl.element().is_in(own)).list.any()
    rows = set(policy_tables.table("tasks").filter(leads)["row_id"])
    task_rows_of = policy_tables.table("indicators").select(
        "id", pl.col("task_rows").str.split("|")
    )
    return [indicator for indicator, under in task_rows_of.rows() if rows & set(under)]
