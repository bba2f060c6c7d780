"""A topic: what else is known of its unit stands in it; how who must act by when is said."""

from exhibits.meeting.agenda import _with
from exhibits.meeting.agenda_item import Item


def test_what_else_is_known_of_a_unit_stands_in_its_topic():
    first = Item("a", "attention", "礼县未转办逾期预警493条", "占全市88.19%。")
    merged = _with(first, Item("b", "returned", "多次退回预警9条", "其中逾期3条。"))
    assert (merged.key, merged.reason) == ("a", "占全市88.19%。多次退回预警9条：其中逾期3条。")


def test_a_proposal_names_who_must_act_with_whom_where_and_by_when():
    item = Item(
        key="a",
        kind="attention",
        title="市住建局逾期未办结推送70件",
        reason="",
        lead="housing",
        advice="逐件办结。",
        regions="文县",
        due="2026年11月27日",
        cooperating="文县人民政府",
    )
    assert item.proposal == (
        "建议：逐件办结。"
        "责任单位：市住建局；配合单位：文县人民政府；县区：文县；建议时限：2026年11月27日。"
    )
