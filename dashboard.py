"""The board: `streamlit run dashboard.py`."""

import logging
import sys
from pathlib import Path

import streamlit as st

from pages.shared import faults, server, way_in

logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")

if why := way_in.refusal(st.get_option("server.address")):
    sys.exit(f"The board does not start: {why}")

# Streamlit looks for this call in the text of the file it is told to run.
app = st.App(
    str(Path(__file__).parent / "pages" / "shared" / "board.py"),
    routes=server.ROUTES,
    middleware=server.MIDDLEWARE,
    lifespan=server.warm,
    on_script_error=faults.show,
)
