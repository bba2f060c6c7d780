"""The board: `streamlit run dashboard.py`."""

import logging
import sys
from pathlib import Path

import streamlit as st

from data.reference import edited
from data.reference.files import ConfigurationError
from geo import boundaries
from pages.shared.server import asgi
from pages.shared.sign_in import authentication_mode
from pages.shared.widgets import faults

logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")

if why := authentication_mode.refusal(st.get_option("server.address")):
    sys.exit(f"The board does not start: {why}")
try:
    edited.check_edited()
    boundaries.check()
except ConfigurationError as error:
    sys.exit(f"The board does not start: {error}")

# Streamlit looks for this call in the text of the file it is told to run.
app = st.App(
    str(Path(__file__).parent / "pages" / "shared" / "board.py"),
    routes=asgi.ROUTES,
    middleware=asgi.MIDDLEWARE,
    lifespan=asgi.warm,
    on_script_error=faults.show,
)
