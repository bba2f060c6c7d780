"""The board in a process of its own, and what the kernel says of that process."""

import os
import re
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from tests.browser import ROOT, command, free_port

TICKS = os.sysconf("SC_CLK_TCK")

#: Tracebacks as Python writes them, so that they can be counted.
PLAIN = "--logger.enableRich=false"


@dataclass(frozen=True)
class Server:
    """A board that serves on a port of 127.0.0.1."""

    port: int
    process: subprocess.Popen
    log: Path

    def tracebacks(self) -> dict[str, int]:
        """What it logged as errors: our last line in each traceback, and the error."""
        found: Counter[str] = Counter()
        place = ""
        for line in self.log.read_text(errors="replace").splitlines():
            if ours := re.match(rf'\s+File "{ROOT}/((?!\.venv).+?)", line (\d+)', line):
                place = ":".join(ours.groups())
            elif place and re.match(r"[\w.]+(Error|Exception)\b", line):
                found[f"{place} {line}"[:200]] += 1
                place = ""
        return dict(found)

    def memory(self) -> float:
        """Resident MB."""
        return int(self._status("VmRSS")) / 1024

    def threads(self) -> int:
        """Threads."""
        return int(self._status("Threads"))

    def files(self) -> int:
        """Open file descriptors."""
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def processor(self) -> float:
        """Seconds of CPU so far, in user and system mode."""
        told = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(told[11]) + int(told[12])) / TICKS

    def _status(self, name: str) -> str:
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(line.split()[1] for line in lines if line.startswith(f"{name}:"))


@contextmanager
def board(store: Path) -> Iterator[Server]:
    """The board over a store; its audit log and what it says lie in a folder that goes with it."""
    with tempfile.TemporaryDirectory(prefix="load-") as scratch:
        place = {"SNAPSHOT_DIR": str(store.resolve()), "AUDIT_DIR": f"{scratch}/audit"}
        log = Path(scratch, "log")
        with log.open("w") as into:
            port = free_port()
            process = subprocess.Popen(
                command(port, PLAIN), cwd=ROOT, env=os.environ | place, stdout=into, stderr=into
            )
            try:
                _await(port, process, log)
                yield Server(port, process, log)
            finally:
                process.terminate()
                process.wait(30)


def _await(port: int, process: subprocess.Popen, log: Path) -> None:
    for _ in range(240):
        if process.poll() is not None:
            raise RuntimeError(f"the board ended: {log.read_text()[-2000:]}")
        try:
            with urlopen(f"http://127.0.0.1:{port}/_stcore/health"):
                return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(f"nothing answers on port {port}")
