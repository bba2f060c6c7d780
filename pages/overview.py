"""总览: what should the meeting know today?"""

import streamlit as st

from exhibits.maps import county
from exhibits.overview import headlines, three_parts
from exhibits.wording import periods, words
from pages.shared import url_choice
from pages.shared.markup import html
from pages.shared.widgets import attention, county_table, exhibit_card, scope_bar, source_line
from queries.catalogue import catalogue, headline

snapshot, scope = scope_bar.show("总览", "总体情况", period="since_meeting")

attention.leading(snapshot, scope)
against = f"与{words.day(scope.compared)}相比" if scope.compared else f"对比：{words.UNKNOWN}"
timed = f"流量指标{periods.counted(snapshot, scope)}"
st.html(html.heading("主要指标", f"{against}；{timed}；折线为近13个月末，灰带为控制限"))
st.html(html.cards(headlines.headlines(snapshot, scope)))
parts = three_parts.paragraphs(snapshot, scope)
st.html(html.bulletin([(part.title, part.text) for part in parts]))

left, right = st.columns([2, 3])
with left:
    ordered = {"I0891": catalogue()["I0891"].name, **{i.id: i.name for i in headline()}}
    indicator = url_choice.choose(st, "地图指标", "indicator", ordered)
    exhibit_card.show(county.county_map(snapshot, scope, indicator, page="总览"))
with right:
    county_table.show(snapshot, scope)

attention.listed(snapshot, scope)
source_line.show(snapshot)
