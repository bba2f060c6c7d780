"""The registry, read by a process of its own that is ended when nothing comes for too long.

A driver that waits in C for a server cannot be interrupted from Python, by no thread and no signal;
a process can be killed, whatever database, driver or lock it waits for.
"""

import logging
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlalchemy import URL

from data import settings
from data.registry.connection import RegistryError, RegistryTimeout, registry_url
from data.registry.inspection import Survey
from data.registry.masking import shown_address

log = logging.getLogger(__name__)

#: Seconds that a server may take to accept a connection.
CONNECT = 30

#: Seconds for the process to start; it takes half of one, on a busy machine some.
START = 120

#: What the process runs: it finds our modules where this one was found, whatever folder it is in.
#: Nothing that importing leaves behind is garbage: looking for it takes a fifth of the start.
RUN = """
import gc, sys
gc.disable()
sys.path.insert(0, sys.argv[1])
from data.registry.reader_process import serve
gc.enable()
serve()
"""


def surveyed(url: str | URL) -> Survey:
    """Which contract tables and columns are there. RegistryError if nothing answers in time."""
    (survey,) = _messages(registry_url(url), None, True)
    return survey


def read(url: str | URL, folder: Path, *, fast: bool = True) -> Generator[Any, None, None]:
    """
    A `Survey`, then the name and folder of each table as soon as it is staged in `folder`.

    Only the survey where that lacks what is required. RegistryError when the registry cannot be
    read, RegistryTimeout when it neither answers nor sends anything more in time.
    """
    return _messages(registry_url(url), folder, fast)


def _messages(url: URL, folder: Path | None, fast: bool) -> Generator[Any, None, None]:
    """What the process sends, as it comes; whoever stops asking ends the process."""
    limit: float = START
    with _process() as (process, connection):
        connection.send((url, folder, fast))
        while True:
            if not connection.poll(limit):
                raise _late(url, limit)
            match _received(process, connection):
                case ("started",):
                    limit = min(CONNECT, settings.REGISTRY_TIMEOUT)
                    continue
                case ("log", level, text):
                    log.log(level, "%s", text)
                case ("read", content):
                    yield content
                case ("failed", text):
                    raise RegistryError(text)
                case ("ended",):
                    return
            limit = settings.REGISTRY_TIMEOUT


@contextmanager
def _process() -> Iterator[tuple[subprocess.Popen, Connection]]:
    """A reading process and the connection to it; gone, whatever it waits for, at the end."""
    ours, theirs = Pipe()
    command = [sys.executable, "-c", RUN, str(settings.ROOT), str(theirs.fileno())]
    # In a session of its own: Ctrl-C is for the one who asked, with whom this one ends.
    with (
        ours,
        subprocess.Popen(
            command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, start_new_session=True
        ) as process,
    ):
        theirs.close()
        try:
            yield process, ours
        finally:
            process.kill()


def _received(process: subprocess.Popen, connection: Connection) -> tuple:
    try:
        return connection.recv()
    except (EOFError, ConnectionResetError):
        # Killed, for want of memory most likely.
        return ("failed", f"读取登记库的进程意外结束（退出码{process.wait()}），请检查内存")


def _late(url: URL, limit: float) -> RegistryTimeout:
    log.error(
        "the registry sent nothing for %g s: see whether it is up, busy or a table locked (in "
        "PostgreSQL pg_stat_activity and pg_locks); the stored days stay in use. Where it only "
        "takes longer, set REGISTRY_TIMEOUT (seconds)",
        limit,
    )
    return RegistryTimeout(
        f"登记库应答过慢（{shown_address(url)}）：{limit:g}秒内没有应答。请检查数据库是否繁忙、有表被锁、"
        "网络中断；确需更久的，调大 REGISTRY_TIMEOUT（秒）"
    )
