"""部门响应: how fast does each department answer what is referred to it?"""

import streamlit as st

from exhibits import series
from exhibits.response import counties, medians, rates, returns, survival, waits
from pages.shared import url_choice
from pages.shared.widgets import exhibit_card, scope_bar, source_line

PARTS = {
    "on_time": "按时与用时",
    "accepted": "签收",
    "curve": "未办完曲线",
    "county": "部门×地区",
    "programme": "分项目",
    "feedback": "反馈与退回",
    "waits": "已办与在办",
    "around": "前后对比",
    "trend": "走势",
}


def _side_by_side(*chosen: str) -> None:
    for column, indicator in zip(st.columns(len(chosen)), chosen, strict=True):
        with column:
            exhibit_card.show(rates.rate(snapshot, scope, indicator))


snapshot, scope = scope_bar.show("部门响应", "部门办理推送事项的时效", ("department",))
part = url_choice.part(PARTS)

if part == "on_time":
    exhibit_card.show(rates.rate(snapshot, scope))
    exhibit_card.show(medians.medians(snapshot, scope))
elif part == "accepted":
    _side_by_side("I0204", "I0201")
elif part == "curve":
    exhibit_card.show(survival.survival(snapshot, scope))
elif part == "county":
    exhibit_card.show(counties.by_county(snapshot, scope))
elif part == "programme":
    exhibit_card.show(medians.medians(snapshot, scope, "programme"))
elif part == "feedback":
    _side_by_side("I0202", "I0203")
    exhibit_card.show(returns.returns(snapshot, scope))
elif part == "waits":
    exhibit_card.show(waits.completed_and_open(snapshot, scope))
elif part == "around":
    shown = st.container()
    first, last = waits.span(snapshot)
    day = st.date_input("以哪一天为界", waits.middle(snapshot), first, last)
    with shown:
        exhibit_card.show(waits.around(snapshot, scope, day))
else:
    for indicator in url_choice.asked_first(("I0723", "I0721", "I0724", "I0204")):
        exhibit_card.show(series.trend(snapshot, scope, indicator, rates.PAGE))
source_line.show(snapshot)
