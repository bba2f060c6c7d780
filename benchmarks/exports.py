"""`python benchmarks/exports.py STORE`: a pack's first and second export in one process, as JSON.

By the modules that PYTHONPATH leads to, so that an older checkout is measured by the same script.
Seconds by the clock, and of the processor.
"""

import json
import sys
import time
from pathlib import Path

from briefing.meeting.selection import Selection
from briefing.pack import pack
from briefing.release import EXACT
from exhibits.wording.mark import marked
from queries.store.snapshot import open_snapshot
from queries.store.versions import stored_days


def export(folder: Path, annex: bool) -> tuple[float, float]:
    """Content and four files of the newest day, beside the third day before it."""
    days = stored_days(folder)
    wall, processor = time.perf_counter(), time.process_time()
    snapshot = open_snapshot(folder, days[-1])
    files = pack(snapshot, Selection(days[-1], days[-4]), EXACT, annex)
    for _, make in files.makers.values():
        make(marked("bench", "测试"))
    return round(time.perf_counter() - wall, 3), round(time.process_time() - processor, 3)


def measure(folder: Path) -> dict[str, float]:
    """Seconds of the first export, of the second, and of the second with annex."""
    found = {}
    for name, annex in (("first", False), ("second", False), ("", True), ("annex", True)):
        wall, processor = export(folder, annex)
        if name:
            found |= {f"{name}_s": wall, f"{name}_processor_s": processor}
    return found


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
