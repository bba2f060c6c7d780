"""An exception as a Chinese sentence; the only module that words them."""

import logging
from uuid import uuid4

from queries.access import AccessError
from queries.store.versions import SnapshotError

log = logging.getLogger(__name__)


def in_words(error: Exception) -> str:
    """
    Why something is missing: an AccessError's own text, any other error with a number.

    The log holds the traceback under the same number.
    """
    if isinstance(error, AccessError):
        return str(error)
    number = uuid4().hex[:6].upper()
    log.error("fault %s: %s", number, error, exc_info=error)
    if isinstance(error, SnapshotError):
        return f"所需截至日的快照不完整或由旧版本生成（编号{number}）"
    return f"未能生成，已记入日志（编号{number}），请将编号告知系统管理员"
