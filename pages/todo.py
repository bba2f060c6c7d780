"""待办: what must I clear today? Overdue first, then due soon, then the rest."""

import streamlit as st

from exhibits.todo import cases
from pages.shared import url_choice
from pages.shared.markup import html
from pages.shared.widgets import exhibit_card, scope_bar, source_line

FILTERS = ("时限", "状态", "类型", "县区", "乡镇")

snapshot, scope = scope_bar.show("待办", "今日待办事项", ("department",), period="")
items = cases.items(snapshot)
item = url_choice.part(items, "item") if len(items) > 1 else next(iter(items))
st.html(html.numbers(cases.numbers(snapshot, scope, item)))
exhibit_card.show_list(cases.cases(snapshot, scope, item), FILTERS)
source_line.show(snapshot)
