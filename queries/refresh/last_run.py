"""How the last refresh of a store ended, so that a page can say why its figures are old."""

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from data import china
from data.atomic_write import atomic_write
from data.registry.errors import RegistryError, RegistryTimeout
from queries.cubes.engine import EngineError
from queries.store.small_files import read


class RefusedError(Exception):
    """Nothing is published, for this is implausible; `reason_zh`: why, for the pages."""

    def __init__(self, message: str, reason_zh: str):
        super().__init__(message)
        self.reason_zh = reason_zh


class ShrunkError(RefusedError):
    """The registry lost half of a table, or of all rows, since the last publication."""


class ImplausibleError(RefusedError):
    """What was read looks like no city: `data.quality.plausible` says why."""


class ClockError(RefusedError):
    """The day to publish is still to come, or far from all that the registry knows."""


class PlaceError(RefusedError):
    """The store holds days of another place than `place.toml` names."""


log = logging.getLogger(__name__)

FILE = "last_refresh.json"

#: What may stop a refresh, by the name of its kind, and what to do (on screen).
REASONS: dict[type[Exception], str] = {
    RegistryTimeout: "登记库应答过慢，请检查数据库是否繁忙、有表被锁或网络中断",
    RegistryError: "登记库无法读取，请检查数据库与连接",
    EngineError: "计算引擎（Spark）无法使用或中途断开，请检查集群与SPARK_REMOTE",
    OSError: "快照目录无法写入，请检查磁盘空间与权限",
    ShrunkError: "登记库行数较上次减少一半以上，已拒绝发布，请核实登记库",
    ImplausibleError: "登记库内容不可信，已拒绝发布，请运行 python -m data check 核对",
    ClockError: "截至日不可信，已拒绝发布，请核对服务器时钟与登记库",
}


@dataclass(frozen=True)
class Attempt:
    """
    When the last refresh ended, and why it failed (Chinese); empty when it did not.

    `detail`: what exactly, such as which table lost how many rows; often empty.
    """

    at: datetime
    reason: str
    detail: str = ""


def note(folder: Path, error: Exception | None = None) -> None:
    """Notes how a refresh ended; on a full disk the note is lost and the log says so."""
    fields = {
        "at": china.now().isoformat(timespec="seconds"),
        "reason": _reason(error),
        "detail": getattr(error, "reason_zh", ""),
    }
    try:
        atomic_write(folder / FILE, json.dumps(fields, ensure_ascii=False))
    except OSError as failure:
        log.error("cannot note how the refresh ended in %s: %s", folder, failure)


def _reason(error: Exception | None) -> str:
    if error is None:
        return ""
    return next(reason_zh for kind, reason_zh in REASONS.items() if isinstance(error, kind))


def last(folder: Path) -> Attempt | None:
    """How the last refresh ended; None when none is noted or the note is damaged."""
    try:
        fields = json.loads(read(folder / FILE))
        at = datetime.fromisoformat(fields["at"])
        # Older notes have no detail.
        return Attempt(at, str(fields["reason"]), str(fields.get("detail", "")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        log.warning("%s cannot be read: %s", folder / FILE, error)
        return None
