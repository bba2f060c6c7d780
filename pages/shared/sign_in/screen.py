"""The sign-in page, and the user bar at the top right."""

from contextlib import suppress
from html import escape

import streamlit as st

from data import settings
from data.audit import AuditError
from exhibits.wording import names
from pages.shared import audit_events, url_choice
from pages.shared.markup import html
from pages.shared.sign_in import authentication_mode, providers, sessions
from pages.shared.sign_in.providers import Refusal
from pages.shared.sign_in.sessions import Session
from queries.access import User, roles


def show(refusal: Refusal) -> None:
    """The sign-in page, with the reason of a refusal."""
    # The menu of the previous run would stay, without function.
    st.html("<style>[data-testid=stHeader] { display: none; }</style>")
    st.html(html.title(names.board(), "请登录后查看", False))
    if refusal.why:
        # An account may hold anything; a warning would read it as Markdown.
        st.html(f'<p class="refused" role="alert">{escape(refusal.why)}</p>')
    if authentication_mode.mode() == "header" and refusal.again:
        # An empty href is the present page.
        st.html('<p><a href="" target="_self">重新进入</a></p>')
    if authentication_mode.mode() != "oidc" or not refusal.again:
        return
    named = authentication_mode.providers()
    for name in named:
        label = "登录" if len(named) == 1 else f"使用{name}登录"
        st.button(label, type="primary", on_click=st.login, args=(name,), key=f"sign-in-{name}")


def bar(user: User) -> None:
    """Unit and role with a sign-out button; in the demonstration a choice of role."""
    with st.container(key="user-bar", horizontal=True, vertical_alignment="center"):
        if authentication_mode.mode() == "none":
            # The first is the default of a link without a role.
            definitions = {"office": {}, **roles()}
            labels = {role: definition["name"] for role, definition in definitions.items()}
            url_choice.choose(st, "演示身份", "role", labels)
            return
        line = f"{user.unit}　{user.access.name}".strip()
        st.html(f"<span>{escape(line)}</span>")
        if authentication_mode.mode() == "oidc":
            st.button("退出", on_click=_leave, key="sign-out")
        elif settings.SIGN_OUT_URL:
            st.html(f'<a href="{escape(settings.SIGN_OUT_URL)}" target="_self">退出</a>')


def _leave() -> None:
    session = providers.of_provider()
    if isinstance(session, Session):
        sessions.end(session)
        # A failure to log is in the server's log; the user is signed out all the same.
        with suppress(AuditError):
            audit_events.write(
                st.session_state["user"], "sign_out", "退出", {}, audit_events.source()
            )
    st.logout()
