"""指标口径: what every figure means."""

import streamlit as st

from exhibits import methods
from pages.shared import url_choice
from pages.shared.widgets import exhibit_card, scope_bar, source_line

PARTS = {"indicators": "指标", "rules": "项目规则", "methods": "统计方法"}

#: What a line of a part shows; the rest opens below it.
MAIN = {
    "indicators": ("编号", "指标", "当前值（全市）", "目标及依据"),
    "rules": ("规则", "项目", "条件", "缺口口径"),
}

snapshot, scope = scope_bar.show("指标口径", "指标定义、计算方法与依据")
left, right = st.columns([1, 2], vertical_alignment="center")
with left:
    part = url_choice.part(PARTS)
build = {"indicators": methods.definitions, "rules": methods.rules, "methods": methods.methods}
with right, st.container(key="unlabelled-search"):
    hint = "查找：名称、编号、分子分母中的文字"
    wanted = st.text_input("查找", key="methods-search", placeholder=hint)
exhibit_card.show_by_key(build[part](snapshot, scope), wanted, MAIN.get(part, ()))
source_line.show(snapshot)
