"""What is planted in the demonstration stands among what needs attention: docs/demo-registry.md."""

from datetime import date

import pytest

from data.demo.build import build
from data.demo.load import load as write
from data.demo.world import World
from data.quality.loading import load
from queries.answers.attention import attention
from queries.cubes.engine import engine
from queries.refresh.run import refresh_loaded
from queries.scope import month_ends, open_snapshot

pytestmark = pytest.mark.slow

LAST, SPRING = date(2026, 10, 31), date(2026, 4, 30)

#: Day, unit and the measures by which it was planted.
STORIES = [
    (LAST, "621226", {"unrouted", "I0303"}),
    (LAST, "housing", {"I0204", "I0724", "I0203", "I0723"}),
    (LAST, "621224", {"I0807", "P0801", "I0808"}),
    (LAST, "621225", {"I0104", "I0601"}),
    (LAST, "621223", {"I1001"}),
    (LAST, "621227", {"I0706"}),
    (SPRING, "621222", {"P0922"}),
]


@pytest.fixture(scope="module")
def ranked(tmp_path_factory):
    """A day's entries, as measures by unit in their order, of a demonstration of full size."""
    folder = tmp_path_factory.mktemp("planted")
    url = f"sqlite:///{folder}/registry.db"
    write(build(World()), url)
    refresh_loaded(load(url, folder / "read"), folder / "store", LAST, 6, engine("polars"))

    def entries(day):
        snapshot = open_snapshot(folder / "store", day)
        measures: dict[str, set[str]] = {}
        for row in attention(snapshot, month_ends(snapshot)).to_dicts():
            measures.setdefault(row["entry"], set()).add(row["measure"])
        return measures

    return entries


@pytest.mark.parametrize(("day", "unit", "measures"), STORIES)
def test_what_is_planted_is_among_the_first_seven(ranked, day, unit, measures):
    assert measures <= ranked(day)[unit]


@pytest.mark.xfail(
    strict=True,
    reason="by the score of the definition what hardly changes from month to month ranks first: "
    "康县's households paid in part before 礼县's warnings, 市住建局 seventh (docs/decisions.md)",
)
def test_the_two_crises_are_first_and_second(ranked):
    assert list(ranked(LAST))[:2] == ["621226", "housing"]
