"""What a role sees, all of it together, gives no small count away: a linear programme tries."""

import math
from datetime import date
from functools import cache

import numpy as np
import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from auditor import recovered
from queries import earlier, relations
from queries.access import access
from queries.answers.indicators import indicators
from queries.disclosure import CELL, JOINED
from queries.snapshot import open_snapshot
from queries.sums import BASE, SMALL, Sum, Table
from queries.suppression import settled
from shown import shown
from stores import D

COUNTY = "621202"

BEFORE = date(2026, 9, 30)

ROLES = {
    "analyst": access("analyst"),
    "county": access("county", COUNTY),
    "department": access("department", department="education"),
}


@pytest.fixture(scope="module")
def seen(stored):
    """Counts of a day as they are, and as a role sees them, by cell."""

    @cache
    def opened(role: str, day: date = D) -> tuple[dict, dict]:
        return shown(open_snapshot(stored("demonstration"), day, access=ROLES[role]))

    return opened


def cells(exact: dict) -> relations.Cells:
    """The cells with whatever definitions put in between."""
    frame = pl.DataFrame(
        [(*cell, n) for cell, n in exact.items()],
        {**dict.fromkeys(CELL, pl.String), "n": pl.Int64},
        orient="row",
    )
    return relations.Cells(relations.with_between(frame))


def sums(known: relations.Cells, more: list[Sum] = ()) -> list:
    """What adds up: by regions, by definition, and whatever agrees in every county."""
    names = known.frame.select(CELL).rows()
    told = known.table(list(more), np.zeros(len(names), dtype=bool)).sums
    return [(names[each.total], [names[part] for part in each.parts]) for each in told]


def small(exact: dict, seed: int = 7) -> list:
    """The small cells in an order of chance."""
    found = sorted(cell for cell, n in exact.items() if 1 <= n <= SMALL)
    return [found[i] for i in np.random.default_rng(seed).permutation(len(found))]


@pytest.mark.parametrize("role", ROLES)
def test_every_small_count_is_hidden_and_every_other_one_rounded(seen, role):
    exact, told = seen(role)
    assert len(exact) > 5_000
    assert [cell for cell in small(exact) if not math.isnan(told[cell])] == []
    assert {told[cell] % BASE for cell in exact if not math.isnan(told[cell])} == {0}


def test_zero_stays_zero_and_what_is_large_enough_is_mostly_shown(seen):
    exact, told = seen("analyst")
    nobody = [cell for cell, n in exact.items() if n == 0 and cell[0] != relations.EXCLUDED]
    assert all(told[cell] == 0 for cell in nobody)
    # Even of a registry of 6,000 persons.
    large = [c for c, n in exact.items() if n > 20 * SMALL and c[1] == "region" and len(c[2]) < 9]
    assert sum(math.isnan(told[cell]) for cell in large) / len(large) < 0.1


def test_every_role_sees_of_a_cell_what_the_others_see(seen):
    exact, told = seen("analyst")
    for role in ("county", "department"):
        own, shown_to = seen(role)
        same = [cell for cell, n in own.items() if exact.get(cell) == n]
        # A department's own shares are cells of its own, which nobody else sees.
        shared = [cell for cell in own if not cell[1].startswith("department ")]
        assert len(same) > 0.8 * len(shared)
        assert [c for c in same if str(told[c]) != str(shown_to[c])] == []


def test_everything_on_all_pages_and_in_all_files_gives_nothing_away(seen):
    """An analyst and a department lay side by side what they see: every small cell is tried."""
    (all_of, seen_by_all), (own, seen_by_own) = seen("analyst"), seen("department")
    exact, told = own | all_of, seen_by_own | seen_by_all
    assert len(small(exact)) > 10_000
    assert recovered(told, sums(cells(exact)), small(exact)) == {}


def test_a_department_and_the_city_never_mean_different_things_by_one_cell(seen):
    (all_of, _), (own, _) = seen("analyst"), seen("department")
    assert [cell for cell, n in own.items() if n and all_of.get(cell, n) != n] == []
    assert any(cut == "department programme" for _, cut, _, _ in own)


def test_two_days_side_by_side_give_nothing_away(seen, stored):
    """The newest day, and the month-end before it with what came and went between them."""
    exact, told = seen("analyst")
    earlier_exact, earlier_told = seen("analyst", BEFORE)
    today = cells(exact).frame.drop("cell")
    snapshot = open_snapshot(stored("demonstration"), BEFORE)
    linked = earlier.cells_before(snapshot, today).drop("begun")
    both = relations.Cells(pl.concat([today, linked]))
    links = list(earlier.linked(both))
    assert len(links) > 100
    before = {(relations.BEFORE + name, *rest): n for (name, *rest), n in earlier_told.items()}
    hard = {(relations.BEFORE + name, *rest): n for (name, *rest), n in earlier_exact.items()}
    joined = {both.frame.row(s.total)[1:5] for s in links}
    near = {both.frame.row(p)[1:5] for s in links for p in s.parts} | joined
    targets = [cell for cell in small(exact | hard) if cell in near]
    assert recovered(told | before, sums(both, links), targets) == {}


