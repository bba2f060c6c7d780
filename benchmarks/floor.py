"""A bare Streamlit page: one select box and the charts of a real page, constant.

`streamlit run benchmarks/floor.py -- FILE`; FILE holds the figures as JSON. Each choice changes one
value that is not seen, so that the charts are mounted anew, as Streamlit does on the real page.
"""

import json
import sys
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st

st.set_page_config(layout="wide")
st.title("floor")
figures = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
chosen = st.selectbox("县区", ["全市", *(f"县区{i}" for i in range(1, 10))])
for number, figure in enumerate(figures):
    layout = {**figure["layout"], "meta": chosen}
    drawn = go.Figure({"data": figure["data"], "layout": layout}, _validate=False)
    st.plotly_chart(drawn, theme=None, key=f"chart-{number}", config={"displayModeBar": False})
