"""The board: page settings and navigation."""

import logging

import streamlit as st

logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")

st.set_page_config(page_title="陇南市社会救助联席会议看板", page_icon="📊", layout="wide")
st.navigation(
    [
        st.Page("pages/overview.py", title="总览", default=True),
        st.Page("pages/coverage.py", title="覆盖缺口", url_path="coverage"),
        st.Page("pages/warnings.py", title="预警处置", url_path="warnings"),
        st.Page("pages/response.py", title="部门响应", url_path="departments"),
        st.Page("pages/map.py", title="县区地图", url_path="map"),
        st.Page("pages/county.py", title="县区画像", url_path="county"),
    ],
    position="top",
).run()
