"""Uploads: only from sessions that a page offered one, and a limited number.

Streamlit accepts files from every connected page, also before sign-in, and holds them in memory
until the page is closed.
"""

import re

from streamlit.runtime.scriptrunner import get_script_run_ctx

PATH = re.compile(r"/+_stcore/+upload_file/+(?P<session>[^/]+)/")

#: Files of a megabyte that one session may send; loading a selection takes a few.
MOST = 20

#: Uploads left by session.
_left: dict[str, int] = {}

#: Sessions that are remembered; a city has fewer a day.
SESSIONS = 5_000


def offer() -> None:
    """Allows the session uploads, before its page shows an uploader; does nothing without one."""
    context = get_script_run_ctx()
    if context is None:
        return
    while len(_left) >= SESSIONS:
        _left.pop(next(iter(_left)))
    _left.setdefault(context.session_id, MOST)


def is_refused(method: str, path: str) -> bool:
    """Whether a request is an upload that no page offered, or one too many; else counts it."""
    match = PATH.match(path)
    if not match or method != "PUT":
        return False
    left = _left.get(match["session"], 0)
    if left > 0:
        _left[match["session"]] = left - 1
    return left <= 0
