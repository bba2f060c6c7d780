"""What a page or a fragment shows in place of an uncaught exception."""

import streamlit as st

from exhibits.wording.faults import in_words
from queries.access import AccessError
from queries.scope import OlderDefinitions


def show(error: Exception) -> bool:
    """Shows a Chinese sentence with the number of the log's entry; True: Streamlit adds nothing."""
    if isinstance(error, AccessError | OlderDefinitions):
        st.info(f"{in_words(error)}。")
    else:
        st.error(f"本页有内容{in_words(error)}。可刷新页面或另选截至日、范围后重试。", icon="⚠️")
    return True
