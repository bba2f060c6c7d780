"""Small numbers: what a role is shown of counts, of curves and of days; 1–7 is hidden, others go to 5."""

import math
import shutil
from datetime import date

import numpy as np
import polars as pl
import pytest

from queries.__main__ import main
from queries.access import WHOLE, access
from queries.answers.warnings import warnings
from queries.coarse import as_allowed
from queries.disclosure import guarded, rounded
from queries.refresh import ROUNDED, first_rounded
from queries.relations import Cells, Figures
from queries.snapshot import Draft, days_for, open_snapshot
from queries.stored import SnapshotError
from queries.sums import Sum, Table
from queries.suppression import settled
from stores import D

ANALYST = access("analyst")

CELL = dict.fromkeys(("name", "cut", "place", "part"), pl.String)


@pytest.mark.parametrize(
    ("count", "told"), [(0, 0), (1, None), (7, None), (8, 10), (12, 10), (13, 15), (102, 100)]
)
def test_a_count_as_it_is_shown(count, told):
    (shown,) = pl.select(rounded(pl.lit(count))).to_series()
    assert (None if math.isnan(shown) else shown) == told


def table(values: list[int], sums: list[tuple[int, list[int]]], **marks) -> Table:
    """Cells by number; marks that are not given are false throughout."""
    none = np.zeros(len(values), dtype=bool)
    every = dict.fromkeys(("free", "begun", "fixed", "ranks", "exact"), none)
    held = [Sum(total, np.array(parts)) for total, parts in sums]
    return Table(np.array(values), held, **every | marks)


def test_beside_a_small_cell_the_smallest_that_is_large_enough_is_hidden():
    # 70 less 20 and 40, each known to 2, leaves 4–16.
    assert settled(table([7, 22, 42, 71], [(3, [0, 1, 2])])).nonzero()[0].tolist() == [0, 1]


def test_the_same_figure_in_another_table_is_hidden_with_it():
    # The second cell stands as the fifth in another table, where nothing small is.
    values = [7, 22, 42, 71, 22, 40, 62]
    hides = settled(table(values, [(3, [0, 1, 2]), (1, [4]), (6, [4, 5])]))
    assert hides[1] and hides[4]


def test_what_stands_as_published_cannot_be_hidden_any_more():
    fixed = np.array([False, True, False, False])
    hides = settled(table([7, 22, 42, 71], [(3, [0, 1, 2])], fixed=fixed))
    assert hides.nonzero()[0].tolist() == [0, 2]


def test_parts_are_safe_beside_a_total_that_is_known_exactly():
    # Beside 13–17 the total leaves 1–7 open as it is rounded (18–22); as it is (18), 1–5.
    values, sums = [3, 15, 18], [(2, [0, 1])]
    assert settled(table(values, sums)).tolist() == [True, False, False]
    exact = np.array([False, False, True])
    assert settled(table(values, sums, exact=exact)).tolist() == [True, True, False]


def test_figures_that_agree_in_every_county_are_found_to_be_one():
    counties = [f"62120{i}" for i in range(1, 7)]
    counted = {"a": 1, "b": 2, "twin of a": 1, "a and b": 3}
    rows = [
        (name, "region", county, "", n * (i + 9) + (name != "b") * i * i)
        for name, n in counted.items()
        for i, county in enumerate(counties)
    ]
    frame = Cells(pl.DataFrame(rows, {**CELL, "n": pl.Int64}, orient="row")).frame
    figures = Figures(frame)
    named = [(figures.names[t][0], [figures.names[p][0] for p in ps]) for t, ps in figures.sums()]
    assert ("a", ["twin of a"]) in named
    assert ("a and b", ["a", "b"]) in named


def test_a_table_that_nobody_settled_is_hidden_whole(stored, caplog):
    snapshot = open_snapshot(stored("demonstration"), D, access=ANALYST)
    rows = pl.DataFrame({"group": ["a"], "n": [500]})
    shown = guarded(snapshot, lambda *_: rows, "kind", "", name="never asked", counts=("n",))
    assert math.isnan(shown["n"][0])
    assert "is not among what was settled" in caplog.text
    assert guarded(
        open_snapshot(stored("demonstration"), D),
        lambda *_: rows,
        "kind",
        "",
        name="x",
        counts=("n",),
    ).equals(rows)


def test_of_a_curve_no_step_is_a_small_number():
    times = pl.DataFrame(
        [("a", 1, 3, 0), ("a", 2, 6, 0), ("a", 3, 20, 9), ("a", 5, 2, 1), ("b", 1, 3, 2)],
        {"group": pl.String, "time": pl.Int64, "responded": pl.Int64, "censored": pl.Int64},
        orient="row",
    )
    draft = Draft(D, {}, {}, ANALYST)
    # 3 by day 1 wait for day 2; the last 2 and 1 go with day 3; of b nothing is enough.
    assert as_allowed(draft, times, ["group"]).rows() == [("a", 2, 10, 0), ("a", 5, 20, 10)]
    assert as_allowed(Draft(D, {}, {}, WHOLE), times, ["group"]).equals(times)


def test_a_year_of_month_ends_and_one_to_compare_is_made_for_them():
    assert first_rounded(D, ROUNDED) == date(2025, 9, 30)
    assert first_rounded(date(2026, 11, 24), ROUNDED) == date(2025, 10, 31)
    assert first_rounded(D, 0) == D


def test_rounded_roles_see_month_ends_and_the_newest_day(stored, tmp_path, capsys):
    store = shutil.copytree(stored("demonstration"), tmp_path / "store")
    middle, newest = date(2026, 10, 15), date(2026, 11, 10)
    for day in (middle, newest):
        shutil.copytree(store / D.isoformat(), store / day.isoformat())
        for manifest in (store / day.isoformat()).glob("*/manifest.json"):
            manifest.write_text(manifest.read_text().replace(D.isoformat(), day.isoformat()))
    assert days_for(store, ANALYST) == [date(2026, 9, 30), D, newest]
    assert {middle, newest, date(2025, 12, 31)} <= set(days_for(store, WHOLE))
    with pytest.raises(SnapshotError, match="no month-end and not the newest"):
        open_snapshot(store, middle, access=ANALYST)
    # Of a day that older code stored nothing is known to be safe.
    with pytest.raises(SnapshotError, match="holds no rounded counts"):
        open_snapshot(store, date(2025, 12, 31), access=ANALYST)
    asked = ["warnings", "--snapshot", str(store), "--as-of", str(middle), "--by", "city"]
    assert main([*asked, "--role", "analyst"]) == 2
    assert "not for this role" in capsys.readouterr().err
    assert warnings(open_snapshot(store, middle), "city").height
