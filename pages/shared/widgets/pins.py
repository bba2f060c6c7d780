"""Exhibits that a user has pinned to the meeting's material, in the session."""

import streamlit as st

from briefing.meeting.selection import MOST
from exhibits.exhibit import Recipe

KEY = "kept_pins"


def pinned() -> tuple[Recipe, ...]:
    """The recipes in the order they were added."""
    return st.session_state.get(KEY, ())


def put(recipes: tuple[Recipe, ...]) -> None:
    """Replaces all recipes."""
    st.session_state[KEY] = recipes


def add(recipe: Recipe) -> str:
    """Adds one; returns a message (Chinese)."""
    recipes = pinned()
    if recipe in recipes:
        return "已在会议材料中。"
    if len(recipes) >= MOST:
        return f"会议材料最多{MOST}项，请先移除一些。"
    put((*recipes, recipe))
    return f"已加入会议材料，共{len(recipes) + 1}项。"
