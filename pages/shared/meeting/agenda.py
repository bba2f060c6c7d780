"""The agenda on 联席会议: its topics in the office's order, each to move, strike and rewrite."""

from collections.abc import Callable

import streamlit as st

from briefing.meeting import agenda_line, selection
from briefing.meeting.agenda_line import EDITABLE, Line
from briefing.meeting.selection import Selection
from exhibits.meeting.agenda_item import Item
from exhibits.wording import names
from pages.shared.markup import html
from pages.shared.meeting import preparation
from queries.scope import Snapshot

#: Fields of a topic that the office may write, as they are called; how they lie in the form.
FIELDS = {
    "title": "事由",
    "reason": "现状",
    "advice": "建议",
    "lead": "责任单位",
    "cooperating": "配合单位",
    "regions": "县区",
    "due": "建议时限",
}
LONG = ("reason", "advice")
SIDE_BY_SIDE = ("lead", "cooperating", "regions", "due")

#: The session's key of the topic that is being rewritten.
EDITING = "agenda-editing"


def show(snapshot: Snapshot, choice: Selection) -> None:
    """Each topic with its reason and proposal; a form to rewrite one, another to add one."""
    entries = selection.lines(snapshot, choice)
    order = [line for line, _ in entries]
    st.html(html.heading("议题", "按数据提出；会议办公室可调整顺序、修改、删除、补充"))
    if not entries:
        st.info("无需提请会议研究的议题。")
    number = 0
    for i, (line, item) in enumerate(entries):
        number += not line.struck
        with st.container(border=True, key=f"topic-{i}"):
            st.html(html.agenda_line(0 if line.struck else number, item, bool(line.edits)))
            _buttons(choice, order, i)
            if st.session_state.get(EDITING) == line.key and not line.struck:
                _form(snapshot, choice, order, i, item)
    _addition(choice, order)


def _buttons(choice: Selection, order: list[Line], i: int) -> None:
    line = order[i]
    put = preparation.put
    changes: dict[str, tuple[Callable[..., None], tuple, bool]] = {
        "上移": (put, (choice, agenda_line.moved(order, i, -1)), i == 0),
        "下移": (put, (choice, agenda_line.moved(order, i, 1)), i == len(order) - 1),
        "修改": (_edit, (line.key,), line.struck),
        "恢复" if line.struck else "删除": (put, (choice, agenda_line.struck(order, i)), False),
    }
    with st.container(horizontal=True, gap="small"):
        for label, (act, args, off) in changes.items():
            key = f"agenda-{label}-{i}"
            st.button(label, key=key, disabled=off, on_click=act, args=args, type="tertiary")


def _edit(key: str) -> None:
    """Opens the form of a topic, or closes it."""
    st.session_state[EDITING] = None if st.session_state.get(EDITING) == key else key


def _form(snapshot: Snapshot, choice: Selection, order: list[Line], i: int, item: Item) -> None:
    with st.form(f"agenda-form-{order[i].key}", border=False):
        texts = {name: _field(st, name, item) for name in FIELDS if name not in SIDE_BY_SIDE}
        for column, name in zip(st.columns(len(SIDE_BY_SIDE)), SIDE_BY_SIDE, strict=True):
            texts[name] = _field(column, name, item)
        with st.container(horizontal=True):
            saves = st.form_submit_button("保存修改", type="primary")
            restores = st.form_submit_button("恢复原文")
    if not saves and not restores:
        return
    proposed = selection.proposed_items(snapshot, choice)
    before = selection.original(order[i], proposed)
    lines = agenda_line.edited(order, i, before, texts if saves else _texts(before))
    preparation.put(choice, lines)
    _edit(order[i].key)
    st.rerun()


def _texts(item: Item) -> dict[str, str]:
    """A topic's texts by field; a department by its name."""
    texts = {name: getattr(item, name) for name in FIELDS}
    return texts | {"lead": names.departments().get(item.lead, item.lead)}


def _field(container, name: str, item: Item) -> str:
    widget = container.text_area if name in LONG else container.text_input
    key = f"agenda-{name}-{item.key}"
    return widget(FIELDS[name], _texts(item)[name], max_chars=EDITABLE[name], key=key)


def _addition(choice: Selection, order: list[Line]) -> None:
    with st.form("agenda-own", clear_on_submit=True, border=False):
        field, press = st.columns([12, 3.4], vertical_alignment="bottom")
        text = field.text_input("补充议题", max_chars=agenda_line.LONGEST)
        if press.form_submit_button("加入议程", width="stretch") and (
            added := agenda_line.plain(text)
        ):
            line = Line(f"own-{len(order)}-{added[:20]}", added)
            preparation.put(choice, (*order, line))
            st.rerun()
