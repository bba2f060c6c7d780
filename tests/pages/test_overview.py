"""总览: the largest entries first, one verdict a card, counties beside the city (AppTest)."""

import re
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from data import settings
from exhibits.attention.entries import entries
from exhibits.overview.headlines import headlines
from queries.scope import Scope, open_snapshot
from screen import PAGES, plain, segments, started, text
from stores import D


@pytest.fixture
def snapshot(stored, monkeypatch):
    """The newest day of the store that the board in this process reads."""
    monkeypatch.setattr(settings, "SNAPSHOT_DIR", stored("demonstration"))
    return open_snapshot(stored("demonstration"), D)


def markup(board, of: str) -> str:
    """The HTML of a class on the page."""
    (found,) = [node.value for node in board.get("html") if f'class="{of}"' in node.value]
    return found


def test_the_page_opens_with_three_sentences_who_must_act_by_when_and_where_to_look(snapshot):
    board = started()
    first = [node.value for node in board.get("html")]
    opening = markup(board, "leading")
    assert first.index(opening) < first.index(markup(board, "cards"))
    items = re.findall(r"<li>(.*?)</li>", opening)
    largest = entries(snapshot, Scope(D))[:3]
    assert [entry.what in item for entry, item in zip(largest, items, strict=True)] == [True] * 3
    for entry, item in zip(largest, items, strict=True):
        assert f"责任单位：{entry.actor}；建议时限：2026年11月27日；" in item
        assert f'<a href="{entry.page}?as_of=2026-10-31&amp;' in item
        assert ">查看</a>" in item
        assert (entry.previous or entry.previous_further) in item


def test_every_entry_stands_below_in_full(snapshot):
    listed = plain(markup(started(), "finding-list"))
    for entry in entries(snapshot, Scope(D)):
        assert entry.sentence in listed


@pytest.mark.parametrize(("role", "lists"), [("office", True), ("analyst", False)])
def test_who_may_see_cases_is_led_to_their_list(snapshot, role, lists):
    of_cases = [entry for entry in entries(snapshot, Scope(D)) if entry.cases]
    assert of_cases
    listed = markup(started("总览", role=role), "finding-list")
    assert listed.count(">逐件清单</a>") == (len(of_cases) if lists else 0)


def test_a_card_has_its_change_in_words_and_one_verdict(snapshot):
    board = started(period="month")
    cards = markup(board, "cards").split('<div class="card ')[1:]
    shown = headlines(snapshot, Scope(D, snapshot_before(snapshot)))
    assert len(cards) == len(shown)
    for card, item in zip(cards, shown, strict=True):
        assert re.search(
            r"比7月末(多|少|上升|下降|延长|缩短|月均)|与7月末持平|变化无可比数据", card
        )
        assert len(re.findall("达标|异常|正常波动", item.verdict[0].partition("，")[0])) <= 1
        assert card.count("<b class=") == bool(item.verdict[0])


def snapshot_before(snapshot):
    """The data cut-off of the meeting before the day."""
    return snapshot.cube("meetings")["data_cutoff_on"].max()


def test_low_income_tekun_and_aid_are_a_line_each_with_households_and_persons(snapshot):
    lines = re.findall(r"<p>(.*?)</p>", markup(started(), "bulletin"))
    assert [plain(line).split()[0] for line in lines] == [
        "最低生活保障",
        "特困人员救助供养",
        "临时救助",
    ]
    assert re.search(r"户、[\d.]+万?人", lines[0])
    assert "元/人·月" not in "".join(lines)


def test_the_counties_stand_beside_the_city(snapshot):
    (table,) = [n.value for n in started().get("html") if 'class="matrix"' in n.value]
    (body,) = re.findall("<tbody>(.*)</tbody>", table)
    assert re.findall(r'target="_self">(.*?)</a>', body)[:3] == ["武都区", "成县", "文县"]
    assert table.index("全市") < table.index("居首") < table.index("<tbody>")


#: What is counted in `what`: 490条.
COUNTED = re.compile(r"[\d,.]+万?(?:条|件|人|户|项|批次)")


def test_every_entry_leads_to_the_chart_that_shows_its_figure(snapshot):
    """Page, part, filter, compared day and period of the link; the figure on the page."""
    listed = re.findall(
        r'<li>.*?<a href="(.*?)"', markup(started(compared="month"), "finding-list")
    )
    since_meeting = replace(Scope(D), period="since_meeting")
    for entry, link in zip(entries(snapshot, since_meeting), listed, strict=True):
        url = urlsplit(unescape(link))
        query = dict(parse_qsl(url.query))
        board = started(next(n for n, (_, to) in PAGES.items() if to == url.path), **query)
        part = dict(entry.options).get("part")
        assert part is None or segments(board).value == part, entry.what
        assert (query["compared"], query["as_of"]) == ("month", D.isoformat())
        assert query.get("region", "") == entry.scope.region
        assert query.get("department", "") == entry.scope.department
        assert query["period"] == entry.scope.period
        figure = COUNTED.search(entry.what)[0]
        # In the sentence, or beside its bar.
        assert re.search(rf"(?<![\d.,]){re.escape(figure)}", text(board)), entry.what
