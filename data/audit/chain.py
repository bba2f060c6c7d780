"""Is the audit log as it was written? Every line that is not shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from data.audit.entry import GENESIS, digest, parsed
from data.audit.files import HEAD, Head, head, months, still

Kind = Literal["changed", "removed", "reordered", "truncated", "unreadable"]


#: Each kind in words, after where it is.
KINDS: dict[Kind, str] = {
    "changed": "起被改动",
    "removed": "之前有记录缺失",
    "reordered": "起次序被调换",
    "truncated": "之后的记录缺失",
    "unreadable": "无法读取（可能是写入中断）",
}


@dataclass(frozen=True)
class Fault:
    """
    Where the log is not as it was written; `line` counts from 1, 0 is the file as a whole.

    - changed: the line's content is not what its hash is of.
    - removed: what stood before the line is gone, or was replaced together with its hash.
    - reordered: what stood before the line stands elsewhere.
    - truncated: lines after this one are gone.
    - unreadable: no line of this log, such as half of one left by a writer that was killed.
    """

    file: str
    line: int
    kind: Kind

    @property
    def said(self) -> str:
        """audit-2026-11.jsonl第3行起被改动"""
        where = f"{self.file}第{self.line}行" if self.line else self.file
        return where + KINDS[self.kind]


def verify(folder: Path) -> list[Fault]:
    """Faults in the order of the files; [] for a whole or an empty log. OSError is passed on."""
    with still(folder):
        known = head(folder)
        files = [(path, path.stat().st_size) for path in months(folder)]
    if not files and known is None:
        return []
    found, breaks, start, ended = _walked(files, known.hash if known else "")
    if known is None:
        kind = "unreadable" if (folder / HEAD).exists() else "removed"
        found.append(Fault(HEAD, 0, kind))
    elif not ended:
        found.append(_cut(files, known))
    elsewhere = _hashes(files, {previous for *_, previous in breaks}) if breaks else set()
    for file, number, previous in breaks:
        if (file, number, previous) != start:
            kind = "reordered" if previous in elsewhere else "removed"
            found.append(Fault(file, number, kind))
    return sorted(found, key=lambda fault: (fault.file, fault.line))


Break = tuple[str, int, str]


def _walked(
    files: list[tuple[Path, int]], last: str
) -> tuple[list[Fault], list[Break], Break | None, bool]:
    """
    Lines that are not as written; where the chain breaks: file, line, hash that was to precede.

    Also which of those is where the log begins since old months were removed by the command, and
    whether the line with the hash `last` is there.
    """
    found, breaks, removed, expected, ended = [], [], set(), GENESIS, False
    for file, number, told in _entries(files):
        if told is None:
            found.append(Fault(file, number, "unreadable"))
            continue
        if told["hash"] != digest(told):
            found.append(Fault(file, number, "changed"))
        if told["previous"] != expected:
            breaks.append((file, number, told["previous"]))
        if told["event"] == "prune":
            removed.add(told["scope"].get("options", {}).get("previous"))
        expected = told["hash"]
        ended |= expected == last
    begins = breaks[:1] if files and breaks[:1] and breaks[0][:2] == (files[0][0].name, 1) else []
    start = next((each for each in begins if each[2] in removed), None)
    return found, breaks, start, ended


def _entries(files: list[tuple[Path, int]]) -> Iterator[tuple[str, int, dict[str, Any] | None]]:
    for path, size in files:
        for number, raw in lines(path, size):
            yield path.name, number, parsed(raw)


def lines(path: Path, size: int) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of each line in the first `size` bytes; what is added since is left."""
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            size -= len(raw)
            if size < 0:
                return
            yield number, raw


def _cut(files: list[tuple[Path, int]], known: Head) -> Fault:
    """The last line that is left in the file in which the last one stood."""
    left = sum(1 for path, size in files if path.name == known.file for _ in lines(path, size))
    return Fault(known.file, left, "truncated")


def _hashes(files: list[tuple[Path, int]], wanted: set[str]) -> set[str]:
    """Which of the hashes stand anywhere in the log."""
    return {told["hash"] for _, _, told in _entries(files) if told and told["hash"] in wanted}
