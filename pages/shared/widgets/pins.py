"""Exhibits that a visitor has put into the meeting's material, page after page."""

import streamlit as st

from briefing.meeting.selection import MOST
from exhibits.exhibit import Recipe

KEY = "kept_pins"


def pinned() -> tuple[Recipe, ...]:
    """The recipes in the order they were added."""
    return st.session_state.get(KEY, ())


def put(recipes: tuple[Recipe, ...]) -> None:
    """Replaces them all."""
    st.session_state[KEY] = recipes


def add(recipe: Recipe) -> str:
    """Adds one; what is said about it."""
    known = pinned()
    if recipe in known:
        return "已在会议材料中。"
    if len(known) >= MOST:
        return f"会议材料最多{MOST}项，请先移除一些。"
    put((*known, recipe))
    return f"已加入会议材料，共{len(known) + 1}项。"
