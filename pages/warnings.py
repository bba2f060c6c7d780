"""预警处置: which warnings have no destination, where, since when?"""

import streamlit as st

from exhibits import series
from exhibits.warnings import ages, cases, flow, pace, returned_twice, unrouted, yields
from pages.shared import url_choice
from pages.shared.markup import html
from pages.shared.widgets import exhibit_card, scope_bar, source_line

PARTS = {
    "unrouted": "未转办",
    "soon": "即将逾期",
    "cases": "在办清单",
    "flow": "流向与状态",
    "yield": "预警准确率",
    "returned": "多次退回",
    "pace": "每周进度",
    "trend": "走势",
}

snapshot, scope = scope_bar.show("预警处置", "预警转办与处置情况")
left, right = st.columns([3, 1])
with left:
    part = url_choice.part(PARTS)
with right:
    direction = url_choice.choose(st, "方向", "direction", unrouted.DIRECTIONS, "segmented_control")

if part == "unrouted":
    st.html(html.numbers(unrouted.numbers(snapshot, scope, direction)))
    exhibit_card.show(unrouted.by_group(snapshot, scope, "county", direction))
    exhibit_card.show(ages.age_bands(snapshot, scope, direction))
    for column, breakdown in zip(st.columns(2), ("kind", "source"), strict=True):
        with column:
            exhibit_card.show(unrouted.by_group(snapshot, scope, breakdown, direction))
elif part == "soon":
    exhibit_card.show(ages.soon_overdue(snapshot, scope, direction))
elif part == "cases":
    filters = ("时限", "状态", "类型", "县区", "乡镇")
    exhibit_card.show_list(cases.cases(snapshot, scope, direction), filters)
elif part == "flow":
    exhibit_card.show(flow.flow(snapshot, scope, direction))
    exhibit_card.show(cases.states(snapshot, scope))
elif part == "yield":
    exhibit_card.show(yields.yield_of(snapshot, scope, "kind", direction))
    exhibit_card.show(yields.yield_of(snapshot, scope, "source", direction))
elif part == "returned":
    exhibit_card.show(returned_twice.by_region(snapshot, scope))
    filters = ("时限", "状态", "类型", "县区", "乡镇")
    exhibit_card.show_list(cases.cases(snapshot, scope, direction, True), filters)
elif part == "pace":
    first = st.container()
    leaves = url_choice.part(pace.LEAVING, "leaves")
    with first:
        exhibit_card.show(pace.pace(snapshot, scope, leaves, direction))
    for measure in pace.MEASURES:
        card = pace.weekly_control(snapshot, scope, leaves, measure, direction)
        exhibit_card.show(card)
else:
    shown = ("I0707", "I0712", "I0713", "I0714", "I0708", "I0709", "I0704", "I0715")
    for indicator in url_choice.asked_first(shown):
        exhibit_card.show(series.trend(snapshot, scope, indicator, unrouted.PAGE))
source_line.show(snapshot)
