"""Who looks, and the audit log of what they saw and took."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

import streamlit as st

from data import audit
from exhibits.exhibit import Exhibit
from exhibits.wording.mark import Mark, marked
from pages.shared import audit_events
from pages.shared.sign_in import authenticate
from queries.access import AccessError, User
from queries.scope import Scope

#: In the session: what the page answered for, and the entry of a page that was written last.
SEEN, LAST = "trace_seen", "trace_last"

#: In the session: whose visit was noted.
VISIT = "trace_visit"

LOST = "审计日志无法写入，请联系管理员。恢复之前不能导出文件。"

#: What the address holds of a scope; everything else in it is a choice of the page's own.
SCOPE = (*audit.SCOPE, "township")


def start() -> None:
    """Begins a run: the page has answered for nothing yet. A visit's first run is noted."""
    st.session_state.pop(SEEN, None)
    if st.session_state.get(VISIT) != authenticate.user():
        _once(authenticate.user(), "sign_in", "登录", {}, st)
        st.session_state[VISIT] = authenticate.user()


def seen(scope: Scope | None, **options: str) -> Scope | None:
    """Notes that the page answers, for a scope or, as the log's own page, for none."""
    st.session_state[SEEN] = scope_fields(scope, **options) if scope else {}
    return scope


def scope() -> dict[str, Any] | None:
    """What the page answered for, with its own choices; None while it has shown nothing."""
    answered = st.session_state.get(SEEN)
    if answered is None:
        return None
    return {**answered, "options": {**answered.get("options", {}), **_options()}}


def _options() -> dict[str, str]:
    """Choices in the address, as the page took them: what else stands there is anybody's text."""
    chosen = {}
    for name in sorted(set(st.query_params) - set(SCOPE)):
        value = st.session_state.get(f"kept_{name}") or st.session_state.get(f"kept_{name}s")
        if value:
            chosen[name] = "、".join(value) if isinstance(value, list) else str(value)
    return chosen


def scope_fields(scope: Scope, **options: str) -> dict[str, Any]:
    """A scope as the log has it."""
    return {**asdict(scope), "options": {key: value for key, value in options.items() if value}}


def scope_of(exhibit: Exhibit) -> dict[str, Any]:
    """The scope of an exhibit: what it was made by, else what its page answered for."""
    made, days = exhibit.recipe, {"as_of": exhibit.as_of, "compared": exhibit.compared}
    names = ("region", "department", "category", "residence")
    own = {name: getattr(made, name) for name in names} if made else {}
    page = {name: st.session_state.get(SEEN, {}).get(name, "") for name in names}
    return {**page, **own, **days, "options": {"exhibit": exhibit.key}}


def page(user: User, name: str, scope: dict[str, Any] | None, place=st) -> None:
    """
    Notes the page once for each change of page or scope.

    When it cannot, the page is shown all the same and `place` says so.
    """
    if scope is not None:
        _once(user, "page", name, scope, place)


def refused(user: User, name: str) -> None:
    """Notes that a page was asked for which the role does not see; once, as a page."""
    _once(user, "refused", name, {}, st)


def _once(user: User, kind: str, name: str, scope: dict[str, Any], place) -> None:
    entry = (user, kind, name, scope)
    if st.session_state.get(LAST) == entry:
        return
    try:
        audit_events.write(user, kind, name, scope, audit_events.source())
        st.session_state[LAST] = entry
    except audit.AuditError:
        place.error(LOST)


def export(user: User, name: str, scope: Mapping[str, Any], address: str) -> None:
    """Notes that a file was made; AuditError, on which the file must not be handed over."""
    audit_events.write(user, "export", name, scope, address)


def file(
    name: str, scope: Mapping[str, Any], make: Callable[[Mark], str | bytes]
) -> Callable[[], str | bytes]:
    """
    What a download button calls when it is pressed: the file with its mark, noted before it goes.

    It runs outside the session, in a thread of its own, so who asks is settled here.
    """
    user, address = authenticate.user(), audit_events.source()

    checked = authenticate.guard(lambda: make(marked(user.account, user.unit)))

    def made() -> str | bytes:
        try:
            data = checked()
        except AccessError:
            audit_events.write(user, "refused", name, scope, address)
            raise
        export(user, name, scope, address)
        return data

    return made
