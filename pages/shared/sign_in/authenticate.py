"""Who looks: the signed-in user of this run, or the sign-in page and nothing else."""

import logging
from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from data import settings
from exhibits.wording import names
from pages.shared import audit_events
from pages.shared.sign_in import authentication_mode, providers, screen, sessions
from pages.shared.sign_in.providers import Refusal
from pages.shared.sign_in.sessions import Session
from queries import access
from queries.access import AccessError, User
from queries.scope import latest, store

log = logging.getLogger(__name__)

#: Whose figures the roles of one county, department and township see in the demonstration.
COUNTY, DEPARTMENT, TOWNSHIP = "621226", "education", "621226101"

UNREADABLE = "用户登记有误，暂不能提供数据，请联系系统管理员。"
UNCONFIGURED = "尚未配置登录方式，不能显示真实数据，请联系系统管理员。"

Made = TypeVar("Made")


def current() -> User:
    """The user of this run, in `st.session_state["user"]` too; else the sign-in page, and stops."""
    found = _found()
    if isinstance(found, Refusal):
        st.session_state.pop("user", None)
        if found.account and st.session_state.get("refused") != found.account:
            st.session_state["refused"] = found.account
            audit_events.refused(found.account)
        screen.show(found)
        st.stop()
    before = st.session_state.get("user")
    if before and before.account != found.account:
        # A connection taken over by somebody else brings nothing along.
        st.session_state.clear()
    st.session_state["user"] = found
    return found


def user() -> User:
    """The user whom `current` let in on this run."""
    return st.session_state["user"]


def check() -> None:
    """In a fragment, which runs without the board: the whole page anew when the user changed."""
    if _found() != user():
        st.rerun()


def guard(make: Callable[[], Made]) -> Callable[[], Made]:
    """A maker of a file, asked for later: it makes none once the user is out or another."""
    seen, session = user(), _session()

    def made() -> Made:
        if isinstance(session, Session) and (sessions.over(session) or _known(session) != seen):
            raise AccessError("登录已结束或权限已变更")
        return make()

    return made


def _session() -> Session | Refusal:
    ways = {"oidc": providers.of_provider, "header": providers.of_proxy, "none": Refusal}
    return ways[authentication_mode.mode()]()


def _found() -> User | Refusal:
    if authentication_mode.mode() == "none":
        return _demonstrated()
    session = _session()
    if isinstance(session, Refusal):
        return session
    if why := sessions.over(session):
        return Refusal(why)
    sessions.use(session)
    return _known(session)


def _known(session: Session) -> User | Refusal:
    """What USERS_FILE says of the account now."""
    try:
        found = access.user(session.account)
    except AccessError as error:
        log.error("%s cannot be used, so nobody in it gets in: %s", settings.USERS_FILE, error)
        return Refusal(UNREADABLE, again=False)
    if found is None:
        log.warning("refused: %r is not in %s", session.account, settings.USERS_FILE)
        return Refusal(
            f"账号“{session.account}”未登记，不能查看数据。请联系联席会议办公室登记。",
            account=session.account,
        )
    return found


def _demonstrated() -> User | Refusal:
    """Any role that the visitor likes, of figures that are made up."""
    newest = latest(store())
    if not authentication_mode.demonstration(store(), [newest.as_of] if newest else []):
        log.error(
            "refused: %s holds a real registry's figures; %s", store(), authentication_mode.NEEDS
        )
        return Refusal(UNCONFIGURED, again=False)
    kept = st.session_state.get("kept_role", "")
    wanted = st.session_state.get("scope_role") or st.query_params.get("role", kept)
    role = wanted if wanted in access.roles() else "office"
    units = {
        "county": "礼县民政局",
        "county_government": "礼县人民政府",
        "township": "礼县盐官镇",
        "department": names.department(DEPARTMENT),
    }
    own = access.access(role, COUNTY, DEPARTMENT, TOWNSHIP)
    return User("演示", units.get(role, "演示"), own)
