"""What `floor.py` serves: one select box and the charts of a real page, constant."""

import json
import os
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st

st.set_page_config(layout="wide")
st.title("floor")


@st.cache_resource
def figures(path: str) -> list[list[go.Figure]]:
    """By choice, the figures of the page."""
    sets = json.loads(Path(path).read_text(encoding="utf-8"))
    return [[go.Figure(figure, _validate=False) for figure in one] for one in sets]


figures_by_choice = figures(os.environ["FIGURES"])
chosen = st.selectbox("县区", range(len(figures_by_choice)))
for number, figure in enumerate(figures_by_choice[chosen]):
    st.plotly_chart(figure, theme=None, key=f"chart-{number}", config={"displayModeBar": False})
