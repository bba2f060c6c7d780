"""The board in a process of its own, and what the kernel says of that process."""

import os
import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.streamlit_server import ROOT, command, free_port, running

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
        errors: Counter[str] = Counter()
        line_of_ours = ""
        for line in self.log.read_text(errors="replace").splitlines():
            if ours := re.match(rf'\s+File "{ROOT}/((?!\.venv).+?)", line (\d+)', line):
                line_of_ours = ":".join(ours.groups())
            elif line_of_ours and re.match(r"[\w.]+(Error|Exception)\b", line):
                errors[f"{line_of_ours} {line}"[:200]] += 1
                line_of_ours = ""
        return dict(errors)

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
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def _status(self, name: str) -> str:
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(line.split()[1] for line in lines if line.startswith(f"{name}:"))


@contextmanager
def board(store: Path, root: Path = ROOT) -> Iterator[Server]:
    """
    The board of a checkout over a store; its audit log and its output are in a temporary folder.
    """
    with tempfile.TemporaryDirectory(prefix="load-") as scratch:
        variables = {"SNAPSHOT_DIR": str(store.resolve()), "AUDIT_DIR": f"{scratch}/audit"}
        port, log = free_port(), Path(scratch, "log")
        with log.open("w") as file:
            try:
                with running(
                    command(port, PLAIN), port, os.environ | variables, file, root
                ) as process:
                    yield Server(port, process, log)
            except RuntimeError as error:
                raise RuntimeError(f"{error}: {log.read_text()[-2000:]}") from error
