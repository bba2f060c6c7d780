"""Removing whole old months of the audit log: by command only, the chain stays checkable."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from data.audit.by_hand import note
from data.audit.chain import begin, verify
from data.audit.entry import AuditError, hash_over, parsed
from data.audit.files import months, sizes_between_writes
from data.audit.records import read

#: Days that the log is kept at least.
LEAST = 180


def prune(folder: Path, keep_days: int) -> Iterator[Path]:
    """
    Removes months that ended more than `keep_days` before the newest line; each file removed.

    ValueError below 180 days; AuditError when the log is not whole. Before a file goes, a line
    with the hash after it says so: `verify` begins there.
    """
    if keep_days < LEAST:
        raise ValueError(f"the audit log is kept for {LEAST} days at least, not {keep_days}")
    if fault := verify(folder):
        raise AuditError(f"日志不完整，未删除任何月份：{fault.text}")
    files, times = months(folder), read(folder)["at"].to_list()
    cutoff = f"audit-{times[-1] - timedelta(days=keep_days):%Y-%m}" if times else ""
    # Each later month counts 31 days at most: a line of a clock that ran ahead makes none old.
    most = max(len(files) - 1 - keep_days // 31, 0)
    previous = begin(folder, sizes_between_writes(folder)[1])
    for path in (path for path in files[:most] if path.stem < cutoff):
        with path.open("rb") as file:
            for line in file:
                entry = parsed(line)
                previous = entry["hash"] if entry else hash_over(line, previous)
        note(folder, "prune", path.name, {"options": {"previous": previous}})
        path.unlink()
        yield path
