"""On every stored day: a mark and the change beside it, a target and the value beside it agree.

`docs/definitions.md`, “Uncertainty and signals”. Read from the texts as they are shown.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from every_exhibit import COUNTY
from exhibits.marks import target_on
from exhibits.meeting import changes
from exhibits.overview import headlines
from exhibits.series import trend
from exhibits.tasks import rows
from exhibits.wording.periods import name_of
from queries.answers.periods import offered
from queries.answers.trend import is_month_end
from queries.catalogue import BY_PROGRAMME_ROW, catalogue, headline
from queries.scope import Scope, comparisons
from queries.store.snapshot import Snapshot, open_snapshot
from queries.store.versions import stored_days
from stores import D

UP, DOWN = ("上升", "增长", "延长", "新增"), ("下降", "缩短")

#: Shapes and words that say better or worse, and which way the shown change may not go then.
BETTER, WORSE = "▲ 异常好转", "▼ 异常变差"


@pytest.fixture(scope="module")
def days(stored) -> list[Snapshot]:
    folder = stored("demonstration")
    return [open_snapshot(folder, day) for day in stored_days(folder)]


def scopes(day: Snapshot, regions=("", COUNTY)) -> Iterator[Scope]:
    compared = [None, *comparisons(day.folder, day).values()]
    for region in regions:
        for other in dict.fromkeys(compared):
            yield Scope(day.as_of, other, region)


def timed(day: Snapshot) -> Iterator[Scope]:
    """The scopes with the month and, where there is a meeting, the time since it."""
    for scope in scopes(day):
        for period in ("month", "since_meeting"):
            if period in offered(day):
                yield replace(scope, period=period)


def contradicts(indicator: str, mark: str, change: str) -> bool:
    """Whether a mark says better or worse of a change that is shown to go the other way."""
    better_up = catalogue()[indicator].better == "up"
    if mark not in (BETTER, WORSE):
        return False
    other = DOWN if (mark == BETTER) == better_up else UP
    return change.removeprefix("月均").startswith(other)


def test_what_grows_through_a_quarter_is_to_have_reached_its_share():
    assert target_on(catalogue()["I0601"], date(2026, 10, 31)) == (33.7, "序时进度，系统默认")
    assert target_on(catalogue()["I0601"], date(2026, 12, 31)) == (100.0, "序时进度，系统默认")
    assert target_on(catalogue()["I0104"], date(2026, 10, 31)) == (95.0, "系统默认")
    assert target_on(catalogue()["I1303"], date(2026, 10, 31)) is None


def contradicts_target(indicator: str, said: str, figure: str, day: date) -> bool:
    """Whether a target is called missed that the figure meets, or met that it misses."""
    target = target_on(catalogue()[indicator], day)
    number = re.match(r"[\d.,]+", figure)
    if not target or not number:
        return said != "—"
    value = float(number.group().replace(",", "")) * (10_000 if "万" in figure else 1)
    up = catalogue()[indicator].better == "up"
    meets = value >= target[0] if up else value <= target[0]
    now = said.partition("，")[0]
    return ("未达标" in now) == meets or ("达标" not in now)


def shown(day: Snapshot, scope: Scope) -> Iterator[tuple[str, str, str, str, str]]:
    """indicator, mark, change, statement on the target, figure of every card and task line."""
    for card in headlines.headlines(day, scope):
        yield (
            card.indicator.id,
            card.variation_text,
            card.change,
            card.assurance_text,
            card.figure,
        )
    for task in rows.tasks(day, scope):
        for line in task.lines:
            yield line.id, line.variation_text, line.change, line.assurance_text, line.figure


@pytest.mark.slow
def test_no_card_and_no_task_line_contradicts_itself_on_any_stored_day(days):
    seen = set()
    for day in days:
        for scope in timed(day):
            for indicator, mark, change, target, figure in shown(day, scope):
                where = (day.as_of, scope, indicator, mark, change, target, figure)
                assert not contradicts(indicator, mark, change), where
                assert not contradicts_target(indicator, target, figure, day.as_of), where
                seen |= {mark[0], target[0]}
    # The walk has met every kind: better, worse, neither, usual, no claim; met, missed, no target.
    assert seen == {*"▲▼◆●○", *"✔✘—"}


def test_what_changed_since_the_meeting_went_the_way_that_is_said(days):
    listed = 0
    for day in days[-3:]:
        for scope in scopes(day):
            for way, mark in (("improvement", BETTER), ("concern", WORSE)):
                table = changes.moved(day, scope, way).table
                id_by_name = {name_of(about): i for i, about in catalogue().items()}
                for row in table.to_dicts():
                    listed += 1
                    assert not contradicts(id_by_name[row["指标"]], mark, row["变化"]), row
    assert listed


def test_no_name_stands_with_two_figures_among_cards_and_lines(days):
    figures: dict[tuple[str, str], set[str]] = {}
    for period in offered(days[-1]):
        scope = Scope(D, period=period)
        for card in headlines.headlines(days[-1], scope):
            figures.setdefault(("", card.name), set()).add(card.figure)
        for task in rows.tasks(days[-1], scope):
            for line in task.lines:
                figures.setdefault((task.row, line.name), set()).add(line.figure)
    assert {where: told for where, told in figures.items() if len(told) > 1} == {}
    assert len({name for _, name in figures}) > len(catalogue())


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
