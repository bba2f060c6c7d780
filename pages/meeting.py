"""联席会议: prepare, present, follow up."""

import streamlit as st

from exhibits.meeting import changes, decisions
from pages.shared import url_choice
from pages.shared.meeting import agenda, files, preparation
from pages.shared.widgets import exhibit_card, scope_bar, source_line

PARTS = {
    "last": "议定事项落实",
    "changes": "变化",
    "agenda": "议题",
    "material": "会议材料",
}

snapshot, scope = scope_bar.show(
    "联席会议",
    "会前准备、会上放映、会后跟踪",
    ("department",),
    meeting=True,
    period="since_meeting",
)
if snapshot.access.unlimited:
    # An archive shows the whole city and cannot be narrowed.
    PARTS["kept"] = "存档"
chosen = preparation.chosen(scope, url_choice.current("meeting"))
left, right = st.columns([5, 1], vertical_alignment="center")
with left:
    part = url_choice.part(PARTS)
with right:
    if st.button("全屏放映", type="primary", width="stretch"):
        query = url_choice.choices(url_choice.CARRIED)
        query |= {"annex": "1"} if files.annexed() else {}
        st.switch_page("../present.py", query_params=query)

if part == "last":
    exhibit_card.show(decisions.decided(snapshot, scope), listed=True)
elif part == "changes":
    for direction in ("concern", "improvement"):
        exhibit_card.show(changes.moved(snapshot, scope, direction))
elif part == "agenda":
    agenda.show(snapshot, chosen)
elif part == "material":
    preparation.material(snapshot, chosen)
    if snapshot.access.exports:
        files.downloads(snapshot, chosen)
    files.save_and_load(chosen, snapshot.access.prepares)
else:
    files.archives(snapshot, chosen)
source_line.show(snapshot)
