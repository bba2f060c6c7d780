"""放映: the meeting's material, a page a screen."""

import streamlit as st

from pages.shared import url_choice
from pages.shared.meeting import preparation, presenter, screens
from pages.shared.widgets import scope_url

snapshot, scope, meeting = scope_url.presented()
deck = preparation.presented(snapshot, scope, meeting)
drawn = screens.screens(snapshot, deck, annex=st.query_params.get("annex") == "1")
last = len(drawn) - 1
asked = st.query_params.get("at", "1")
at = min(max(int(asked) - 1, 0), last) if asked.isdecimal() and len(asked) < 4 else 0

where = presenter.keys(at, last + 1)
if where == "back" and st.session_state.pop("present_region", ""):
    st.rerun()
if where == "back":
    st.switch_page("../meeting.py", query_params=url_choice.choices(url_choice.CARRIED))
if where and int(where) != at:
    st.session_state.pop("present_region", None)
    st.query_params["at"] = str(int(where) + 1)
    st.rerun()

drawn[at]()
screens.prepare(deck, at + 1)
