"""Files of a meeting: the pack, the selection saved and loaded, material frozen and opened."""

import streamlit as st

from briefing import pack, release
from briefing.meeting import archive, selection
from briefing.meeting.deck import deck
from briefing.meeting.selection import Selection, SelectionError
from exhibits.wording import words
from pages.shared.audit import viewing
from pages.shared.markup import html
from pages.shared.meeting import room
from pages.shared.server import uploads
from pages.shared.widgets import exhibit_card, pins
from queries.scope import Snapshot

LABELS = {
    "pptx": "幻灯片（PPTX）",
    "docx": "简报（Word）",
    "pdf": "简报（PDF）",
    "xlsx": "数据工作簿（Excel）",
}

LEFT_OUT = "以下内容未列入文件，其余照常生成：\n\n"


def downloads(snapshot: Snapshot, choice: Selection) -> None:
    """The pack's four files, each made when it is asked for."""
    st.html(html.heading("下载", "按当前范围、议程与会议材料生成"))
    offered = (release.OPEN,) if snapshot.access.open else (release.EXACT, release.OPEN)
    edition = st.radio("口径", offered, horizontal=True, key="pack-edition")
    made = pack.pack(snapshot, choice, edition)
    if made.left_out:
        st.warning(LEFT_OUT + "\n".join(f"- {line}" for line in made.left_out))
    taken = viewing.scope_fields(choice.scope, meeting=choice.meeting)
    columns = st.columns(len(made.makers))
    for column, (kind, (name, make)) in zip(columns, made.makers.items(), strict=True):
        column.download_button(
            LABELS[kind],
            data=viewing.file(name, taken, make),
            file_name=name,
            on_click="ignore",
            key=f"pack-{kind}",
            width="stretch",
        )


def keep(choice: Selection, prepares: bool) -> None:
    """Saving the selection with the meeting where the role prepares it, as a file, loading one."""
    st.html(html.heading("保存与载入", "选择文件只含议程顺序与图表清单，不含数据"))
    name = f"会议材料选择_{choice.as_of}.json"
    left, middle, right = st.columns([1, 1, 2], vertical_alignment="bottom")
    if prepares and left.button("保存到本次会议", width="stretch"):
        archive.save(choice)
        st.toast("已保存到本次会议。")
    middle.download_button(
        "下载选择文件",
        # Holds no figures, so it is logged and not marked.
        viewing.file(
            name, viewing.scope_fields(choice.scope), lambda _: selection.to_json(choice).encode()
        ),
        name,
        "application/json",
        on_click="ignore",
        width="stretch",
    )
    uploads.offer()
    given = right.file_uploader(
        "载入选择文件（不超过1MB）", type="json", max_upload_size=1, key="selection-file"
    )
    if given is not None and st.session_state.get("kept_loaded") != given.file_id:
        st.session_state["kept_loaded"] = given.file_id
        _load(choice, given.getvalue())


def _load(choice: Selection, data: bytes) -> None:
    try:
        told = selection.from_json(data)
    except SelectionError as error:
        st.error(f"不是会议材料选择文件，未载入（{error}）。")
        return
    pins.put(told.pinned)
    room.put(choice, told.agenda)
    st.rerun()


def freeze(snapshot: Snapshot, choice: Selection) -> None:
    """Keeping what is presented unchanged, and opening what was kept."""
    st.html(html.heading("存档", "连同快照版本原样保存，可在以后打开"))
    if snapshot.access.prepares and st.button("存档当前材料"):
        number = archive.freeze(snapshot, choice, deck(snapshot, choice))
        st.toast(f"已存档，第{number}份。")
    kept = archive.frozen(choice.meeting, choice.as_of)
    if not kept:
        st.info("本次会议尚无存档。")
        return
    number = st.selectbox("打开存档", kept[::-1], format_func=lambda n: f"第{n}份")
    try:
        shown, told = archive.opened(choice.meeting, choice.as_of, number)
    except archive.FrozenError as error:
        st.error(f"该份存档已损坏，不能打开（{error}）。")
        return
    asked = {"kept": str(number), "meeting": choice.meeting, "as_of": choice.as_of.isoformat()}
    if st.button("放映此存档"):
        st.switch_page("../present.py", query_params={k: v for k, v in asked.items() if v})
    st.caption(f"{shown.title}；{shown.subtitle}；{shown.identity}；{told['frozen_at']}存档")
    others = {id(old): new for old, new in archive.revised(shown, told)}
    for section in shown.sections:
        st.html(html.heading(section.title))
        for i, exhibit in enumerate(section.exhibits):
            if id(exhibit) in others:
                now = others[id(exhibit)]
                told_now = now.finding if now else words.UNKNOWN
                st.warning(f"数据已修订。存档时：{exhibit.finding}现在：{told_now}")
            exhibit_card.show_archived(exhibit, f"{number}-{section.title}-{i}")
