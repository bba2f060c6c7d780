"""What the meeting's pack costs: whole editions from the command line, and each image."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from briefing.bulletin import content, pdf, word
from briefing.files import images
from briefing.meeting.selection import Selection
from briefing.slides import presentation as slides
from exhibits.maps import county
from exhibits.warnings import unrouted
from exhibits.wording.mark import marked
from queries.store.snapshot import open_snapshot
from queries.store.versions import stored_days


def _command(folder: Path, *options: str) -> float:
    """Wall time of `python -m briefing` in a process of its own, imports and Chromium included."""
    day, before = stored_days(folder)[-1], stored_days(folder)[-4]
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "briefing", "--snapshot", str(folder), "--quiet"]
        command += ["--as-of", str(day), "--compare", str(before), "--out", out, *options]
        started = time.perf_counter()
        subprocess.run(command, check=True, env=os.environ | {"AUDIT_DIR": f"{out}/audit"})
        return time.perf_counter() - started


def _taken(run, *arguments) -> float:
    started = time.perf_counter()
    run(*arguments)
    return round(time.perf_counter() - started, 2)


def measure(folder: Path) -> dict[str, float]:
    """Seconds of the editions, of the first and the next image, and of what needs none."""
    snapshot = open_snapshot(folder, stored_days(folder)[-1])
    chosen = Selection(snapshot.as_of)
    bars = unrouted.by_group(snapshot, chosen.scope, "county")
    county_map = county.county_map(snapshot, chosen.scope, "I0891")
    bulletin = content.bulletin(snapshot, chosen)
    mark = marked("bench", "命令行")
    return {
        "city_s": round(_command(folder), 1),
        "city_and_nine_counties_s": round(_command(folder, "--counties"), 1),
        "first_png_s": _taken(images.image, bars, "png", mark),
        "next_png_s": _taken(images.image, county_map, "png", mark),
        "next_svg_s": _taken(images.image, county_map, "svg", mark),
        "one_slide_bars_s": _taken(slides.slide, bars, mark),
        "one_slide_map_s": _taken(slides.slide, county_map, mark),
        "pdf_s": _taken(pdf.pdf, bulletin, mark),
        "docx_s": _taken(word.docx, bulletin, mark),
    }
