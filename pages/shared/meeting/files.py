"""Files of a meeting: the pack, the selection saved and loaded, archives written and opened."""

from collections.abc import Iterator
from datetime import datetime

import streamlit as st

from briefing import pack, release
from briefing.meeting import archive, selection
from briefing.meeting.deck import Deck, deck
from briefing.meeting.selection import Selection, SelectionError
from exhibits.exhibit import Exhibit
from exhibits.wording import words
from pages.shared.audit import viewing
from pages.shared.markup import html
from pages.shared.meeting import preparation
from pages.shared.server import uploads
from pages.shared.sign_in import authenticate
from pages.shared.widgets import exhibit_card, pins
from queries.access.audit_trail import CHINA
from queries.scope import Snapshot

LABELS = {
    "pptx": "幻灯片（PPTX）",
    "docx": "简报（Word）",
    "pdf": "简报（PDF）",
    "xlsx": "数据工作簿（Excel）",
}

LEFT_OUT = "以下内容未列入文件，其余照常生成：\n\n"


#: Whether the material is with its annex, over the pages of the session.
ANNEX = "kept_annex"


def annexed() -> bool:
    """Whether the annex is asked for; at first where exhibits are pinned, which stand in it."""
    return st.session_state.get(ANNEX, bool(pins.pinned()))


def downloads(snapshot: Snapshot, choice: Selection) -> None:
    """Download buttons of the pack's four files, each made on the click."""
    st.html(html.heading("下载", "按当前范围、议程与会议材料生成"))
    offered = (release.OPEN,) if snapshot.access.open else (release.EXACT, release.OPEN)
    edition = st.radio("口径", offered, horizontal=True, key="pack-edition")
    st.session_state[ANNEX] = st.toggle("含附件（加入的图表、其他议题、各单位情况）", annexed())
    files = pack.pack(snapshot, choice, edition, annexed())
    if files.left_out:
        st.warning(LEFT_OUT + "\n".join(f"- {line}" for line in files.left_out))
    scope_fields = viewing.scope_fields(choice.scope, meeting=choice.meeting)
    columns = st.columns(len(files.makers))
    for column, (kind, (name, make)) in zip(columns, files.makers.items(), strict=True):
        column.download_button(
            LABELS[kind],
            data=viewing.file(name, scope_fields, make),
            file_name=name,
            on_click="ignore",
            key=f"pack-{kind}",
            width="stretch",
        )


def save_and_load(choice: Selection, prepares: bool) -> None:
    """Saves the selection for the meeting (roles that prepare it) or as a file; loads one."""
    st.html(html.heading("保存与载入", "选择文件只含议程顺序与图表清单，不含数据"))
    name = f"会议材料选择_{choice.as_of}.json"
    left, middle, right = st.columns([1, 1, 2], vertical_alignment="bottom")
    if prepares and left.button("保存到本次会议", width="stretch"):
        archive.save_selection(choice)
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
    uploaded = right.file_uploader(
        "载入选择文件（不超过1MB）", type="json", max_upload_size=1, key="selection-file"
    )
    if uploaded is not None and st.session_state.get("kept_loaded") != uploaded.file_id:
        st.session_state["kept_loaded"] = uploaded.file_id
        _load(choice, uploaded.getvalue())


def _load(choice: Selection, data: bytes) -> None:
    try:
        loaded = selection.from_json(data)
    except SelectionError as error:
        st.error(f"不是会议材料选择文件，未载入（{error}）。")
        return
    pins.put(loaded.pinned)
    preparation.put(choice, loaded.agenda)
    st.rerun()


def archives(snapshot: Snapshot, choice: Selection) -> None:
    """Archives the present material, and shows an archive with its revised figures."""
    st.html(html.heading("存档", "连同快照版本原样保存，可在以后打开"))
    if snapshot.access.prepares and st.button("存档当前材料"):
        number = archive.write(snapshot, choice, deck(snapshot, choice))
        st.toast(f"已存档，第{number}份。")
    numbers = archive.numbers(choice.meeting, choice.as_of)
    if not numbers:
        st.info("本次会议尚无存档。")
        return
    number = st.selectbox("打开存档", numbers[::-1], format_func=lambda n: f"第{n}份")
    try:
        archived_deck, archived = archive.read(choice.meeting, choice.as_of, number)
    except archive.ArchiveError as error:
        st.error(f"该份存档已损坏，不能打开（{error}）。")
        return
    query = {"kept": str(number), "meeting": choice.meeting, "as_of": choice.as_of.isoformat()}
    if st.button("放映此存档"):
        st.switch_page("../present.py", query_params={k: v for k, v in query.items() if v})
    at = datetime.fromisoformat(archived["frozen_at"]).astimezone(CHINA)
    texts = (archived_deck.title, archived_deck.subtitle, archived_deck.identity)
    st.caption(f"{'；'.join(texts)}；{words.day(at)} {at:%H:%M}存档")
    if archive.is_adjusted(archived):
        st.info("口径已调整：存档为当时口径，原样保存，不与现行口径的数值比较。")
    present_by_id = {
        id(exhibit): present for exhibit, present in archive.revisions(archived_deck, archived)
    }
    for title, exhibits in _listed(archived_deck):
        st.html(html.heading(title))
        for i, exhibit in enumerate(exhibits):
            revised = id(exhibit) in present_by_id
            _archived(exhibit, f"{number}-{title}-{i}", present_by_id.get(id(exhibit)), revised)


@st.fragment
def _archived(exhibit: Exhibit, key: str, present: Exhibit | None, revised: bool) -> None:
    """The title of an archived exhibit, and whether it was revised; all of it when opened."""
    title = f"{exhibit.title}　数据已修订" if revised else exhibit.title
    with st.expander(title, key=f"opened-{key}", on_change="rerun") as opened:
        if not opened.open:
            return
        authenticate.check()
        if revised:
            finding = present.finding if present else words.UNKNOWN
            st.warning(f"数据已修订。存档时：{exhibit.finding}现在：{finding}")
        exhibit_card.show_archived(exhibit, key)


def _listed(archived: Deck) -> Iterator[tuple[str, tuple[Exhibit, ...]]]:
    """What was presented: the pages, then the sections of the annex."""
    shown = (*archived.pages, *archived.further)
    if shown:
        yield "会议页面", tuple(page.exhibit for page in shown if page.exhibit)
    for section in archived.sections:
        yield section.title, section.exhibits
