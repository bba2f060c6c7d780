"""The signed-in user of this run, or the sign-in page in place of the board."""

import logging
from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from data import settings
from exhibits.wording import names
from pages.shared import audit_events, url_choice
from pages.shared.sign_in import authentication_mode, providers, screen, sessions
from pages.shared.sign_in.providers import Refusal
from pages.shared.sign_in.sessions import Session
from queries import access
from queries.access import AccessError, User
from queries.scope import latest, store

log = logging.getLogger(__name__)

#: The county, department and township of such roles in the demonstration.
COUNTY, DEPARTMENT, TOWNSHIP = "621226", "education", "621226101"

UNREADABLE = "用户登记有误，暂不能提供数据，请联系系统管理员。"
UNCONFIGURED = "尚未配置登录方式，不能显示真实数据，请联系系统管理员。"

File = TypeVar("File")


def current() -> User:
    """The user of this run, also in `st.session_state["user"]`; else shows sign-in and stops."""
    visitor = _visitor()
    if isinstance(visitor, Refusal):
        st.session_state.pop("user", None)
        if visitor.account and st.session_state.get("refused") != visitor.account:
            st.session_state["refused"] = visitor.account
            audit_events.refused(visitor.account)
        screen.show(visitor)
        st.stop()
    previous = st.session_state.get("user")
    if previous and previous.account != visitor.account:
        # Another user on the same connection gets nothing of the session before.
        st.session_state.clear()
    st.session_state["user"] = visitor
    return visitor


def user() -> User:
    """The user of this run, after `current`."""
    return st.session_state["user"]


def check() -> None:
    """For a fragment, which runs without the board: reruns the page when the user changed."""
    if _visitor() != user():
        st.rerun()


def guard(make: Callable[[], File]) -> Callable[[], File]:
    """Wraps a maker of a file that runs later: AccessError once the user has left or changed."""
    owner, session = user(), _session()

    def guarded() -> File:
        if isinstance(session, Session) and (
            sessions.over(session) or _registered_user(session) != owner
        ):
            raise AccessError("登录已结束或权限已变更")
        return make()

    return guarded


def _session() -> Session | Refusal:
    session_by_mode = {"oidc": providers.of_provider, "header": providers.of_proxy, "none": Refusal}
    return session_by_mode[authentication_mode.mode()]()


def _visitor() -> User | Refusal:
    if authentication_mode.mode() == "none":
        return _demonstration_user()
    session = _session()
    if isinstance(session, Refusal):
        return session
    if why := sessions.over(session):
        return Refusal(why)
    sessions.use(session)
    return _registered_user(session)


def _registered_user(session: Session) -> User | Refusal:
    """The user of the account in USERS_FILE as it is now, or a refusal."""
    try:
        registered = access.user(session.account)
    except AccessError as error:
        log.error("%s cannot be used, so nobody in it gets in: %s", settings.USERS_FILE, error)
        return Refusal(UNREADABLE, again=False)
    if registered is None:
        log.warning("refused: %r is not in %s", session.account, settings.USERS_FILE)
        return Refusal(
            f"账号“{session.account}”未登记，不能查看数据。请联系联席会议办公室登记。",
            account=session.account,
        )
    return registered


def _demonstration_user() -> User | Refusal:
    """A user of any role that the visitor chooses, where all figures are synthetic."""
    newest = latest(store())
    if not authentication_mode.demonstration(store(), [newest.as_of] if newest else []):
        log.error(
            "refused: %s holds a real registry's figures; %s", store(), authentication_mode.NEEDS
        )
        return Refusal(UNCONFIGURED, again=False)
    wanted = url_choice.current("role")
    role = wanted if wanted in access.roles() else "office"
    units = {
        "county": "礼县民政局",
        "county_government": "礼县人民政府",
        "township": "礼县盐官镇",
        "department": names.department(DEPARTMENT),
    }
    own_access = access.access(role, COUNTY, DEPARTMENT, TOWNSHIP)
    return User("演示", units.get(role, "演示"), own_access)
