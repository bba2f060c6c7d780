"""Is the audit log as it was written? The first line that is not."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from data.audit.entry import GENESIS, follows, hash_over, parsed
from data.audit.files import HEAD, sizes_between_writes

#: In a line about a removed month: the hash that the first line left follows.
PRUNED = re.compile(rb'"event": "prune", .*"options": \{"previous": "([0-9a-f]{64})"')


@dataclass(frozen=True)
class Fault:
    """The first bad line: its number from 1, and the hash that the line there must follow."""

    file: str
    line: int
    expected: str

    @property
    def text(self) -> str:
        """audit-2026-11.jsonl第3行缺失或与原记录不符，应接在校验值3f9c0a12b4d5之后"""
        place = "为日志首条" if self.expected == GENESIS else f"接在校验值{self.expected[:12]}之后"
        return f"{self.file}第{self.line}行缺失或与原记录不符，应{place}"


def verify(folder: Path) -> Fault | None:
    """None for a log that is as it was written, or empty. OSError is passed on."""
    last, sizes = sizes_between_writes(folder)
    previous, head_reached, size = begin(folder, sizes), False, 0
    file, number, fragment = "", 0, None
    for file, number, raw in _lines(folder, sizes):
        entry, here = parsed(raw), fragment or Fault(file, number, previous)
        size = len(raw) + (size if number > 1 else 0)
        if not entry:
            # Not bad where the next line was chained to it, as `append` does.
            fragment, previous = here, hash_over(raw, previous)
            continue
        if not follows(entry, previous):
            return here
        if last and not head_reached and file == last.file and size >= last.size:
            if entry["hash"] != last.hash:
                return here
            head_reached = True
        previous, fragment = entry["hash"], None
    if fragment or head_reached or not (number or (folder / HEAD).exists()):
        return fragment
    ending = last.file if last else HEAD
    return Fault(ending, number + 1 if file == ending else 1, previous)


def begin(folder: Path, sizes: Mapping[str, int]) -> str:
    """The hash that the first line must follow: not GENESIS where `prune` removed months."""
    begins, first = [GENESIS], None
    for _, _, raw in _lines(folder, sizes):
        first = first or parsed(raw)
        begins += [hash.decode() for hash in PRUNED.findall(raw)]
    return first["previous"] if first and first["previous"] in begins else begins[-1]


def _lines(folder: Path, sizes: Mapping[str, int]) -> Iterator[tuple[str, int, bytes]]:
    """File, number and bytes of each line, oldest first; no more of a file than its size."""
    for name, left in sizes.items():
        with (folder / name).open("rb") as file:
            for number, raw in enumerate(file, start=1):
                left -= len(raw)
                if left < 0:
                    break
                yield name, number, raw
