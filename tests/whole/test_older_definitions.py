"""Days that version 1 of the definitions made: made anew, opened as they are, compared with none.

`docs/definitions.md`, “What version 2 changes”.
"""

import shutil
from datetime import date
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest
from pptx import Presentation

from briefing.__main__ import main as brief
from briefing.slides.presentation import slide as slide_of
from data.demo.build import build
from data.demo.load import load as write_registry
from data.demo.world import World
from exhibits import draw, series
from exhibits.coverage import matrix
from exhibits.overview import headlines
from exhibits.quality import tables
from marks import MARK
from older import made_older
from pages.shared.widgets.history_note import unfinished
from queries import __main__ as command
from queries import scope
from queries.__main__ import main
from queries.access import access
from queries.answers.indicators import indicators
from queries.answers.topic_details import details
from queries.refresh import history, run
from queries.refresh.run import refresh, resume
from queries.scope import Scope, before, comparable, comparisons, month_ends
from queries.store.snapshot import open_snapshot
from queries.store.versions import OlderDefinitions, versions

pytestmark = pytest.mark.slow

D, MIDDLE = date(2026, 10, 31), date(2026, 10, 15)
ENDS = [date(2026, 9, 30), date(2026, 8, 31), date(2026, 7, 31)]

#: An indicator that the figures of the older days lack.
NEW = "I0711"

#: Minutes that are over when one day is made anew.
ONE_DAY = 1e-4


