"""The export menu of an exhibit: its files, and the button that pins it to the meeting."""

from functools import partial

import streamlit as st

from briefing import export, release
from exhibits.exhibit import Exhibit
from pages.shared.audit import viewing
from pages.shared.sign_in import authenticate
from pages.shared.widgets import pins

LABELS = {
    "xlsx": "Excel数据",
    "csv": "CSV数据",
    "docx": "Word文档",
    "pptx": "一页幻灯片",
    "png": "PNG图片",
    "svg": "SVG图片",
}


def show(exhibit: Exhibit, pinned: bool = True) -> None:
    """Download buttons, made when the menu is opened; `pinned`: with the button to pin it."""
    key, name = exhibit.key, exhibit.file_name
    with st.popover("导出", key=f"files-{key}", on_change="rerun") as menu:
        if not menu.open:
            return
        authenticate.check()
        edition = _edition(exhibit)
        for kind, reason in (export.kinds(exhibit) if edition else {}).items():
            file = f"{name}{'_公开口径' if edition == release.OPEN else ''}.{kind}"
            make = partial(export.exhibit_file, exhibit, kind, edition=edition)
            st.download_button(
                LABELS[kind],
                data=viewing.file(file, viewing.scope_of(exhibit), make),
                file_name=file,
                on_click="ignore",
                disabled=bool(reason),
                help=reason or None,
                key=f"{key}-{kind}",
                width="stretch",
            )
        if (
            pinned
            and exhibit.recipe
            and st.button("加入会议材料", key=f"{key}-pin", width="stretch")
        ):
            st.toast(pins.add(exhibit.recipe))


@st.fragment
def fragment(exhibit: Exhibit) -> None:
    """The menu as a fragment of its own, which reruns without the page."""
    show(exhibit)


def _edition(exhibit: Exhibit) -> str:
    """The edition that the user chooses for files; empty, and says why, where none is allowed."""
    editions = release.editions(exhibit)
    possible = [edition for edition, reason in editions.items() if not reason]
    if not possible:
        st.caption(f"{next(iter(editions.values()))}。")
        return ""
    if len(editions) == 1:
        return possible[0]
    chosen = st.radio("口径", possible, horizontal=True, key=f"edition-{exhibit.key}")
    for edition, reason in editions.items():
        if reason:
            st.caption(f"{edition}：{reason}。")
    return chosen
