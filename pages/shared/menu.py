"""The board's pages: file, name, address; which a role is offered, in which order; the menu."""

import streamlit as st

from pages.shared import url_choice
from queries.access import Access

TODO = ("todo.py", "待办", "todo")

#: Pages that show figures.
BOARD = [
    ("overview.py", "总览", "overview"),
    ("coverage.py", "覆盖缺口", "coverage"),
    ("warnings.py", "预警处置", "warnings"),
    ("response.py", "部门响应", "departments"),
    ("map.py", "县区地图", "map"),
    ("county.py", "县区画像", "county"),
    ("tasks.py", "任务清单", "tasks"),
    ("meeting.py", "联席会议", "meeting"),
    ("present.py", "放映", "present"),
    ("quality.py", "数据质量", "quality"),
    ("explore.py", "自助分析", "explore"),
    ("methods.py", "指标口径", "methods"),
]

#: Pages that show the log.
LOG = [("audit.py", "审计日志", "audit")]

#: Pages that compare counties or belong to the city's meeting: no figures of a single township.
NOT_OF_TOWNSHIPS = ("map", "county", "meeting", "present", "quality", "explore")

#: The meeting's pages show internal figures.
NOT_IN_OPEN_EDITION = ("meeting", "present")


def offered(access: Access) -> list[tuple[str, str, str]]:
    """The pages of a role; the first is its start page: 待办 where it has cases of its own."""
    board = BOARD if access.board else []
    if access.township:
        board = [page for page in board if page[2] not in NOT_OF_TOWNSHIPS]
    if access.open:
        board = [page for page in board if page[2] not in NOT_IN_OPEN_EDITION]
    if access.lists:
        board = [TODO, *board]
    elif access.board and access.cases:
        board = [board[0], TODO, *board[1:]]
    return [*board, *(LOG if access.log else [])]


def show(pages: list[st.Page], start: bool) -> None:
    """
    The menu, with the scope in its links; on a phone the same links in one button.

    `start`: the page shown is the start page, which is the first one.
    """
    query = url_choice.choices(url_choice.CARRIED)
    if not query.get("township", "").startswith(query.get("region", "")):
        query.pop("township", None)
    shown = [page for page in pages if page.url_path not in ("", "start", "present")]
    with st.container(horizontal=True, vertical_alignment="center", key="menu"):
        wide = st.container(horizontal=True, key="menu-wide")
        narrow = st.popover("☰ 目录", type="tertiary", key="menu-narrow")
        for container in (wide, narrow):
            for page in shown:
                here = start and page is shown[0]
                label = f"**{page.title}**" if here else page.title
                container.page_link(page, label=label, query_params=query)
