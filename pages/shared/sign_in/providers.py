"""The sign-in that came with a connection: by the provider's token or the proxy's header."""

import logging
import time
from dataclasses import dataclass
from hashlib import sha256
from uuid import uuid4

import streamlit as st

from data import settings
from pages.shared.sign_in.sessions import Session

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Refusal:
    """Why nobody is let in, in Chinese, whether signing in anew may help, and which account."""

    why: str = ""
    again: bool = True
    account: str = ""


def of_provider() -> Session | Refusal:
    """From the claims of the ID token, which Streamlit keeps in a signed cookie."""
    told = st.user.to_dict()
    if not told.get("is_logged_in"):
        return Refusal()
    account = told.get(settings.ACCOUNT_CLAIM)
    # An address that was never verified may be anybody's.
    if not account or (settings.ACCOUNT_CLAIM == "email" and told.get("email_verified") is False):
        log.warning("refused: the ID token holds no verified %s", settings.ACCOUNT_CLAIM)
        return Refusal("身份提供方未给出可用的账号，请联系系统管理员。")
    since = float(told["iat"])
    until = min(float(told["exp"]), since + settings.SESSION_HOURS * 3600)
    whole = f"{told['iss']} {told['sub']} {told['iat']} {told['nonce']}"
    return Session(str(account), since, until, sha256(whole.encode()).hexdigest())


def of_proxy() -> Session | Refusal:
    """From the header of a trusted proxy; one that came twice is nobody's."""
    given = st.context.headers.get_all(settings.TRUSTED_USER_HEADER)
    if len(given) != 1 or not given[0].strip():
        log.warning("refused: %s came %d times", settings.TRUSTED_USER_HEADER, len(given))
        return Refusal("未收到身份信息，请从统一入口访问本看板。", again=False)
    # The proxy says who, not since when: a connection counts from its first run.
    since, key = st.session_state.setdefault("kept_connected", (time.time(), uuid4().hex))
    return Session(given[0].strip(), since, since + settings.SESSION_HOURS * 3600, key)
