"""Folders that are written: figures, log, scratch space; by whom, and how much room they have."""

import os
import shutil
import tempfile
from pathlib import Path

from data.audit.by_hand import account
from data.checkup.result import Result

GIGABYTE = 1024**3

#: Bytes that a refresh of a city and its files should find free, and those it reads into.
FREE, SCRATCH = 2 * GIGABYTE, GIGABYTE // 2


def writer() -> Result:
    """Who is asked: whether a folder can be written is true of this account alone."""
    name = account()
    if os.geteuid():
        return Result("运行账户", name)
    advice = "root 何处都能写，请以看板的账户运行：sudo -u board …（容器内忽略）"
    return Result("运行账户", name, advice)


def writable(folder: Path, name: str = "快照目录") -> Result:
    """Whether this account could store there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder):
            pass
    except OSError as error:
        return Result(name, f"{folder} 不可写（{error.strerror}）", "更正权限或路径", True)
    return Result(name, f"{folder} 可写")


def disk(folder: Path) -> Result:
    """Room for the next refresh."""
    free = shutil.disk_usage(folder if folder.exists() else Path.cwd()).free
    state = f"可用{free / GIGABYTE:.1f}GB"
    return Result("磁盘", state, "" if free > FREE else "不足2GB，请清理或扩容")


def scratch() -> Result:
    """Where a refresh keeps the rows that it reads: `TMPDIR`, or the system's own."""
    try:
        folder = Path(tempfile.gettempdir())
    except OSError as error:
        return Result("临时空间", str(error), "设 TMPDIR 为可写的文件夹", True)
    free = shutil.disk_usage(folder).free
    in_memory = _kind_of(folder) == "tmpfs"
    state = f"{folder} 可用{free / GIGABYTE:.1f}GB{'，在内存中' if in_memory else ''}"
    if free < SCRATCH:
        return Result("临时空间", state, "不足0.5GB，请清理，或设 TMPDIR 为磁盘上的文件夹")
    return Result("临时空间", state, "计入 MemoryMax，数据量大时请设 TMPDIR" if in_memory else "")


def _kind_of(folder: Path) -> str:
    """The file system that a folder is on; empty where the system does not say."""
    try:
        lines = Path("/proc/mounts").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    places = {mounted: kind for _, mounted, kind, *_ in map(str.split, lines)}
    return next(
        (places[str(each)] for each in [folder, *folder.parents] if str(each) in places), ""
    )
