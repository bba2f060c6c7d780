"""What Streamlit runs: page settings and navigation.

It stands here and not beside `pages/`: Streamlit takes a folder of that name beside its script
for pages of the old kind and shows “Page not found” on the first direct link.
"""

import logging
from pathlib import Path

import streamlit as st

from pages.shared import trace, watermark
from queries.scope import SnapshotError

PAGES = Path(__file__).parents[1]

st.set_page_config(page_title="陇南市社会救助联席会议看板", page_icon="📊", layout="wide")
page = st.navigation(
    [
        st.Page(PAGES / "overview.py", title="总览", default=True),
        st.Page(PAGES / "coverage.py", title="覆盖缺口", url_path="coverage"),
        st.Page(PAGES / "warnings.py", title="预警处置", url_path="warnings"),
        st.Page(PAGES / "response.py", title="部门响应", url_path="departments"),
        st.Page(PAGES / "map.py", title="县区地图", url_path="map"),
        st.Page(PAGES / "county.py", title="县区画像", url_path="county"),
        st.Page(PAGES / "tasks.py", title="任务清单", url_path="tasks"),
        st.Page(PAGES / "meeting.py", title="联席会议", url_path="meeting"),
        st.Page(PAGES / "present.py", title="放映", url_path="present", visibility="hidden"),
        st.Page(PAGES / "quality.py", title="数据质量", url_path="quality"),
        st.Page(PAGES / "explore.py", title="自助分析", url_path="explore"),
        st.Page(PAGES / "methods.py", title="指标口径", url_path="methods"),
        st.Page(PAGES / "audit.py", title="审计日志", url_path="audit", visibility="hidden"),
    ],
    position="top",
)
user, notice = trace.start(), st.container()
watermark.show(user)
try:
    page.run()
except SnapshotError as error:
    # A file that turned out damaged: its version is not offered again, the last whole one serves.
    logging.getLogger(__name__).error("%s; run python -m queries refresh for this day", error)
    if st.session_state.get("damaged") != str(error):
        st.session_state["damaged"] = str(error)
        st.rerun()
    st.error(
        "本截至日的快照不完整或由旧版本生成。请运行 `python -m queries refresh`，或另选截至日。"
    )
finally:
    # Also what a page showed before it stopped.
    trace.page(user, page.title, trace.scope(), notice)