@pytest.fixture(scope="module")
def url(tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("registry")
    write_registry(build(World(persons=1_000, months=5)), f"sqlite:///{folder}/registry.db")
    return f"sqlite:///{folder}/registry.db"


@pytest.fixture(scope="module")
def made(url, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("older") / "store"
    refresh(url, folder, D, 3)
    refresh(url, folder, MIDDLE, 0)
    made_older(folder, D, MIDDLE, *ENDS, without={NEW})
    return folder


@pytest.fixture
def older(made, tmp_path) -> Path:
    """A store of version 1: D, three month-ends and a day of no month's end."""
    return shutil.copytree(made, tmp_path / "store")


@pytest.fixture(scope="module")
def both(url, made, tmp_path_factory) -> Path:
    """The same after a refresh in which one month-end was made anew."""
    folder = shutil.copytree(made, tmp_path_factory.mktemp("both") / "store")
    refresh(url, folder, D, 3, remake_minutes=ONE_DAY)
    return folder


def definitions(store: Path) -> list[int]:
    """Of D, the month-ends, newest first, and the day in the middle of a month."""
    return [open_snapshot(store, day).definitions for day in (D, *ENDS, MIDDLE)]


def test_the_next_refresh_makes_month_ends_anew_newest_first_and_goes_on(url, both, tmp_path):
    assert definitions(both) == [2, 2, 1, 1, 1]
    assert history.noted(both).missing == ENDS[1:]
    assert unfinished(both) == "历史月末尚未按新口径算完（1/3），下次刷新继续。"
    with history.under_way(both):
        assert unfinished(both) == "历史月末按新口径重算中（1/3），算完即自动列入走势和对比。"
    store = shutil.copytree(both, tmp_path / "store")
    assert [each.as_of for each in resume(url, store)] == ENDS[1:]
    assert definitions(store) == [2, 2, 2, 2, 1]
    assert unfinished(store) == ""


def test_days_that_are_not_stored_come_first_and_need_none_of_the_minutes(url, older):
    shutil.rmtree(older / ENDS[2].isoformat())
    days = refresh(url, older, D, 3, remake_minutes=0)
    assert [each.as_of for each in days] == [D, ENDS[2]]
    assert history.noted(older).missing == ENDS[:2]


def test_a_day_made_anew_is_an_adjustment_and_no_revision(url, both):
    day = open_snapshot(both, D)
    assert versions(both, D) == [1, 2]
    assert (day.changes, day.revision) == (["definitions"], [])
    assert refresh(url, both, D, 0) == [day]


def test_which_days_are_made_anew(older):
    cutoffs = pl.LazyFrame({"data_cutoff_on": [MIDDLE, None]})
    no_meetings, meetings = (SimpleNamespace(frames=f) for f in ({}, {"joint_meeting": cutoffs}))
    # Also month-ends before those that a refresh wants; other days stay as they are.
    assert history.days_before(no_meetings, older, D, 1) == set(ENDS)
    assert history.days_before(meetings, older, D, 1) == {MIDDLE, *ENDS}
    assert history.days_before(meetings, older, ENDS[1], 0) == set()


def test_an_old_store_is_made_anew_without_being_asked_for_a_day(older, monkeypatch):
    asked = []
    monkeypatch.setattr(run, "refresh", lambda *args, **options: asked.append((args, options)))
    resume("sqlite:///registry.db", older, "polars", 7)
    options = {"engine_name": "polars", "remake_minutes": 7, "work": None}
    assert asked == [(("sqlite:///registry.db", older, D), options)]


def test_the_command_line_sets_the_minutes(older, monkeypatch):
    asked = []
    monkeypatch.setattr(command, "refresh", lambda *options: asked.append(options[-2]) or [])
    told = ["refresh", "--snapshot", str(older), "--as-of", str(D)]
    assert [main(told), main([*told, "--remake-minutes", "0"])] == [0, 0]
    assert asked == [60, 0]
    assert main([*told, "--remake-minutes", "-1"]) == 2


def test_an_older_day_says_what_it_lacks(older, capsys):
    day = open_snapshot(older, D)
    with pytest.raises(OlderDefinitions, match=r"2026-10-31 .* version 1 .* lacks coverage.city"):
        day.cube("coverage.city")
    assert day.cube("stock.city").height
    exhibit = matrix.matrix(day, Scope(D))
    assert exhibit.finding == "该日按第1版口径统计，无此数。"
    assert exhibit.withheld
    told = ["coverage", "--snapshot", str(older), "--as-of", str(D), "--by", "city"]
    assert main(told) == 2
    assert "version 1 of the definitions, which lacks coverage.city" in capsys.readouterr().err
    with pytest.raises(OlderDefinitions):
        details(day, "a topic of version 2", D)


def test_its_figures_are_shown_as_version_1_left_them(older):
    day = open_snapshot(older, D)
    (total,) = indicators(day).filter(id="I0101").to_dicts()
    (unknown,) = indicators(day).filter(id=NEW).to_dicts()
    assert (total["status"], total["value"] > 0) == ("ok", True)
    assert (unknown["status"], unknown["value"], unknown["unit"]) == ("older", None, "条")
    rows = {(r["id"], r["group"]): r["status"] for r in indicators(day, "task_row").to_dicts()}
    assert (rows["I0101", "1-1"], rows["I0891", "8"]) == ("ok", "older")
    cards = {card.indicator.id: card.figure for card in headlines.headlines(day, Scope(D))}
    assert cards["I0101"] == f"{total['value']:.0f}人"
    trend = series.trend(day, Scope(D), "I0101", "总览")
    assert "；按第1版口径统计" in trend.source_line
    assert "以上为现行口径；该日按第1版口径统计" in trend.definition


def test_days_of_two_versions_are_not_compared(both):
    day = open_snapshot(both, D)
    assert definitions(both) == [2, 2, 1, 1, 1]
    assert comparable(day, ENDS[0])
    assert before(day, Scope(D, ENDS[0])) == open_snapshot(both, ENDS[0])
    assert not comparable(day, ENDS[1])
    assert before(day, Scope(D, ENDS[1])) is None
    assert series.trend(day, Scope(D, ENDS[1]), "I0101", "总览").compared is None
    # An older day is compared with older ones.
    assert before(open_snapshot(both, ENDS[1]), Scope(ENDS[1], ENDS[2])) is not None


def test_days_that_do_not_compare_are_offered_last(both, monkeypatch):
    day = open_snapshot(both, D)
    monkeypatch.setattr(scope, "last_cutoff", lambda snapshot: ENDS[1])
    assert list(comparisons(both, day).items()) == [("month", ENDS[0]), ("meeting", ENDS[1])]


def test_material_of_days_that_do_not_compare_is_refused(both, tmp_path, capsys):
    told = ["--snapshot", str(both), "--as-of", str(D), "--compare", str(ENDS[1])]
    assert brief([*told, "--out", str(tmp_path)]) == 2
    assert "2026-08-31 is by version 1 of the definitions" in capsys.readouterr().err


def test_a_trend_over_both_draws_the_day_since_which_the_present_ones_hold(both):
    day = open_snapshot(both, D)
    assert [each.as_of for each in month_ends(day)] == [ENDS[0], D]
    exhibit = series.trend(day, Scope(D), "I0101", "总览")
    values = {
        each: indicators(open_snapshot(both, each)).filter(id="I0101")["value"][0]
        for each in (*ENDS, D)
    }
    mean = (values[ENDS[0]] + values[D]) / 2
    assert exhibit.chart.data.select("x", "y", "older", "mean").rows() == [
        ("2026-07", None, values[ENDS[2]], None),
        ("2026-08", None, values[ENDS[1]], None),
        ("2026-09", values[ENDS[0]], None, mean),
        ("2026-10", values[D], None, mean),
    ]
    assert exhibit.chart.adjusted == "2026-09"
    assert exhibit.table["口径"].to_list() == ["旧版", "旧版", "现行", "现行"]
    assert "口径调整：2026年9月30日起按第2版口径统计" in exhibit.definition
    figure = draw.figure(exhibit)
    assert [shape.x0 for shape in figure.layout.shapes] == ["2026-09"]
    assert "口径调整" in [note.text for note in figure.layout.annotations]


def test_the_mark_follows_the_last_older_month_end_whatever_was_made_anew(url, both, tmp_path):
    store = shutil.copytree(both, tmp_path / "store")
    made_older(store, ENDS[0])
    refresh(url, store, ENDS[1], 0)
    chart = series.trend(open_snapshot(store, D), Scope(D), "I0101", "总览").chart
    grey = [x for x, y in chart.data.select("x", "older").rows() if y is not None]
    assert grey == ["2026-07", "2026-09"]
    assert chart.data["x"].to_list() == ["2026-07", "2026-08", "2026-09", "2026-10"]
    assert chart.adjusted == "2026-10"


def test_where_the_older_days_lack_the_figure_there_is_no_mark(both):
    day = open_snapshot(both, D)
    assert series.trend(day, Scope(D), NEW, "总览").chart.adjusted == ""
    partner = open_snapshot(both, D, access=access("partner"))
    assert series.trend(partner, Scope(D), "I0101", "总览").chart.adjusted == ""


def test_the_command_line_s_trend_leaves_older_days_out(both, capsys, caplog):
    told = ["trend", "--snapshot", str(both), "--id", "I0101"]
    assert main(told) == 0
    days = [line.split(",")[0] for line in capsys.readouterr().out.splitlines()[1:]]
    assert days == [str(ENDS[0]), str(D)]
    assert "3 days of other definitions are left out" in caplog.text


def test_data_quality_tells_adjustments_from_revisions(both):
    exhibit = tables.revisions(open_snapshot(both, D), Scope(D))
    assert exhibit.finding == "2个截至日因口径调整重算，新旧版本均保留。"
    assert exhibit.table.select("截至日", "口径", "原因").rows() == [
        (ENDS[0], "第2版", "口径调整"),
        (D, "第2版", "口径调整"),
    ]


def test_the_slide_has_the_mark_and_the_grey_points(both):
    exhibit = series.trend(open_snapshot(both, D), Scope(D), "I0101", "总览")
    page = Presentation(BytesIO(slide_of(exhibit, MARK))).slides[0]
    (chart,) = [shape.chart for shape in page.shapes if shape.has_chart]
    by_name = {line.name: line for line in chart.plots[0].series}
    grey, upright = by_name["口径调整前"], by_name["口径调整"]
    assert [value is None for value in grey.values] == [False, False, True, True]
    assert [value is None for value in upright.values] == [True, True, False, True]
    assert upright._element.xpath("c:errBars")
    assert upright.points[2].data_label.text_frame.text == "口径调整"
