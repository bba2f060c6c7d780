"""How the last refresh of a store ended, so that a page can say why its figures are old."""

import json
import logging
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from data.connection import RegistryError, RegistryTimeout


class ShrunkError(Exception):
    """The registry lost most of a table since the last publication; the message lists them."""


log = logging.getLogger(__name__)

FILE = "last_refresh.json"

#: What may stop a refresh, by the name of its kind, and what to do (on screen).
REASONS: dict[type[Exception], str] = {
    RegistryTimeout: "登记库响应超时，请检查数据库是否繁忙、有表被锁或网络中断",
    RegistryError: "登记库无法读取，请检查数据库与连接",
    OSError: "快照目录无法写入，请检查磁盘空间与权限",
    ShrunkError: "登记库行数较上次减少过半，已拒绝发布，请核实登记库",
}


@dataclass(frozen=True)
class Attempt:
    """When the last refresh ended, and why it failed (Chinese); empty when it did not."""

    at: datetime
    reason: str


def note(folder: Path, error: Exception | None = None) -> None:
    """Notes how a refresh ended; on a full disk the note is lost and the log says so."""
    told = {"at": datetime.now().isoformat(timespec="seconds"), "reason": _reason(error)}
    aside = folder / f".{uuid4().hex}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        aside.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        os.replace(aside, folder / FILE)
    except OSError as failure:
        log.error("cannot note how the refresh ended in %s: %s", folder, failure)
        aside.unlink(missing_ok=True)


def _reason(error: Exception | None) -> str:
    if error is None:
        return ""
    return next(said for kind, said in REASONS.items() if isinstance(error, kind))


def last(folder: Path) -> Attempt | None:
    """How the last refresh ended; None when none is noted or the note is damaged."""
    try:
        told = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return Attempt(datetime.fromisoformat(told["at"]), str(told["reason"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("%s cannot be read: %s", folder / FILE, error)
        return None
