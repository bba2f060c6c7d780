"""What Streamlit runs: page settings, the user, navigation.

It stands here and not beside `pages/`: Streamlit takes a folder of that name beside its script
for pages of the old kind and shows “Page not found” on the first direct link.
"""

import logging
from pathlib import Path

import streamlit as st

from exhibits.wording.faults import in_words
from pages.shared.audit import viewing
from pages.shared.markup import watermark
from pages.shared.menu import offered
from pages.shared.sign_in import authenticate, screen
from queries.access import Access
from queries.scope import OlderDefinitions, SnapshotError

PAGES = Path(__file__).parents[1]


def pages(access: Access) -> list[st.Page]:
    """The pages that a role may open; the first is the one it starts with."""
    return [
        st.Page(
            PAGES / file,
            title=title,
            url_path=address,
            default=not i,
            visibility="hidden" if address == "present" else "visible",
        )
        for i, (file, title, address) in enumerate(offered(access))
    ]


st.set_page_config(page_title="陇南市社会救助部门联席会议看板", page_icon="📊", layout="wide")
user = authenticate.current()
viewing.start()
page = st.navigation(pages(user.access), position="top")
if page.url_path != "present":
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
    # A page that stopped early has shown something too.
    viewing.page(user, page.title, viewing.scope(), notice)
