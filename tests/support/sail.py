"""A Sail server for a test process: Spark Connect without Java, from PyPI."""

import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec

import pytest

#: Seconds in which it has to answer.
PATIENCE = 60

SERVE = """
import sys
from pysail.spark import SparkConnectServer
SparkConnectServer("127.0.0.1", int(sys.argv[1])).start(background=False)
"""


def missing() -> list[str]:
    """Packages that are not there."""
    needed = {"pyspark": "pyspark-client", "pysail": "pysail"}
    return [package for module, package in needed.items() if not find_spec(module)]


def import_client() -> None:
    """
    The client, imported where pytest-xdist's process has no main module with a name or a file:
    PySpark takes that for its own doctests, asks for a whole Spark and ends the process.
    """
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # Made for pandas 2, which nobody uses here.
        patch.setattr(sys, "ps1", "", raising=False)
        import_module("pyspark.sql.connect.session")


@contextmanager
def own_server() -> Iterator[tuple[str, subprocess.Popen]]:
    """Its address, and its process; gone at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen([sys.executable, "-c", SERVE, str(port)]) as server:
        try:
            _await(port, server)
            yield f"sc://127.0.0.1:{port}", server
        finally:
            server.kill()


def _await(port: int, server: subprocess.Popen) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        with socket.socket() as tried:
            if not tried.connect_ex(("127.0.0.1", port)):
                return
        if server.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"Sail did not start (exit code {server.poll()})")
        time.sleep(0.05)