def test_files_of_townships_beside_exact_files_of_counties_give_nothing_away(seen):
    """Who sees exact counts takes rounded files of townships and exact ones of counties and city."""
    exact, told = seen("analyst")
    known = {cell: n for cell, n in exact.items() if len(cell[2]) <= 6}
    # A county with a small count itself limits its townships, whatever is hidden.
    fair = {cell for cell, n in known.items() if n > 3 * SMALL}
    inside = [c for c in small(exact) if len(c[2]) > 6 and (c[0], c[1], c[2][:6], c[3]) in fair]
    found = recovered(told, sums(cells(exact)), inside, exact=known)
    # What the exact counts say by themselves, were all hidden but where there is nobody.
    bare = {cell: n if n == 0 else math.nan for cell, n in told.items()}
    assert len(inside) > 1_000
    assert recovered(bare, sums(cells(exact)), found, exact=known).keys() == found.keys()


def test_what_is_known_to_add_up_is_among_the_sums(seen):
    exact, _ = seen("analyst")
    told = {(total, tuple(sorted(parts))) for total, parts in sums(cells(exact))}

    def region(name: str, part: str, place: str = COUNTY) -> tuple:
        return (name, "region", place, part)

    townships = [c for c in exact if c[0] == "coverage.gap" and len(c[2]) == 9 and c[3] == "P0801"]
    inside = tuple(sorted(c for c in townships if c[2].startswith(COUNTY)))
    assert (region("coverage.gap", "P0801"), inside) in told
    marks = ("covered_eligible", "excluded", "gap")
    parts = tuple(sorted(region(f"coverage.{mark}", "P0801") for mark in marks))
    assert (region("coverage.eligible", "P0801"), parts) in told
    states = ("coordinating", "responded", "routed", "unrouted")
    ways = [JOINED.join((way, state)) for way in ("entry", "exit") for state in states]
    there = sorted(region("warnings.warnings", w) for w in ways)
    there = tuple(c for c in there if c in exact)
    assert (region("indicators.numerator", "I0711"), there) in told
    entry, leaving = (region(f"unrouted {way}.warnings", "", "") for way in ("entry", "exit"))
    assert (region("unrouted .warnings", "", ""), (entry, leaving)) in told


TABLES = st.integers(2, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 8) | st.integers(0, 60), min_size=width, max_size=width),
        min_size=2,
        max_size=5,
    )
)


# Bounds carried from sum to sum are not enough here: the first column's total would be 2–14.
@example([[0, 0, 0], [0, 0, 8], [0, 2, 0], [1, 0, 47], [3, 0, 7]])
@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_no_table_with_its_totals_gives_a_small_count_away(rows):
    counts, held = [n for row in rows for n in row], []
    width = len(rows[0])

    def total(parts: list[int]) -> int:
        counts.append(sum(counts[part] for part in parts))
        held.append(Sum(len(counts) - 1, np.array(parts)))
        return len(counts) - 1

    of_rows = [total([r * width + c for c in range(width)]) for r in range(len(rows))]
    of_columns = [total([r * width + c for r in range(len(rows))]) for c in range(width)]
    whole = total(of_rows)
    held.append(Sum(whole, np.array(of_columns)))
    none = np.zeros(len(counts), dtype=bool)
    hides = settled(Table(np.array(counts), held, none, none, none, none.astype(int), none))
    told = {
        i: math.nan if hides[i] else float(round(n / BASE) * BASE) for i, n in enumerate(counts)
    }
    targets = [i for i, n in enumerate(counts) if 1 <= n <= SMALL]
    assert all(hides[i] for i in targets)
    assert recovered(told, [(s.total, list(s.parts)) for s in held], targets) == {}


def test_what_no_hiding_can_keep_is_said(caplog):
    """The whole and the other part are shown elsewhere already: at most 4 is left."""
    none, fixed = np.zeros(3, dtype=bool), np.array([True, False, True])
    sums = [Sum(0, np.array([1, 2]))]
    counts = np.array([31, 3, 28])
    hides = settled(Table(counts, sums, none, none, fixed, none.astype(int), none))
    assert hides.tolist() == [False, True, False]
    assert [r.getMessage() for r in caplog.records] == [
        "1 small counts can be narrowed whatever is hidden today"
    ]


def test_the_attacker_finds_what_is_badly_hidden():
    told = {"all": 100.0, "a": math.nan, "b": 90.0}
    assert recovered(told, [("all", ["a", "b"])], ["a"]) == {"a": (6.0, 14.0)}


def test_the_attacker_finds_what_only_exact_totals_tell():
    told = {"all": 25.0, "a": math.nan, "b": 20.0}
    assert recovered(told, [("all", ["a", "b"])], ["a"]) == {}
    assert recovered(told, [("all", ["a", "b"])], ["a"], exact={"all": 23.0}) == {"a": (1.0, 5.0)}


def test_a_county_sees_no_other_and_a_department_only_its_own(stored):
    county = open_snapshot(stored("demonstration"), D, access=ROLES["county"])
    assert set(indicators(county, "county")["group"]) == {COUNTY}
    assert {code[:6] for code in indicators(county, "township")["group"]} == {COUNTY}
    own = open_snapshot(stored("demonstration"), D, access=ROLES["department"])
    assert set(indicators(own, "department")["group"]) == {"education"}
    assert own.cube("regions").filter(region_level="township").is_empty()
