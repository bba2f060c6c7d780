"""总览: what should the meeting know today?"""

import streamlit as st

from exhibits import overview, words
from pages.shared import look, scope_bar, source_line

DELTA_COLOUR = {"improvement": "blue", "concern": "orange", "neutral": "gray"}

PER_ROW = 5

snapshot, before, scope = scope_bar.show("总览", "本次会议需要掌握什么？")

parts = overview.paragraphs(snapshot, before, scope.region)
st.html(look.bulletin([(part.title, part.text) for part in parts]))

against = f"与{words.day(before.as_of)}相比" if before else words.UNKNOWN
st.html(look.heading("主要指标", f"{against}；流量指标为当月1日至截至日，折线为近13个月末"))
headlines = overview.headlines(snapshot, before, scope.region)
for start in range(0, len(headlines), PER_ROW):
    for column, item in zip(st.columns(PER_ROW), headlines[start : start + PER_ROW], strict=False):
        column.metric(
            item.indicator.name,
            item.figure,
            item.change,
            delta_color=DELTA_COLOUR[item.direction],
            delta_arrow=overview.arrow(item.change),
            chart_data=list(item.months) or None,
            border=True,
        )

st.html(look.heading("县区对照", "▲▼仅在95%置信区间不含全市值时标注，其余差异属正常波动"))
st.html(look.county_table(overview.county_table(snapshot)))
source_line.show(snapshot)
