"""Uploads: of sessions alone to which a page offered one, and not without end.

Streamlit takes files of everybody whose page is connected, also of one who has not signed in, and
keeps them in memory until they leave.
"""

import re

from streamlit.runtime.scriptrunner import get_script_run_ctx

PATH = re.compile(r"/+_stcore/+upload_file/+(?P<session>[^/]+)/")

#: Files of a megabyte that one session may send; a meeting's selection is chosen a few times.
MOST = 20

#: How often each session may still send.
_left: dict[str, int] = {}

#: Sessions that are remembered; a day of a city's has fewer.
SESSIONS = 5_000


def offer() -> None:
    """Before a page shows a place to drop files."""
    session = get_script_run_ctx().session_id
    while len(_left) >= SESSIONS:
        _left.pop(next(iter(_left)))
    _left.setdefault(session, MOST)


def is_refused(method: str, path: str) -> bool:
    """Whether a request sends a file that no page asked for, or one too many; counts it else."""
    sent = PATH.match(path)
    if not sent or method != "PUT":
        return False
    left = _left.get(sent["session"], 0)
    if left > 0:
        _left[sent["session"]] = left - 1
    return left <= 0
