"""What the office does on 联席会议: the order of the agenda and the material."""

import streamlit as st

from briefing.meeting import archive, selection
from briefing.meeting.deck import Deck, deck
from briefing.meeting.selection import Line, Selection, SelectionError
from exhibits import recipe
from exhibits.meeting.agenda import KINDS
from exhibits.recipe import RecipeError
from exhibits.wording.names import department
from pages.shared.markup import html
from pages.shared.widgets import pins
from queries.scope import Scope, Snapshot


def chosen(scope: Scope, meeting: str) -> Selection:
    """The session's selection for the meeting and scope; what was kept with it comes first."""
    key = _key(meeting, scope)
    if key not in st.session_state:
        kept = _kept(meeting, scope)
        st.session_state[key] = kept.agenda if kept else ()
        if kept and not pins.pinned():
            pins.put(kept.pinned)
    return Selection(
        scope.as_of,
        scope.compared,
        meeting,
        scope.region,
        scope.department,
        st.session_state[key],
        pins.pinned(),
    )


def _key(meeting: str, scope: Scope) -> str:
    return f"kept_agenda-{meeting or scope.as_of}-{scope.region}-{scope.department}"


def _kept(meeting: str, scope: Scope) -> Selection | None:
    try:
        return archive.saved(meeting, scope.as_of)
    except SelectionError as error:
        st.warning(f"保存的会议材料已损坏，未载入（{error}）。")
        return None


def put(choice: Selection, lines: tuple[Line, ...]) -> None:
    """Replaces the agenda's lines."""
    st.session_state[_key(choice.meeting, choice.scope)] = lines


def agenda(snapshot: Snapshot, choice: Selection) -> None:
    """Each line with its reason; up, down, strike; a line of the office's own."""
    shown = selection.lines(snapshot, choice)
    order = [line for line, _ in shown]
    st.html(html.heading("议题", "按数据提出，附理由；会议办公室可调整顺序、删除、补充"))
    for i, (line, item) in enumerate(shown):
        text, up, down, strike = st.columns([12, 1, 1, 1.4], vertical_alignment="center")
        lead = department(item.lead) if item.lead else ""
        text.html(
            html.agenda_line(i + 1, item.title, KINDS[item.kind], item.reason, lead, line.struck)
        )
        changes = {
            "↑": (up, selection.moved(order, i, -1), i == 0),
            "↓": (down, selection.moved(order, i, 1), i == len(shown) - 1),
            "恢复" if line.struck else "删除": (strike, selection.struck(order, i), False),
        }
        for label, (column, lines, off) in changes.items():
            column.button(
                label,
                key=f"agenda-{label}-{i}",
                disabled=off,
                on_click=put,
                args=(choice, lines),
                width="stretch",
            )
    _own(choice, order)


def _own(choice: Selection, order: list[Line]) -> None:
    with st.form("agenda-own", clear_on_submit=True, border=False):
        field, press = st.columns([12, 3.4], vertical_alignment="bottom")
        text = field.text_input("补充议题", max_chars=selection.LONGEST)
        if press.form_submit_button("加入议程", width="stretch") and (
            told := selection.plain(text)
        ):
            own = Line(f"own-{len(order)}-{told[:20]}", told)
            put(choice, (*order, own))
            st.rerun()


def material(snapshot: Snapshot, choice: Selection) -> None:
    """Pinned exhibits, in their order, each with what it shows."""
    st.html(html.heading("会议材料", "在任一页面的“导出”中点“加入会议材料”"))
    if not choice.pinned:
        st.info("尚未加入任何图表。议题所涉图表会自动列入。")
    for i, each in enumerate(choice.pinned):
        text, press = st.columns([12, 1.6], vertical_alignment="center")
        try:
            exhibit = recipe.build(snapshot, each, choice.compared)
            text.html(html.finding(f"{i + 1}. {exhibit.page}：{exhibit.question}", exhibit.finding))
        except RecipeError as error:
            text.warning(f"第{i + 1}项无法生成，请移除（{error}）。")
        rest = (*choice.pinned[:i], *choice.pinned[i + 1 :])
        press.button("移除", key=f"unpin-{i}", on_click=pins.put, args=(rest,), width="stretch")


def shown(snapshot: Snapshot, scope: Scope, meeting: str) -> Deck:
    """What is presented: kept material where the address names it, else the session's."""
    kept = st.query_params.get("kept", "")
    if snapshot.access.unlimited and kept in map(str, archive.frozen(meeting, scope.as_of)):
        try:
            return archive.opened(meeting, scope.as_of, int(kept))[0]
        except archive.FrozenError as error:
            st.toast(f"该份存档已损坏，放映当前材料（{error}）。")
    return deck(snapshot, chosen(scope, meeting))
