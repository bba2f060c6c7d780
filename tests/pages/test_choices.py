"""What is chosen on a page, in its address or by a role decides what it shows (AppTest)."""

import re
import shutil
from datetime import date

import pytest

import screen
from browser import PAGES
from data import settings
from exhibits.wording import words
from older import made_older
from queries.answers.indicators import indicators
from queries.answers.warnings import without_destination
from queries.catalogue import catalogue
from queries.store.snapshot import open_snapshot
from screen import charts, choose, offered, segments, started, text, turned
from stores import D

OWN = "礼县"


@pytest.fixture
def snapshot(stored, monkeypatch):
    """The newest day of the store that the board in this process reads."""
    monkeypatch.setattr(settings, "SNAPSHOT_DIR", stored("demonstration"))
    return open_snapshot(stored("demonstration"), D)


def findings(board) -> list[str]:
    """The finding of each exhibit on the page."""
    return [screen.plain(n.value) for n in board.get("html") if 'class="board-finding' in n.value]


def test_figures_on_the_page_are_those_of_the_command_line(snapshot):
    said = text(started())
    city = {row["id"]: row for row in indicators(snapshot, "city").to_dicts()}
    assert "演示数据（合成）" in said
    for indicator in ("I0101", "I0891", "I0707"):
        row = city[indicator]
        assert words.value(row["value"], row["unit"]) in said.replace(" ", ""), indicator


def test_figures_of_tasks_are_those_of_the_command_line(snapshot):
    said = text(started("任务清单", task="9-2"))
    rows = indicators(snapshot, "task_row").filter(group="9-2").to_dicts()
    assert len(rows) > 3
    for row in rows:
        assert words.value(row["value"], row["unit"], row["status"]) in said, row["id"]


def test_figures_of_an_analysis_are_those_of_the_command_line(snapshot):
    said = text(started("自助分析", id="I0723", by="department", kind="table"))
    assert "部门按时响应率（当月），分部门" in said
    for row in indicators(snapshot, "department").filter(id="I0723", status="ok").to_dicts():
        # A column of whole numbers alone is shown without decimals.
        assert f"{row['value']:.2f}".removesuffix(".00") in said, row["group"]


def test_figures_of_definitions_are_those_of_the_command_line(snapshot):
    said = text(started("指标口径"))
    assert f"显示{len(catalogue())}条" in said
    city = indicators(snapshot, "city").filter(id="I0890").to_dicts()[0]
    assert words.value(city["value"], "人") in said


def test_a_filter_changes_figures_and_address(snapshot):
    """That the next page has it too is seen in Chromium: AppTest forgets it."""
    county = indicators(snapshot, "county").filter(id="I0101", group="621226")["value"].item()
    board = choose(started(), "县区", OWN)
    assert f"{county:.0f}人" in text(board).replace(" ", "")
    assert board.query_params["region"] == "621226"


def test_a_compared_day_of_other_definitions_says_so_and_is_not_compared(
    stored, tmp_path, monkeypatch
):
    store = shutil.copytree(stored("demonstration"), tmp_path / "store")
    made_older(store, date(2026, 9, 30))
    monkeypatch.setattr(settings, "SNAPSHOT_DIR", store)
    said = text(started("总览", compared="month"))
    assert "上月末（2026年9月30日）口径不同，不作比较" in said
    assert "对比：无可比数据" in said
    assert "与2026年9月30日相比" not in said


def cards(board) -> dict[str, str]:
    """Figures of the cards by their names."""
    markup = next(n.value for n in board.get("html") if 'class="cards"' in n.value)
    found = re.findall(r'<h3>(.*?)</h3><div class="figure">(.*?)</div>', markup)
    return dict(found)


def shown(board, label: str) -> str:
    """What a select box by its label shows."""
    (box,) = [box for box in board.selectbox if box.label == label]
    return box.options[box.index]


#: The demonstration's last meeting has its cut-off on 31 July.
SINCE_MEETING, YEAR = "上次会议以来（8月1日起）", "本年（1月1日起）"


def test_overview_starts_with_the_time_since_the_last_meeting(snapshot):
    board = started()
    assert shown(board, "时段") == SINCE_MEETING
    rows = indicators(snapshot, "city", date(2026, 8, 1)).filter(id="I0723").to_dicts()
    assert cards(board)["部门按时响应率（上次会议以来）"] == f"{rows[0]['value']:.2f}%"
    assert "上次会议以来（2026年8月1日至2026年10月31日）" in text(board)
    assert "未转办预警数" in cards(board)


def test_a_meeting_is_prepared_for_the_time_since_the_last_one(snapshot):
    board = started("联席会议", part="material")
    assert shown(board, "时段") == SINCE_MEETING
    # A meeting that was held has its own cut-off, and the time before it.
    board = started("联席会议", meeting="J007")
    assert "截至2026年7月31日" in text(board)
    assert shown(board, "时段") == "上次会议以来（4月1日起）"


@pytest.mark.parametrize("name", ["预警处置", "部门响应", "县区地图", "县区画像", "任务清单"])
def test_other_pages_start_with_the_month_whatever_overview_shows(snapshot, name):
    board = turned(started(), name)
    assert shown(board, "时段") == "当月（10月1日起）"
    assert "period" not in board.query_params


def test_a_period_changes_figures_and_address_and_goes_to_the_next_page(snapshot):
    board = choose(started(), "时段", YEAR)
    rows = indicators(snapshot, "city", date(2026, 1, 1)).filter(id="I0723").to_dicts()
    assert cards(board)["部门按时响应率（本年）"] == f"{rows[0]['value']:.2f}%"
    assert board.query_params["period"] == "year"
    board = turned(board, "部门响应")
    assert shown(board, "时段") == YEAR
    assert "全市部门按时响应率（本年）" in findings(board)[0]


