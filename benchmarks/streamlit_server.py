"""A Streamlit server in a process of its own, for benchmarks and tests."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]

#: Seconds until a server must answer.
PATIENCE = 60


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def command(port: int, *options: str, script: str = "dashboard.py") -> list[str]:
    """The command that serves a script, by default the board, on a port; later options win."""
    run = [sys.executable, "-m", "streamlit", "run", script, "--server.headless=true"]
    return [*run, f"--server.port={port}", "--server.address=127.0.0.1", *options]


@contextmanager
def running(
    run: list[str],
    port: int,
    environment: Mapping[str, str],
    log: IO | None = None,
    root: Path = ROOT,
) -> Iterator[subprocess.Popen]:
    """
    The process of a command, once it answers on the port; it ends with the block.

    `log`: a file for all that it writes; without one stderr is shown. Errors as of `await_health`.
    """
    stdout = subprocess.DEVNULL if log is None else log
    with subprocess.Popen(run, cwd=root, env=environment, stdout=stdout, stderr=log) as process:
        try:
            await_health(port, process)
            yield process
        finally:
            process.terminate()


def await_health(port: int, process: subprocess.Popen) -> None:
    """Waits until the server answers; RuntimeError when it ends, TimeoutError after a minute."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with exit code {process.returncode}")
        try:
            with urlopen(f"http://127.0.0.1:{port}/_stcore/health"):
                return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(f"nothing answers on port {port}")
