"""What Streamlit runs: page settings, the user, navigation.

It stands here and not beside `pages/`: Streamlit takes a folder of that name beside its script
for pages of the old kind and shows “Page not found” on the first direct link.
"""

import logging
from pathlib import Path

import streamlit as st

from exhibits.wording import names
from exhibits.wording.faults import in_words
from pages.shared import menu, url_choice
from pages.shared.audit import viewing
from pages.shared.markup import watermark
from pages.shared.sign_in import authenticate, screen
from queries.access import Access
from queries.scope import OlderDefinitions, SnapshotError

PAGES = Path(__file__).parents[1]


def pages(access: Access) -> list[st.Page]:
    """The pages that a role may open, and the first of them as its start page at `/`."""
    offered = menu.offered(access)
    first, title, _ = offered[0]
    return [
        st.Page(PAGES / first, title=title, url_path="start", default=True),
        *(st.Page(PAGES / file, title=name, url_path=address) for file, name, address in offered),
    ]


st.set_page_config(page_title=names.board(), page_icon="📊", layout="wide")
url_choice.start()
user = authenticate.current()
viewing.start()
listed = pages(user.access)
page = st.navigation(listed, position="hidden")
url_choice.turn(page.url_path)
if page.url_path != "present":
    with st.container(horizontal=True, vertical_alignment="center", key="top-bar"):
        menu.show(listed, start=page.url_path in ("", "start"))
        screen.bar(user)
notice = st.container()
watermark.show(user)
try:
    page.run()
except OlderDefinitions as error:
    st.info(f"{in_words(error)}。")
except SnapshotError as error:
    # The damaged version is not offered again; the last complete one is served.
    logging.getLogger(__name__).error("%s; run python -m queries refresh for this day", error)
    if st.session_state.get("damaged") != str(error):
        st.session_state["damaged"] = str(error)
        st.rerun()
    st.error(
        "本截至日的快照不完整或由旧版本生成。请运行 `python -m queries refresh`，或另选截至日。"
    )
finally:
    url_choice.write()
    url_choice.warn(notice)
    # A page that stopped early has shown something too.
    viewing.page(user, page.title, viewing.scope(), notice)
