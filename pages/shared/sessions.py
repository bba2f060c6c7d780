"""How long a sign-in lasts: remembered by the process, so that a new tab does not prolong it."""

import time
from dataclasses import dataclass

from data import settings


@dataclass(frozen=True)
class Session:
    """One sign-in: whose, since and until when in seconds, and a key that no other has."""

    account: str
    since: float
    until: float
    key: str


#: When each sign-in was last used, and which were ended before their time.
_used: dict[str, float] = {}
_ended: dict[str, float] = {}


def over(session: Session) -> str:
    """Why a sign-in counts no more, in Chinese; empty while it does."""
    now = time.time()
    # Unknown after a restart: then it was used when it began and not since.
    used = _used.get(session.key, session.since)
    if session.key in _ended:
        return "您已退出登录。"
    if now >= session.until:
        return "登录已到期，请重新登录。"
    if now - used >= settings.IDLE_MINUTES * 60:
        return f"超过{settings.IDLE_MINUTES:g}分钟未操作，请重新登录。"
    return ""


def use(session: Session) -> None:
    """Notes a click."""
    _used[session.key] = time.time()
    _forget()


def end(session: Session) -> None:
    """Signs out: neither another tab nor a kept cookie opens anything again."""
    _ended[session.key] = time.time()


def _forget() -> None:
    """Drops what is older than any sign-in can be."""
    oldest = time.time() - settings.SESSION_HOURS * 3600
    for kept in (_used, _ended):
        for key in [key for key, at in list(kept.items()) if at < oldest]:
            kept.pop(key, None)
