"""A MariaDB server for a test process; Debian has it in two packages without a service."""

import getpass
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL

NEEDED = ("mariadbd", "mariadb-install-db", "my_print_defaults")

#: Seconds in which it has to answer.
PATIENCE = 60


def missing() -> list[str]:
    """Commands that are not there; Debian keeps some where only root looks."""
    return [name for name in NEEDED if not _command(name)]


def _command(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin")


@contextmanager
def own_server() -> Iterator[URL]:
    """A server behind a socket, in a folder of its own; gone at the end."""
    with tempfile.TemporaryDirectory(prefix="my-") as folder:
        user, data, socket = f"--user={getpass.getuser()}", Path(folder, "data"), Path(folder, "s")
        options = ["--no-defaults", f"--datadir={data}", user]
        made = [_command(NEEDED[1]), *options, "--auth-root-authentication-method=normal"]
        subprocess.run([*made, "--skip-test-db"], check=True, capture_output=True)
        quick = ["--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=64M"]
        with subprocess.Popen(
            [_command(NEEDED[0]), *options, f"--socket={socket}", "--skip-networking", *quick],
            stderr=subprocess.DEVNULL,
        ) as server:
            try:
                _await(socket, server)
                query = {"unix_socket": str(socket)}
                yield URL.create("mysql+pymysql", "root", host="localhost", query=query)
            finally:
                server.terminate()


def _await(socket: Path, server: subprocess.Popen) -> None:
    until = time.monotonic() + PATIENCE
    while not socket.exists():
        if server.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"MariaDB did not start (exit code {server.poll()})")
        time.sleep(0.05)
