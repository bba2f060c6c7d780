"""How long a sign-in lasts: remembered by the process, so that a new tab does not prolong it.

Time is counted by two clocks, and what either counts is enough to end a sign-in: the machine's own
may be set back, and then prolongs nothing; the one since the machine's start stands still in sleep.
"""

import threading
import time
from dataclasses import dataclass, replace

from data import settings

#: Seconds for which a sign-in is remembered after its last click: as long as its cookie lives.
REMEMBERED = 30 * 86_400


@dataclass(frozen=True)
class Session:
    """One sign-in: whose, since and until when in seconds, and a key that no other has."""

    account: str
    since: float
    until: float
    key: str


@dataclass(frozen=True)
class _Moment:
    """A moment by both clocks."""

    set: float
    running: float

    def past(self) -> float:
        """Seconds since, by the clock that counted more."""
        return max(time.time() - self.set, time.monotonic() - self.running)


@dataclass(frozen=True)
class _Known:
    """What is known of a sign-in: when it began, when it was last used, whether it was ended."""

    begun: _Moment
    used: _Moment
    ended: bool = False


#: By key, the one used longest ago first.
_known: dict[str, _Known] = {}
_one = threading.Lock()


def over(session: Session) -> str:
    """Why a sign-in counts no more, in Chinese; empty while it does."""
    known = _of(session)
    if known.ended:
        return "您已退出登录。"
    if known.begun.past() >= session.until - session.since:
        return "登录已到期，请重新登录。"
    if known.used.past() >= settings.IDLE_MINUTES * 60:
        return f"超过{settings.IDLE_MINUTES:g}分钟未操作，请重新登录。"
    return ""


def use(session: Session) -> None:
    """Notes a click."""
    now = _Moment(time.time(), time.monotonic())
    _put(session.key, replace(_of(session), used=now))


def end(session: Session) -> None:
    """Signs out: neither another tab nor a kept cookie opens anything again."""
    _put(session.key, replace(_of(session), ended=True))


def _of(session: Session) -> _Known:
    """What is known of it; after a restart, that it was used when it began and not since."""
    with _one:
        if session.key not in _known:
            # From a clock ahead of this one it is as if it began now.
            age = max(0.0, time.time() - session.since)
            begun = _Moment(session.since, time.monotonic() - age)
            _known[session.key] = _Known(begun, begun)
        return _known[session.key]


def _put(key: str, told: _Known) -> None:
    """Keeps it as the one used last, and drops those of which no cookie can be left."""
    with _one:
        ended = key in _known and _known[key].ended
        _known.pop(key, None)
        # A click in one tab does not undo a sign-out in another.
        _known[key] = replace(told, ended=told.ended or ended)
        oldest = next(iter(_known))
        while time.monotonic() - _known[oldest].used.running > REMEMBERED:
            del _known[oldest]
            oldest = next(iter(_known))
