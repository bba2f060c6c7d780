"""What a role sees on a page, taken together, gives no small count away: a linear programme tries."""

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor import recovered
from queries.access import Access, access
from queries.answers.coverage import MARKS, coverage
from queries.answers.indicators import indicators
from queries.answers.response_parts import on_time_by_two
from queries.answers.warnings import warnings
from queries.disclosure import controlled, rounded
from queries.snapshot import Snapshot, open_snapshot
from queries.suppression import SMALL
from stores import D

COUNTY = "621202"

ROLES = {"analyst": access("analyst"), "county": access("county", COUNTY)}

Cells = dict[tuple, float]


def regions(snapshot: Snapshot, level: str) -> list[str]:
    return snapshot.cube("regions").filter(region_level=level)["region_code"].to_list()


def by_regions(snapshot: Snapshot, answer: Callable[[str], pl.DataFrame], *columns: str) -> Cells:
    """Cells of city, counties and townships, by region first."""
    found = {}
    for level in ("city", "county", "township"):
        for row in answer(level).to_dicts():
            place = "city" if level == "city" else row["group"]
            for column in columns:
                if row[column] is not None:
                    found[(place, *_key(row), column)] = row[column]
    return found


def _key(row: dict) -> tuple:
    names = ("id", "programme_code", "basis", "direction", "state", "department")
    return tuple(row[name] for name in names if name in row)


def sums_of_regions(snapshot: Snapshot, cells: Cells) -> list:
    """City = counties, county = its townships, of every kind of cell."""
    kinds = {key[1:] for key in cells}
    inside = [("city", regions(snapshot, "county"))]
    for county in regions(snapshot, "county"):
        inside.append((county, [t for t in regions(snapshot, "township") if t[:6] == county]))
    return [((whole, *k), [(part, *k) for part in parts]) for k in kinds for whole, parts in inside]


def register(snapshot: Snapshot) -> Cells:
    """I0101 … : every indicator's numerator and denominator by region."""
    counted = by_regions(snapshot, lambda by: indicators(snapshot, by), "numerator", "denominator")
    return {key: value for key, value in counted.items() if key[1] not in NOT_COUNTS}


#: Money, batches of data, decisions, counties: not counts of persons or cases.
NOT_COUNTS = {
    "I0301",
    "I0302",
    "I0303",
    "I0401",
    "I0803",
    "I1004",
    "I1201",
    "I1301",
    "I1302",
    "I1303",
}


def programmes(snapshot: Snapshot) -> Cells:
    """Coverage of programmes by region; who was excluded is shown to nobody whose counts are rounded."""
    marks = [mark for mark in MARKS if mark not in ("excluded", "covered")]
    return by_regions(snapshot, lambda by: coverage(snapshot, by), *marks)


def cases(snapshot: Snapshot) -> Cells:
    """Warnings by state and region."""
    return by_regions(snapshot, lambda by: warnings(snapshot, by), "warnings", "overdue")


SEEN = {"register": register, "programmes": programmes, "cases": cases}


def told(exact: Cells, shown: Cells, sums: list) -> list:
    """Sums that really hold, and of which something is shown."""
    known = [(total, [p for p in parts if p in exact]) for total, parts in sums if total in exact]
    return [
        (total, parts)
        for total, parts in known
        if parts and exact[total] == sum(exact[part] for part in parts)
    ]


def attacked(exact: Cells, shown: Cells, sums: list, most: int = 40) -> dict:
    """What a linear programme recovers of hidden small cells, of a random choice of them."""
    small = sorted(key for key, value in exact.items() if 1 <= value <= SMALL and key in shown)
    assert all(np.isnan(shown[key]) for key in small)
    chosen = np.random.default_rng(7).permutation(len(small))[:most]
    return recovered(shown, told(exact, shown, sums), [small[i] for i in chosen])


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("seen", SEEN)
def test_regions_and_what_they_add_up_to_give_nothing_away(stored, role, seen):
    whole = open_snapshot(stored("demonstration"), D)
    allowed = open_snapshot(stored("demonstration"), D, access=ROLES[role])
    exact, shown = SEEN[seen](whole), SEEN[seen](allowed)
    # A county sees no other: what it cannot see is not among the cells.
    exact = {key: value for key, value in exact.items() if key in shown}
    assert attacked(exact, shown, sums_of_regions(whole, exact)) == {}


def test_what_adds_up_to_the_entitled_gives_no_gap_away(stored):
    whole = open_snapshot(stored("demonstration"), D)
    allowed = open_snapshot(stored("demonstration"), D, access=ROLES["analyst"])
    exact, shown = programmes(whole), programmes(allowed)
    sums = sums_of_regions(whole, exact)
    parts = ("covered_eligible", "excluded", "gap")
    for place, code, basis, mark in list(exact):
        if mark == "eligible" and basis != "none":
            sums.append(((place, code, basis, mark), [(place, code, basis, p) for p in parts]))
    assert attacked(exact, shown, sums) == {}


def test_departments_of_counties_and_townships_give_nothing_away(stored):
    for role in ROLES.values():
        whole, allowed = (
            open_snapshot(stored("demonstration"), D, access=a) for a in (Access(), role)
        )
        exact, shown = (
            {
                (row["region"], row["department"]): row["denominator"]
                for row in on_time_by_two(s, D.replace(day=1), COUNTY).to_dicts()
            }
            for s in (whole, allowed)
        )
        departments = {key[1] for key in exact}
        totals = {d: sum(v for k, v in exact.items() if k[1] == d) for d in departments}
        sums = [(("all", d), [k for k in exact if k[1] == d]) for d in departments]
        seen = pl.DataFrame({"n": list(totals.values())}).select(rounded(pl.col("n")))["n"]
        exact |= {("all", d): n for d, n in totals.items()}
        shown |= {("all", d): n for d, n in zip(totals, seen, strict=True)}
        assert attacked(exact, shown, sums) == {}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=2, max_size=12))
def test_no_line_of_counts_gives_a_small_one_away(counts):
    line = pl.DataFrame({"part": [str(i) for i in range(len(counts))], "n": counts})
    shown = dict(controlled(line, ("part",), counts=("n",)).rows())
    total = pl.select(rounded(pl.lit(sum(counts))))[:, 0][0]
    small = [str(i) for i, n in enumerate(counts) if 1 <= n <= SMALL]
    assert recovered({**shown, "all": total}, [("all", list(shown))], small) == {}


def test_the_attacker_finds_what_is_badly_hidden():
    shown = {"all": 100.0, "a": float("nan"), "b": 90.0}
    assert recovered(shown, [("all", ["a", "b"])], ["a"]) == {"a": (6.0, 14.0)}


def test_a_county_sees_no_other_and_a_department_only_its_own(stored):
    county = open_snapshot(stored("demonstration"), D, access=ROLES["county"])
    assert regions(county, "county") == [COUNTY]
    assert set(indicators(county, "county")["group"]) == {COUNTY}
    assert {code[:6] for code in indicators(county, "township")["group"]} == {COUNTY}
    education = access("department", department="education")
    own = open_snapshot(stored("demonstration"), D, access=education)
    assert set(indicators(own, "department")["group"]) == {"education"}
    assert regions(own, "township") == []
