"""The scope bar: as-of day, compared with, region; kept in the URL and from page to page."""

from datetime import date
from pathlib import Path

import streamlit as st

from exhibits import words
from pages.shared import look
from queries.scope import (
    Scope,
    Snapshot,
    comparisons,
    counties,
    last_meeting,
    open_snapshot,
    store,
    stored_days,
)

COMPARED = {"meeting": "上次会议", "month": "上月末", "year": "上年同期"}


def show(name: str, question: str) -> tuple[Snapshot, Snapshot | None, Scope]:
    """Title and bar; the snapshot, the one to compare with (None: 无可比数据), the scope."""
    folder = store()
    days = stored_days(folder)
    demonstration = bool(days) and open_snapshot(folder, days[-1]).manifest["demonstration"]
    st.html(look.title(name, question, demonstration))
    if not days:
        st.info("尚无数据快照。请先运行 `python -m queries refresh`，再刷新本页。")
        st.stop()
    day_column, compared_column, region_column = st.columns([1, 1.4, 1])
    with day_column:
        as_of = _choose("截至", "as_of", _iso(list(reversed(days))), words.day, date.fromisoformat)
    snapshot = open_snapshot(folder, as_of)
    with compared_column:
        before = _compared(folder, snapshot)
    with region_column:
        names = {"": "全市"} | counties(snapshot)
        region = _choose("地区", "region", list(names), names.__getitem__, str)
    scope = Scope(as_of, before.as_of if before else None, region)
    return snapshot, before, scope


def _iso(days: list[date]) -> list[str]:
    return [day.isoformat() for day in days]


def _compared(folder: Path, snapshot: Snapshot) -> Snapshot | None:
    choices = comparisons(folder, snapshot)
    meeting = last_meeting(snapshot)

    def label(choice: str) -> str:
        if choice == "none":
            return words.UNKNOWN
        name = meeting[0] if choice == "meeting" and meeting else COMPARED[choice]
        return f"{name}（{words.day(choices[choice])}）"

    chosen = _choose("对比", "compared", list(choices) or ["none"], label, str)
    return open_snapshot(folder, choices[chosen]) if chosen in choices else None


def _choose(label: str, name: str, options: list[str], show, read):
    """A select box whose choice is in the URL; a wrong value there falls back with a notice."""
    asked = st.query_params.get(name) or st.session_state.get(f"scope_{name}")
    if asked is not None and asked not in options:
        if name in st.query_params:
            st.toast(f"链接中的“{label}”无效或未入库，已改用默认值。", icon="⚠️")
        asked = None
    index = options.index(asked) if asked else 0
    chosen = st.selectbox(
        label, options, index=index, format_func=lambda option: show(read(option))
    )
    st.session_state[f"scope_{name}"] = chosen
    if chosen == options[0]:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = chosen
    return read(chosen)
