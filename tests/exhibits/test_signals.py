"""On every stored day: a mark and the change beside it, a target and the value beside it agree.

`docs/definitions.md`, “Uncertainty and signals”. Read from the texts as they are shown.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from contradictions import faults
from every_exhibit import COUNTY
from exhibits.exhibit import Exhibit
from exhibits.marks import target_on
from exhibits.meeting import summary
from exhibits.overview import headlines
from exhibits.series import trend
from exhibits.tasks import rows
from exhibits.wording import names
from queries.answers.trend import is_month_end
from queries.catalogue import BY_PROGRAMME_ROW, catalogue, headline
from queries.scope import Scope, comparisons
from queries.store.snapshot import Snapshot, open_snapshot
from queries.store.versions import stored_days
from shown import Shown
from stores import D
from walk import everything

#: Where the walk has been.
PLACES = {
    *("主要指标", "任务清单", "主要指标表", "承担任务表", "变化", "议定事项"),
    *("县区画像", "县区×指标", "项目×地区", "部门", "需要关注", "议题"),
}


@pytest.fixture(scope="module")
def days(stored) -> list[Snapshot]:
    folder = stored("demonstration")
    return [open_snapshot(folder, day) for day in stored_days(folder)]


def scopes(day: Snapshot, regions=("", COUNTY)) -> Iterator[Scope]:
    compared = [None, *comparisons(day.folder, day).values()]
    for region in regions:
        for other in dict.fromkeys(compared):
            yield Scope(day.as_of, other, region)


def test_what_grows_through_a_quarter_is_to_have_reached_its_share():
    assert target_on(catalogue()["I0601"], date(2026, 10, 31)) == (33.7, "序时进度，系统默认")
    assert target_on(catalogue()["I0601"], date(2026, 12, 31)) == (100.0, "序时进度，系统默认")
    assert target_on(catalogue()["I0104"], date(2026, 10, 31)) == (95.0, "系统默认")
    assert target_on(catalogue()["I1303"], date(2026, 10, 31)) is None


@pytest.mark.slow
def test_on_the_newest_day_nothing_contradicts_itself(days):
    figures = everything(days[-1])
    assert faults(figures, D) == []
    # The walk has met every kind: better, worse, neither, usual, no claim; met, missed, no target.
    marks = {each.mark[:1] for each in figures} | {each.target[:1] for each in figures}
    assert marks >= {*"▲▼◆●○", *"✔✘—"}
    assert {each.place for each in figures} == PLACES


@pytest.mark.slow
def test_nothing_contradicts_itself_on_any_stored_day(days):
    for day in days:
        assert faults(everything(day), day.as_of) == []


def test_the_walk_finds_what_goes_the_other_way():
    day = date(2026, 10, 31)
    card = Shown("主要指标", "全市", "部门按时响应率（当月）", "88.00%", "上升3.20个百分点")
    for mark, target, sound in (
        ("▲ 异常好转", "✘ 未达标", True),
        ("▼ 异常变差", "✘ 未达标", False),
        ("◆ 连续9个月低于近两年均值，较对比日上升", "✘ 未达标", True),
        ("▲ 异常好转", "✔ 达标", False),
        ("▲ 异常好转", "◆ 本期未达标，近两年多数月末达标", True),
        ("▲ 异常好转", "◆ 本期达标，近两年多数月末未达标", False),
    ):
        shown = replace(card, mark=mark, target=target)
        assert (faults([shown], day) == []) == sound, shown
    county = replace(card, change="", mark="▲ 优于全市", beside="90.00%")
    assert faults([county], day) == [county]
    assert faults([replace(county, beside="87.99%")], day) == []


def test_the_walk_finds_a_name_with_two_figures():
    card = Shown("主要指标", "礼县", "预警数（当月）", "1.23万条")
    same = replace(card, place="县区画像", figure="12,349")
    other = replace(card, place="任务清单", figure="12,351")
    assert faults([card, same, replace(other, name="预警数（本年）")], D) == []
    assert faults([card, same, replace(other, whose="康县")], D) == []
    assert faults([card, other], D) == [(card, other)]
    assert faults([card, replace(other, figure="数据源未接入")], D) != []


def test_a_summary_names_what_its_table_marks(days):
    named = []
    for scope in scopes(days[-1]):
        exhibit = summary.headline_table(days[-1], scope)
        worse = _marked(exhibit, "变化", "▼ 异常变差")
        missed = _marked(exhibit, "达标", "✘ 持续未达标")
        said = [f"异常变差的有{'、'.join(worse)}"] if worse else []
        said += [f"持续未达标的有{'、'.join(missed)}"] if missed else []
        assert exhibit.finding == f"{'；'.join(said) or '主要指标均无异常变差'}。"
        named += worse + missed
    for department in names.departments():
        exhibit = summary.unit_tasks(days[-1], Scope(D, department=department))
        bad = {*_marked(exhibit, "变化", "▼ 异常变差"), *_marked(exhibit, "达标", "✘ 持续未达标")}
        assert ("均无异常变差" in exhibit.finding) == (not bad and exhibit.table.height > 0)
        assert sum(name in exhibit.finding for name in bad) == min(len(bad), 5)
        named += bad
    assert named


def _marked(exhibit: Exhibit, column: str, mark: str) -> list[str]:
    """Names of the lines of a table that a column marks."""
    return [row["指标"] for row in exhibit.table.to_dicts() if row[column] == mark]


def test_a_trend_says_what_its_card_says(days):
    day = days[-1]
    for scope in scopes(day):
        for card in headlines.headlines(day, scope):
            sentence = trend(day, scope, card.indicator.id, "联席会议").finding
            assert card.variation_text[2:] in sentence, (card, sentence)


def test_a_season_claims_nothing_and_a_row_without_one_does(days):
    snapshot, scope = days[-1], Scope(D)
    cards = {card.indicator.id: card for card in headlines.headlines(snapshot, scope)}
    assert cards["I0895"].variation_text == "○ 随季节变化，不作判断"
    assert cards["I0890"].variation_text == "○ 随季节变化，不作判断"
    lines = {(t.row, line.id): line for t in rows.tasks(snapshot, scope) for line in t.lines}
    assert lines["9-2", "I0891"].mark.unjudged == "season"
    assert lines["9-2", "I0891"].assurance in ("met", "missed")
    assert lines["8", "I0891"].mark.unjudged in ("", "still")
    assert lines["6", "I0601"].mark.unjudged == "progress"


def test_a_task_line_has_the_series_of_its_own_figure(days):
    """At a month-end the last of a line's month-ends is the line's figure, not the city's."""
    assert is_month_end(D)
    for scope in scopes(days[-1]):
        for task in rows.tasks(days[-1], scope):
            for line in task.lines:
                if line.mark.last and line.mark.now is not None:
                    assert line.mark.values[-1] == line.mark.now, (task.row, line.id)
        split = [
            (task.row, line.mark.values)
            for task in rows.tasks(days[-1], scope)
            for line in task.lines
            if line.id == BY_PROGRAMME_ROW[1] and line.mark.values
        ]
        assert len({values for _, values in split}) == len(split) > 1


def test_headlines_without_a_better_direction_say_that_something_changed(days):
    for scope in scopes(days[-1]):
        for card in headlines.headlines(days[-1], scope):
            if card.indicator.better == "neutral":
                assert card.variation in ("neutral", "common", "")
                assert card.assurance == ""
    assert any(i.better == "neutral" for i in headline())
