"""The agenda on 联席会议: the office rewrites, strikes and restores topics (AppTest)."""

import pytest

from data import settings
from screen import plain, started

ADVICE = "提请市政府约谈，<b>月底前</b>报告。"


@pytest.fixture
def board(stored, monkeypatch):
    monkeypatch.setattr(settings, "SNAPSHOT_DIR", stored("demonstration"))
    return started("联席会议", part="agenda")


def topics(board) -> list[str]:
    """The topics as they stand on the page."""
    markup = [node.value for node in board.get("html") if 'class="agenda' in node.value]
    return [plain(text) for text in markup]


def press(board, label: str, i: int = 0):
    return board.button(key=f"agenda-{label}-{i}").click().run()


def field(board, label: str):
    (box,) = [box for box in (*board.text_input, *board.text_area) if box.label == label]
    return box


def submit(board, label: str):
    (button,) = [button for button in board.button if button.label == label]
    return button.click().run()


def test_a_topic_names_reason_proposal_and_who_must_act(board):
    assert topics(board)[0].split()[0] == "1."
    for label in ("现状：", "建议：", "责任单位：", "建议时限：2026年11月27日"):
        assert label in topics(board)[0]


def test_the_office_rewrites_a_topic_and_takes_its_words_back(board):
    first = topics(board)[0]
    board = press(board, "修改")
    assert [field(board, label).value for label in ("建议时限", "事由")] == [
        "2026年11月27日",
        first.split()[1],
    ]
    field(board, "建议").input(ADVICE)
    field(board, "责任单位").input("市财政局")
    board = submit(board, "保存修改")
    assert "责任单位：市财政局" in topics(board)[0]
    assert "（已修改）" in topics(board)[0]
    # The page shows what was written and does not run it.
    assert not any("<b>月底前" in node.value for node in board.get("html"))
    assert ADVICE in topics(board)[0]
    board = submit(press(board, "修改"), "恢复原文")
    assert topics(board)[0] == first


def test_a_struck_topic_leaves_the_numbering_and_comes_back(board):
    before = topics(board)
    board = press(board, "删除")
    struck, second = topics(board)[:2]
    assert "已删除" in struck
    assert not struck.strip().startswith("1.")
    assert second.split()[0] == "1."
    assert topics(press(board, "恢复")) == before
