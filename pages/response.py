"""部门响应: how fast does each department answer what is referred to it?"""

import streamlit as st

from exhibits import overview, response
from pages.shared import exhibit_card, scope_bar, source_line

snapshot, before, scope = scope_bar.show("部门响应", "各部门办理推送事项有多快？")
since = snapshot.as_of.replace(month=1, day=1)

exhibit_card.show(response.on_time(snapshot, since))
exhibit_card.show(response.medians(snapshot, since))
left, right = st.columns(2)
with left:
    exhibit_card.show(response.survival(snapshot, since))
with right:
    months = overview.month_end_snapshots(snapshot.folder, snapshot.as_of)
    exhibit_card.show(response.trend(months))
source_line.show(snapshot)
