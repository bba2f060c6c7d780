"""县区画像: one county, every indicator, against the city and its own past."""

import streamlit as st

from exhibits import series
from exhibits.county import comparison
from exhibits.maps import county
from exhibits.overview import headlines
from exhibits.wording import names, periods
from pages.shared import url_choice
from pages.shared.markup import html
from pages.shared.widgets import attention, exhibit_card, scope_bar, source_line
from queries.catalogue import catalogue

snapshot, scope = scope_bar.show("县区画像", "县区主要指标", county=True)
region_name = names.region_name(snapshot, scope.region)
note = f"流量指标{periods.counted(snapshot, scope)}；折线为近13个月末，灰带为控制限"

st.html(html.heading(f"{region_name}主要指标", note))
st.html(html.cards(headlines.headlines(snapshot, scope)))

left, right = st.columns([3, 2])
name_by_indicator = {i.id: i.name for i in catalogue().values() if "county" in i.breakdowns}
ordered = {"I0891": name_by_indicator["I0891"], **name_by_indicator}
with left:
    indicator = url_choice.choose(st, "地图与走势的指标", "indicator", ordered)
    exhibit_card.show(county.county_map(snapshot, scope, indicator, page="县区画像"))
with right:
    attention.listed(snapshot, scope)

exhibit_card.show(comparison.profile(snapshot, scope))
exhibit_card.show(series.trend(snapshot, scope, indicator, "县区画像"))
source_line.show(snapshot)
