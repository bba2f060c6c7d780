"""An exception as a Chinese sentence; the only module that words them."""

import logging
from uuid import uuid4

from exhibits.wording import words
from queries.access import AccessError
from queries.store.versions import OlderDefinitions, SnapshotError

log = logging.getLogger(__name__)


def in_words(error: Exception) -> str:
    """
    Why something is missing: outside the access or not in the day's older definitions; any other
    error with a number, under which the log holds the traceback.
    """
    if isinstance(error, AccessError):
        return str(error)
    if isinstance(error, OlderDefinitions):
        return f"该日{words.by_definitions(error.definitions)}，无此数"
    number = uuid4().hex[:6].upper()
    log.error("fault %s: %s", number, error, exc_info=error)
    if isinstance(error, SnapshotError):
        return f"所需截至日的快照不完整或由旧版本生成（编号{number}）"
    return f"未能生成，已记入日志（编号{number}），请将编号告知系统管理员"
