"""Writes one event of a user to the audit log."""

import logging
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import streamlit as st

from data import audit
from queries.access import Access, User, audit_trail

log = logging.getLogger(__name__)


def source() -> str:
    """The client's IP address."""
    return audit.address(st.context.ip_address, st.context.headers.get("X-Forwarded-For", ""))


def write(user: User, kind: str, what: str, scope: Mapping[str, Any], address: str) -> None:
    """Writes one line; AuditError when it cannot be written, which the server's log also says."""
    try:
        audit.append(
            audit_trail.folder(),
            account=user.account,
            unit=user.unit,
            role=user.access.role,
            event=kind,
            what=what,
            scope=scope,
            source=address,
        )
    except audit.AuditError as error:
        log.error("%s", error)
        raise


def refused(account: str) -> None:
    """Logs the refusal of an unregistered account; a failure to do so is in the server's log."""
    unregistered = User(account, "", Access(role=""))
    with suppress(audit.AuditError):
        write(unregistered, "refused", "登录", {}, source())
