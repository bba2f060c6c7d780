"""What the office does to a line of the agenda."""

from briefing.meeting.agenda_line import Line, edited, moved, struck
from exhibits.meeting.agenda_item import Item

A, B, OWN = Line("a"), Line("b"), Line("own-1", "研究采暖季保障")

TOPIC = Item(
    key="a",
    kind="attention",
    title="市住建局逾期未办结推送70件",
    reason="占全市58.33%。",
    lead="housing",
    advice="逐件办结。",
    regions="文县",
    due="2026年11月27日",
)

TEXTS = {
    "title": "市住建局逾期未办结推送70件",
    "reason": "占全市58.33%。",
    "advice": "逐件办结。",
    "lead": "市住建局",
    "cooperating": "",
    "regions": "文县",
    "due": "2026年11月27日",
}


def test_a_line_moves_up_and_down_and_stays_at_the_end():
    assert moved([A, B], 1, -1) == (B, A)
    assert moved([A, B], 0, 1) == (B, A)
    assert moved([A, B], 0, -1) == (A, B)


def test_a_proposal_is_struck_and_restored_an_addition_goes():
    gone = struck([A, OWN], 0)
    assert gone == (Line("a", struck=True), OWN)
    assert struck(list(gone), 0) == (A, OWN)
    assert struck([A, OWN], 1) == (A,)


def test_what_the_office_writes_is_kept_and_the_rest_follows_the_data():
    written = TEXTS | {"advice": "提请约谈。", "due": "", "lead": "市财政局"}
    (line,) = edited([A], 0, TOPIC, written)
    assert line.edits == (("advice", "提请约谈。"), ("lead", "市财政局"), ("due", ""))
    assert edited([line], 0, TOPIC, TEXTS) == (A,)


def test_a_department_is_known_by_its_name():
    (line,) = edited([A], 0, TOPIC, TEXTS | {"lead": "市民政局"})
    assert line.edits == (("lead", "civil_affairs"),)


def test_a_text_is_cut_and_rid_of_what_no_document_holds_and_a_title_is_never_empty():
    (line,) = edited([A], 0, TOPIC, TEXTS | {"title": " \u202e", "due": "\x00" + "县" * 99})
    assert line.edits == (("due", "县" * 60),)
