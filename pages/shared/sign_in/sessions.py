"""Sessions: how long a sign-in lasts. The process stores it, so that a new tab does not extend it.

Two clocks measure time, and either can end a session: the wall clock may be set back, and the
monotonic clock may stop while the machine sleeps.
"""

import threading
import time
from dataclasses import dataclass, replace

from data import settings

#: Seconds for which a sign-in is remembered after its last click: as long as its cookie lives.
REMEMBERED = 30 * 86_400


@dataclass(frozen=True)
class Session:
    """A sign-in: account, begin and end (seconds since 1970), unique key."""

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
        """Seconds since the moment, by the clock that counted more."""
        return max(time.time() - self.set, time.monotonic() - self.running)


@dataclass(frozen=True)
class _Record:
    """When a sign-in began, when it was last used, whether it was ended."""

    begun: _Moment
    used: _Moment
    ended: bool = False


#: By key, the one used longest ago first.
_records: dict[str, _Record] = {}
_one = threading.Lock()


def over(session: Session) -> str:
    """Why a session is over (Chinese); empty while it lasts."""
    record = _record(session)
    if record.ended:
        return "您已退出登录。"
    if record.begun.past() >= session.until - session.since:
        return "登录已到期，请重新登录。"
    if record.used.past() >= settings.IDLE_MINUTES * 60:
        return f"超过{settings.IDLE_MINUTES:g}分钟未操作，请重新登录。"
    return ""


def use(session: Session) -> None:
    """Notes a click."""
    now = _Moment(time.time(), time.monotonic())
    _put(session.key, replace(_record(session), used=now))


def end(session: Session) -> None:
    """Signs out: no other tab and no stored cookie opens the session again."""
    _put(session.key, replace(_record(session), ended=True))


def _record(session: Session) -> _Record:
    """The record of a session; after a restart a new one, last used when the session began."""
    with _one:
        if session.key not in _records:
            # A begin in the future, by another machine's clock, counts as now.
            age = max(0.0, time.time() - session.since)
            begun = _Moment(session.since, time.monotonic() - age)
            _records[session.key] = _Record(begun, begun)
        return _records[session.key]


def _put(key: str, record: _Record) -> None:
    """Stores the record as the one used last; drops those whose cookies have expired."""
    with _one:
        ended = key in _records and _records[key].ended
        _records.pop(key, None)
        # A click in one tab does not undo a sign-out in another.
        _records[key] = replace(record, ended=record.ended or ended)
        oldest = next(iter(_records))
        while time.monotonic() - _records[oldest].used.running > REMEMBERED:
            del _records[oldest]
            oldest = next(iter(_records))
