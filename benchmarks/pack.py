"""What the meeting's pack costs: whole editions from the command line, and each image."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks import goals
from briefing.bulletin import content, pdf, word
from briefing.files import images
from briefing.meeting.selection import Selection
from briefing.slides import presentation as slides
from data import settings
from exhibits.maps import county
from exhibits.warnings import unrouted
from exhibits.wording.mark import marked
from queries.store.snapshot import open_snapshot
from queries.store.versions import stored_days

#: Runs of each in turn, of which the median counts.
RUNS = 5

#: What a pack may take of an older checkout's time; with annex it shall be no slower.
GOAL, WITH_ANNEX = 0.33, 1.0


def _command(folder: Path, *options: str, root: Path = settings.ROOT) -> float:
    """Wall time of `python -m briefing` in a process of its own, imports and Chromium included."""
    day, before = stored_days(folder)[-1], stored_days(folder)[-4]
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "briefing", "--snapshot", str(folder), "--quiet"]
        command += ["--as-of", str(day), "--compare", str(before), "--out", out, *options]
        started = time.perf_counter()
        variables = {"AUDIT_DIR": f"{out}/audit", "PYTHONPATH": str(root)}
        subprocess.run(command, check=True, cwd=root, env=os.environ | variables)
        return time.perf_counter() - started


def _exports(folder: Path, root: Path) -> dict[str, float]:
    """`exports.measure` by a checkout's modules."""
    script = Path(__file__).with_name("exports.py")
    # -P: the modules of the checkout, not those beside the script.
    command = [sys.executable, "-P", str(script), str(folder)]
    variables = {"PYTHONPATH": str(root), "SNAPSHOT_DIR": str(folder)}
    process = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, cwd=root, env=os.environ | variables
    )
    return json.loads(process.stdout)


def compare(folder: Path, before: Path) -> None:
    """Prints each goal, its value, that of the checkout `before` in turn, and whether it is met."""
    folder = folder.resolve()
    runs: dict[Path, list[dict[str, float]]] = {settings.ROOT: [], before.resolve(): []}
    for _ in range(RUNS):
        for root, taken in runs.items():
            commands = {
                "command_s": _command(folder, root=root),
                "command_annex_s": _command(folder, "--annex", root=root),
            }
            taken.append(_exports(folder, root) | commands)
    now, earlier = (
        {name: round(median(run[name] for run in taken), 2) for name in taken[0]}
        for taken in runs.values()
    )
    print(goals.HEAD)
    for name in ("command_s", "second_s", "second_processor_s", "command_annex_s", "annex_s"):
        goal = WITH_ANNEX if "annex" in name else GOAL
        print(goals.row(name, now[name], earlier[name], goal))


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
