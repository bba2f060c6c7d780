"""A peer's server in a process of its own."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.error import HTTPError
from urllib.request import urlopen

#: Seconds until it must answer; Superset imports for some twenty.
PATIENCE = 180


@contextmanager
def answering(
    command: Sequence[str | Path], port: int, environment: Mapping[str, str], log: IO
) -> Iterator[str]:
    """The URL of a command's server, once it answers; it ends with the block, its workers too."""
    url = f"http://127.0.0.1:{port}"
    with subprocess.Popen(
        command, env=environment, stdout=log, stderr=log, start_new_session=True
    ) as process:
        try:
            _await(url, process)
            yield url
        finally:
            os.killpg(process.pid, signal.SIGTERM)


def _await(url: str, process: subprocess.Popen) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(url):
                return
        except HTTPError:
            return
        except OSError:
            time.sleep(0.5)
    raise TimeoutError(f"nothing answers at {url}")
