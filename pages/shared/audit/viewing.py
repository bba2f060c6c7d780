"""Logs which pages a user viewed, in which scope, and which files they exported."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

import streamlit as st

from data import audit
from exhibits.exhibit import Exhibit
from exhibits.wording.mark import Mark, marked
from pages.shared import audit_events, url_choice
from pages.shared.sign_in import authenticate
from queries.access import AccessError, User
from queries.scope import Scope

#: Keys of the session: the scope that the page answered for; the entry logged last.
ANSWERED, LAST = "viewing_scope", "viewing_last"

#: Key of the session: the user whose sign-in was logged.
VISIT = "viewing_visit"

LOST = "审计日志无法写入，请联系管理员。恢复之前不能导出文件。"

#: Parameters of the URL that are a scope; all others are choices of the page.
SCOPE = (*audit.SCOPE, "township")


def start() -> None:
    """Begins a run: the page has answered for no scope yet. A visit's first run is logged."""
    st.session_state.pop(ANSWERED, None)
    if st.session_state.get(VISIT) != authenticate.user():
        _once(authenticate.user(), "sign_in", "登录", {}, st)
        st.session_state[VISIT] = authenticate.user()


def note_scope(scope: Scope, **options: str) -> Scope:
    """Notes the scope that the page answers for, and returns it."""
    st.session_state[ANSWERED] = scope_fields(scope, **options)
    return scope


def note_no_scope() -> None:
    """Notes that the page answers without a scope, as the log does."""
    st.session_state[ANSWERED] = {}


def scope() -> dict[str, Any] | None:
    """The scope that the page answered for, with its choices; None while it has shown nothing."""
    answered = st.session_state.get(ANSWERED)
    if answered is None:
        return None
    return {**answered, "options": {**answered.get("options", {}), **_options()}}


def _options() -> dict[str, str]:
    """Choices in the URL as the page accepted them; other text in the URL is not logged."""
    chosen = {}
    for name, value in sorted(url_choice.made().items()):
        if value and name not in SCOPE:
            chosen[name] = "、".join(value) if isinstance(value, list) else str(value)
    return chosen


def scope_fields(scope: Scope, **options: str) -> dict[str, Any]:
    """The fields of a scope for the log."""
    return {**asdict(scope), "options": {key: value for key, value in options.items() if value}}


def scope_of(exhibit: Exhibit) -> dict[str, Any]:
    """The scope of an exhibit: of its recipe, else the one that its page answered for."""
    recipe, days = exhibit.recipe, {"as_of": exhibit.as_of, "compared": exhibit.compared}
    names = ("region", "department", "category", "residence", "period")
    own = {name: getattr(recipe, name) for name in names} if recipe else {}
    page = {name: st.session_state.get(ANSWERED, {}).get(name, "") for name in names}
    return {**page, **own, **days, "options": {"exhibit": exhibit.key}}


def page(user: User, name: str, scope: dict[str, Any] | None, container=st) -> None:
    """
    Logs the page once for each change of page or scope.

    Where that fails, the page is shown all the same, with an error in `container`.
    """
    if scope is not None:
        _once(user, "page", name, scope, container)


def refused(user: User, name: str) -> None:
    """Logs once that a page was refused to the role."""
    _once(user, "refused", name, {}, st)


def _once(user: User, kind: str, name: str, scope: dict[str, Any], container) -> None:
    entry = (user, kind, name, scope)
    if st.session_state.get(LAST) == entry:
        return
    try:
        audit_events.write(user, kind, name, scope, audit_events.source())
        st.session_state[LAST] = entry
    except audit.AuditError:
        container.error(LOST)


def export(user: User, name: str, scope: Mapping[str, Any], address: str) -> None:
    """Logs an export; AuditError, on which the file must not be handed over."""
    audit_events.write(user, "export", name, scope, address)


def file(
    name: str, scope: Mapping[str, Any], make: Callable[[Mark], str | bytes]
) -> Callable[[], str | bytes]:
    """
    The callback of a download button: makes the file with its mark and logs it first.

    Streamlit calls it in a thread without the session, so the user is read here.
    """
    user, address = authenticate.user(), audit_events.source()

    guarded = authenticate.guard(lambda: make(marked(user.account, user.unit)))

    def logged() -> str | bytes:
        try:
            data = guarded()
        except AccessError:
            audit_events.write(user, "refused", name, scope, address)
            raise
        export(user, name, scope, address)
        return data

    return logged
