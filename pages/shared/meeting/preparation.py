"""The preparation of a meeting on 联席会议: the selection of the session, and the material."""

import streamlit as st

from briefing.meeting import archive
from briefing.meeting.agenda_line import Line
from briefing.meeting.deck import Deck, deck
from briefing.meeting.selection import Selection, SelectionError
from exhibits import recipe
from exhibits.recipe import RecipeError
from pages.shared.markup import html
from pages.shared.widgets import pins
from queries.scope import Scope, Snapshot


def chosen(scope: Scope, meeting: str) -> Selection:
    """The session's selection for the meeting and scope; it starts with the saved one."""
    key = _key(meeting, scope)
    if key not in st.session_state:
        saved = _saved(meeting, scope)
        st.session_state[key] = saved.agenda if saved else ()
        if saved and not pins.pinned():
            pins.put(saved.pinned)
    return Selection(
        scope.as_of,
        scope.compared,
        meeting,
        scope.region,
        scope.department,
        st.session_state[key],
        pins.pinned(),
        scope.period,
    )


def _key(meeting: str, scope: Scope) -> str:
    return f"kept_agenda-{meeting or scope.as_of}-{scope.region}-{scope.department}"


def _saved(meeting: str, scope: Scope) -> Selection | None:
    try:
        return archive.saved_selection(meeting, scope.as_of)
    except SelectionError as error:
        st.warning(f"保存的会议材料已损坏，未载入（{error}）。")
        return None


def put(choice: Selection, lines: tuple[Line, ...]) -> None:
    """Replaces the agenda's lines."""
    st.session_state[_key(choice.meeting, choice.scope)] = lines


def material(snapshot: Snapshot, choice: Selection) -> None:
    """Pinned exhibits, in their order, each with what it shows."""
    st.html(html.heading("会议材料", "在任一页面的“导出”中点“加入会议材料”"))
    if not choice.pinned:
        st.info("尚未加入任何图表。议题所涉图表会自动列入。")
    for i, pinned in enumerate(choice.pinned):
        text, press = st.columns([12, 1.6], vertical_alignment="center")
        try:
            exhibit = recipe.build(snapshot, pinned, choice.compared)
            text.html(html.finding(f"{i + 1}. {exhibit.page}：{exhibit.title}", exhibit.finding))
        except RecipeError as error:
            text.warning(f"第{i + 1}项无法生成，请移除（{error}）。")
        rest = (*choice.pinned[:i], *choice.pinned[i + 1 :])
        press.button("移除", key=f"unpin-{i}", on_click=pins.put, args=(rest,), width="stretch")


def presented(snapshot: Snapshot, scope: Scope, meeting: str) -> Deck:
    """The deck to present: the archive that the URL names, else the session's selection."""
    number = st.query_params.get("kept", "")
    if snapshot.access.unlimited and number in map(str, archive.numbers(meeting, scope.as_of)):
        try:
            return archive.read(meeting, scope.as_of, int(number))[0]
        except archive.ArchiveError as error:
            st.toast(f"该份存档已损坏，放映当前材料（{error}）。")
    return deck(snapshot, chosen(scope, meeting))
