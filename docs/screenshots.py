"""`python docs/screenshots.py`: the pictures of the user guide, from the configured snapshots."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from briefing.files.images import browser  # noqa: E402
from browser import FLAGS, opened, served  # noqa: E402
from data import settings  # noqa: E402

FOLDER = Path(__file__).parent / "images"

#: Picture → address, and the height that shows what the guide speaks of.
PICTURES = {
    "todo": ("/?role=county", 900),
    "overview": ("/", 1150),
    "coverage": ("/coverage", 1000),
    "coverage-long": ("/coverage?part=long", 900),
    "warnings": ("/warnings", 900),
    "warnings-cases": ("/warnings?part=cases", 900),
    "departments": ("/departments?part=curve", 900),
    "map": ("/map?classes=significance&second=I0890", 1000),
    "townships": ("/map?region=621226", 1000),
    "county": ("/county?region=621226", 1100),
    "tasks": ("/tasks?task=8", 1100),
    "meeting": ("/meeting", 1000),
    "present": ("/present?at=5", 810),
}


def main() -> None:
    """Writes docs/images/*.png."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright, served(settings.SNAPSHOT_DIR) as url:
        window = playwright.chromium.launch(executable_path=browser(), args=FLAGS)
        for name, (address, height) in PICTURES.items():
            context = window.new_context(viewport={"width": 1440, "height": height}, locale="zh-CN")
            page, _ = opened(context, url + address)
            page.wait_for_timeout(1500)
            page.screenshot(path=FOLDER / f"{name}.png")
            context.close()
        window.close()


if __name__ == "__main__":
    main()