def test_the_month_chosen_on_one_page_is_a_choice_on_overview_too(snapshot):
    board = choose(started(), "时段", "当月（10月1日起）")
    assert board.query_params["period"] == "month"
    board = turned(turned(board, "部门响应"), "总览")
    assert shown(board, "时段") == "当月（10月1日起）"


def test_a_period_in_the_address_is_checked(snapshot):
    board = started("部门响应", period="twelve_months")
    assert shown(board, "时段") == "近12个月（2025年11月1日起）"
    assert not board.warning
    for wrong in ("week", "", "since", "本年"):
        board = started("部门响应", period=wrong)
        assert not board.exception
        assert any("“时段”无效" in warning.value for warning in board.warning), wrong
        assert shown(board, "时段") == "当月（10月1日起）"


def test_without_a_meeting_there_is_no_period_since_one(stored, monkeypatch):
    monkeypatch.setattr(settings, "SNAPSHOT_DIR", stored("bare"))
    board = started(period="since_meeting")
    assert not board.exception
    assert any("“时段”无效" in warning.value for warning in board.warning)
    (box,) = [box for box in board.selectbox if box.label == "时段"]
    assert [option[:2] for option in box.options] == ["当月", "本年", "近1"]


def test_a_page_of_stocks_has_no_period(snapshot):
    board = started("覆盖缺口", period="year")
    assert [box for box in board.selectbox if box.label == "时段"] == []


def test_a_link_of_a_figure_keeps_its_period(snapshot):
    markup = "".join(n.value for n in started("任务清单", task="7", period="year").get("html"))
    assert "period=year" in markup


def test_a_region_in_the_address_narrows_a_page(snapshot):
    waiting = without_destination(snapshot, "county", "621226")
    said = text(started("预警处置", region="621226"))
    assert f"礼县未转办预警{waiting['warnings'].sum()}条" in said


def test_a_link_pasted_elsewhere_shows_the_same(snapshot):
    board = started("覆盖缺口", region="621202", category="dibao", part="cascade")
    again = started("覆盖缺口", **board.query_params)
    assert "武都区" in findings(board)[0]
    assert findings(again) == findings(board)
    assert "<span>低保对象</span>" in "".join(n.value for n in again.get("html"))


def test_a_wrong_link_falls_back_with_a_notice(snapshot):
    board = started(as_of="2031-01-01", region="nowhere")
    assert any("已改用默认值" in warning.value for warning in board.warning)
    assert "2026年10月31日" in text(board)
    for day in ("0001-01-01", "9999-12-31", "2026-02-30"):
        board = started(as_of=day)
        assert not board.exception
        assert any("已改用默认值" in warning.value for warning in board.warning), day


def test_controls_that_mean_nothing_are_not_shown(snapshot):
    labels = [box.label for box in started("预警处置", category="dibao").selectbox]
    assert labels == ["演示身份", "截至", "县区", "时段", "对比"]


def test_a_list_is_filtered(snapshot):
    board = started("预警处置", part="cases")
    before = findings(board)
    (states,) = [box for box in board.multiselect if box.label == "状态"]
    states.set_value(["待核查"]).run()
    shown, total = re.search(r"显示(\d+)条，共(\d+)条", text(board)).groups()
    assert int(shown) == board.dataframe[0].value.shape[0] < int(total)
    assert set(board.dataframe[0].value["状态"]) == {"待核查"}
    assert findings(board) == before


def test_a_task_opens_with_its_exhibits_and_reports(snapshot):
    board = started("任务清单", task="8")
    assert not board.exception
    assert "部门填报进展" in text(board)
    assert charts(board) == []
    assert "跨过低保线" in text(started("任务清单", task="8", part="topics"))
    for part in ("topics", "programmes", "counties", "trend"):
        assert len(charts(started("任务清单", task="8", part=part))) > 1, part


def test_an_analysis_is_kept_as_a_link(snapshot):
    board = started("自助分析", id="I0707", by="month", kind="lines")
    assert not board.exception
    assert "未转办预警数，分月份" in text(board)
    assert len(charts(board)) == 1


def test_a_definition_is_found_by_its_words(snapshot):
    board = started("指标口径")
    board.text_input[0].set_value("响应用时").run()
    said = text(board)
    assert re.search(rf"显示\d+条，共{len(catalogue())}条", said)
    assert "I0721" in said
    assert "I0101" not in said


@pytest.mark.parametrize("name", ["总览", "覆盖缺口", "县区画像"])
def test_a_county_that_forges_an_address_sees_itself(snapshot, name):
    board = started(name, role="county", region="621224", township="621224100")
    assert OWN in text(board)
    assert [box for box in board.selectbox if box.label == "县区"] == []


@pytest.mark.parametrize(
    ("role", "first"),
    [
        ("office", "总览"),
        ("county", "待办"),
        ("township", "待办"),
        ("department", "待办"),
        ("auditor", "审计日志"),
    ],
)
def test_a_role_lands_on_its_first_page(snapshot, role, first):
    assert f"<h1>{first}" in started(role=role).get("html")[1].value


def test_the_pages_of_the_office_are_those_of_the_board(snapshot):
    names = [name for name in offered(started()) if name != "放映"]
    assert names == ["总览", "待办", *list(PAGES.values())[1:]]


def test_the_auditor_sees_the_log_and_no_figure(snapshot):
    board = started(role="auditor")
    assert offered(board) == ["审计日志"]
    assert charts(board) == []
    assert "应救未救" not in text(board).split("审计日志")[0]


def test_the_tasks_of_a_department_have_their_own_choice_beside_the_role(snapshot):
    board = started("任务清单", department="housing", duty="lead")
    assert "责任任务" in segments(board).options
    assert not board.exception
