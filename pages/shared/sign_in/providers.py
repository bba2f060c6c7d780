"""The session of a connection, from the provider's ID token or the proxy's header."""

import logging
import time
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import uuid4

import streamlit as st

from data import settings
from pages.shared.sign_in.sessions import Session

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Refusal:
    """Why a visitor is refused (Chinese), whether signing in again may help, and the account."""

    why: str = ""
    again: bool = True
    account: str = ""


def of_provider() -> Session | Refusal:
    """From the claims of the ID token, which Streamlit stores in a signed cookie."""
    claims: dict[str, Any] = st.user.to_dict()
    if not claims.get("is_logged_in"):
        return Refusal()
    account = claims.get(settings.ACCOUNT_CLAIM)
    # An unverified address may belong to somebody else.
    if not account or (settings.ACCOUNT_CLAIM == "email" and claims.get("email_verified") is False):
        log.warning("refused: the ID token holds no verified %s", settings.ACCOUNT_CLAIM)
        return Refusal("身份提供方未给出可用的账号，请联系系统管理员。")
    since = float(claims["iat"])
    until = min(float(claims["exp"]), since + settings.SESSION_HOURS * 3600)
    identity = f"{claims['iss']} {claims['sub']} {claims['iat']} {claims['nonce']}"
    return Session(str(account), since, until, sha256(identity.encode()).hexdigest())


def of_proxy() -> Session | Refusal:
    """From the header of a trusted proxy; a repeated header is refused."""
    values = st.context.headers.get_all(settings.TRUSTED_USER_HEADER)
    if len(values) != 1 or not values[0].strip():
        log.warning("refused: %s came %d times", settings.TRUSTED_USER_HEADER, len(values))
        return Refusal("未收到身份信息，请从统一入口访问本看板。", again=False)
    # The proxy says who, not since when: a connection counts from its first run.
    since, key = st.session_state.setdefault("kept_connected", (time.time(), uuid4().hex))
    return Session(values[0].strip(), since, since + settings.SESSION_HOURS * 3600, key)
