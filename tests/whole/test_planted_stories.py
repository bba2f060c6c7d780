"""What is planted in the demonstration of full size: docs/demo-registry.md."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from contradictions import faults
from queries.answers.attention import attention
from queries.answers.indicators import indicators
from queries.scope import month_ends, open_snapshot
from queries.store.versions import stored_days
from stores import D
from walk import everything

pytestmark = pytest.mark.slow

REGISTRY = Path(__file__).parents[2] / "docs" / "demo-registry.md"

SPRING = date(2026, 4, 30)

#: The two crises, and the measure that leads each.
CRISES = [("621226", "unrouted"), ("housing", "I0724")]

#: Day, unit and the measures by which it was planted.
STORIES = [
    (D, "621226", {"unrouted", "I0303"}),
    (D, "housing", {"I0204", "I0724", "I0203", "I0723"}),
    (D, "621224", {"I0807", "P0801", "I0808"}),
    (D, "621225", {"I0104", "I0601"}),
    (D, "621223", {"I1001"}),
    (D, "621227", {"I0706"}),
    (SPRING, "621222", {"P0922"}),
]


#: Indicator, breakdown and unit of which the documentation says how much of the city's it has.
PARTS = [
    ("I0708", "county", "621226"),
    ("I0724", "department", "housing"),
    ("I0706", "county", "621227"),
    ("I0807", "county", "621224"),
]


def ranked(folder, day: date) -> dict[str, list[str]]:
    """A day's entries: the measures by unit, the largest first."""
    snapshot = open_snapshot(folder, day)
    measures: dict[str, list[str]] = {}
    for row in attention(snapshot, month_ends(snapshot)).to_dicts():
        measures.setdefault(row["entry"], []).append(row["measure"])
    return measures


@pytest.fixture
def newest_alone(stored, tmp_path):
    """The store as `make run` opens it: the month-ends are not there yet."""
    shutil.copytree(stored("full") / D.isoformat(), tmp_path / D.isoformat())
    return tmp_path


@pytest.mark.parametrize(("day", "unit", "measures"), STORIES)
def test_what_is_planted_is_among_the_first_seven(stored, day, unit, measures):
    assert measures <= set(ranked(stored("full"), day)[unit])


def test_the_two_crises_are_first_and_second(stored):
    entries = ranked(stored("full"), D)
    assert [(unit, measures[0]) for unit, measures in entries.items()][:2] == CRISES


def test_so_they_are_before_any_month_end_is_stored(newest_alone):
    entries = ranked(newest_alone, D)
    assert [(unit, measures[0]) for unit, measures in entries.items()][:2] == CRISES


@pytest.mark.parametrize(("indicator", "by", "unit"), PARTS)
def test_the_documentation_says_how_much_of_the_citys_a_story_has(stored, indicator, by, unit):
    snapshot = open_snapshot(stored("full"), D)
    own, whole = (
        indicators(snapshot, each).filter(id=indicator, group=group)["value"].item()
        for each, group in ((by, unit), ("city", "621200"))
    )
    assert f"{own:.0f} of the city's {whole:.0f} " in REGISTRY.read_text("utf-8")


def test_nothing_contradicts_itself_on_any_stored_day(stored):
    days = stored_days(stored("full"))
    assert len(days) > 24
    for day in days:
        assert faults(everything(open_snapshot(stored("full"), day)), day) == []
