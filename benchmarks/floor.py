"""A bare Streamlit page served with compression alone, as a proxy in front of it would.

`FIGURES` names a file that holds, as JSON, the figures that the real page draws for each choice, so
that both draw the same and this one mounts it anew.
"""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

app = st.App(
    str(Path(__file__).with_name("floor_page.py")), middleware=[Middleware(GZipMiddleware)]
)
