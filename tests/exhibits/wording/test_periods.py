"""A flow is named with its period, and counts of unequal lengths compare by 月均."""

from datetime import date

import pytest

from data.quality.loading import load_frames
from drawing import registry
from exhibits.overview.headlines import headlines
from exhibits.recipe import RecipeError, build, from_json, to_json
from exhibits.tasks.rows import tasks
from exhibits.wording import periods
from exhibits.wording.definitions import definition
from queries.catalogue import SPANS, catalogue
from queries.cubes.engines import engine
from queries.refresh.run import refresh_loaded
from queries.scope import Scope

D, BEFORE = date(2026, 10, 15), date(2026, 9, 30)

RAISED = "\n".join(
    ["warning_id | raised_at | kind_code | direction | region_code"]
    + [
        f"w{i} | {day} | medical_cost | entry | 621202001"
        for i, day in enumerate(
            ["2026-08-10", "2026-09-01", "2026-09-15", "2026-09-30", "2026-10-01", "2026-10-15"]
        )
    ]
)

MEETINGS = """
    meeting_id | held_on    | data_cutoff_on
    m1         | 2026-06-20 | 2026-05-31
    m2         | 2026-10-10 | 2026-09-30
"""


@pytest.fixture(scope="module")
def day(tmp_path_factory):
    """D, with the month-ends before it."""
    folder = tmp_path_factory.mktemp("periods")
    frames = registry(warning=RAISED, joint_meeting=MEETINGS)
    loaded = load_frames({name: frame.lazy() for name, frame in frames.items()}, folder / "loaded")
    return refresh_loaded(loaded, folder / "store", D, 1, engine("polars"))[0]


@pytest.mark.parametrize(
    ("indicator", "period", "name"),
    [
        ("I0701", "since_meeting", "预警数（上次会议以来）"),
        ("I0701", "month", "预警数（当月）"),
        ("I0723", "year", "部门按时响应率（本年）"),
        ("I0721", "twelve_months", "部门响应用时中位数（近12个月）"),
        ("I0711", "year", "预警在办存量"),
        ("I0601", "year", "重点对象走访覆盖率（本季度）"),
        ("I1303", "month", "救助资金支出进度（本年）"),
    ],
)
def test_a_flow_is_named_with_its_period(indicator, period, name):
    assert periods.name_of(catalogue()[indicator], period) == name


def test_every_period_of_its_own_has_a_name():
    assert set(periods.OWN) == set(SPANS.values())


@pytest.mark.parametrize(
    ("period", "figure", "change"),
    [
        # 2 in 15 of 31 days against 3 in a whole month.
        ("month", "2条", "月均增长37.78%"),
        # 6 in 9 and 15/31 months against 4 in 9.
        ("year", "6条", "月均增长42.35%"),
        # 2 in 15 of 31 days against 4 in the four months between the two cut-offs.
        ("since_meeting", "2条", "月均增长313.33%"),
    ],
)
def test_counts_of_unequal_lengths_compare_by_month(day, period, figure, change):
    (line,) = [
        line
        for task in tasks(day, Scope(D, BEFORE, period=period))
        for line in task.lines
        if line.id == "I0701"
    ]
    assert line.name == f"预警数（{periods.NAMES[period]}）"
    assert (line.figure, line.change) == (figure, change)


def test_stocks_compare_as_they_are(day):
    changes = {
        line.id: line.change
        for task in tasks(day, Scope(D, BEFORE, period="since_meeting"))
        for line in task.lines
    }
    # Six open warnings against four.
    assert changes["I0711"] == "增长50.00%"


def test_cards_say_the_period_of_their_flows(day):
    names = [card.name for card in headlines(day, Scope(D, BEFORE, period="since_meeting"))]
    for card in headlines(day, Scope(D, BEFORE, period="since_meeting")):
        assert card.name.endswith("（上次会议以来）") == (card.indicator.kind == "flow")
    assert len(names) == len(set(names))


def test_the_source_of_an_exhibit_says_the_period_with_its_days(day):
    shown = build(day, from_json({"builder": "response.rates.rate", "period": "year"}), None)
    assert "时段本年（2026年1月1日至2026年10月15日）" in shown.source_line
    months = build(day, from_json({"builder": "series.trend", "options": TREND}), None)
    assert "时段逐月（每月1日至月末）" in months.source_line
    assert "预警数（当月）" in months.title


TREND = {"indicator": "I0701", "page": "预警处置"}


def test_a_recipe_keeps_its_period_and_refuses_another_word():
    made = from_json({"builder": "response.rates.rate", "period": "since_meeting"})
    assert from_json(to_json(made)) == made
    # A file of before there was a choice, with the option that gave the start then.
    old = {
        "builder": "explore.indicators.explore",
        "options": {"since": "2026-01-01", "by": "county"},
    }
    assert from_json(old).period == "month"
    for wrong in ("week", "", 7):
        with pytest.raises(RecipeError):
            from_json({"builder": "response.rates.rate", "period": wrong})


def test_a_day_before_every_meeting_refuses_what_counts_since_one(tmp_path):
    loaded = load_frames({n: f.lazy() for n, f in registry().items()}, tmp_path / "loaded")
    alone = refresh_loaded(loaded, tmp_path / "store", D, 0, engine("polars"))[0]
    made = from_json({"builder": "response.rates.rate", "period": "since_meeting"})
    with pytest.raises(RecipeError, match="没有已召开的会议"):
        build(alone, made, None)


@pytest.mark.parametrize("indicator", ["I0711", *SPANS])
def test_a_definition_without_a_chosen_period_names_none(indicator):
    assert "统计期" not in definition(indicator, "统计期当月。")
