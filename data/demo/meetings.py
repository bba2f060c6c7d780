"""Joint meetings, their decisions, and the progress that departments and counties report."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from data.demo.clock import DAY, add_workdays, at_office
from data.demo.columns import dates, frame, labels, times
from data.demo.places import CITY, Places
from data.demo.world import LAST_DAY, World
from data.reference.policy_tables import table as reference
from data.registry.contract import polars_schema

DECISIONS = Path(__file__).parent / "decisions.csv"

#: Name, kind, day, cut-off of the data. Some cut-offs are no month-ends.
MEETINGS = (
    ("2023年全体会议", "plenary", date(2023, 12, 20), date(2023, 11, 30)),
    ("2024年第1次专题会议", "special", date(2024, 7, 16), date(2024, 7, 10)),
    ("2024年全体会议", "plenary", date(2024, 12, 25), date(2024, 11, 30)),
    ("2025年防汛救灾救助专题会议", "special", date(2025, 8, 20), date(2025, 8, 15)),
    ("2025年全体会议", "plenary", date(2025, 12, 24), date(2025, 11, 30)),
    ("2026年第1次专题会议", "special", date(2026, 4, 16), date(2026, 3, 31)),
    ("2026年第2次专题会议", "special", date(2026, 8, 18), date(2026, 7, 31)),
)


def _in_history(world: World) -> list[tuple]:
    first = date(1970, 1, 1) + timedelta(days=world.first)
    return [m for m in MEETINGS if m[3] >= first]


def meetings(world: World) -> pl.DataFrame:
    rows = []
    for number, (name, kind, held_on, cutoff) in enumerate(_in_history(world), start=1):
        before = f"J{number - 1:03d}" if number > 1 else None
        rows.append((f"J{number:03d}", name, kind, held_on, cutoff, before))
    return pl.DataFrame(rows, schema=polars_schema("joint_meeting"), orient="row")


def _status(held_on: date, item: dict) -> tuple:
    """Day due, day done, state and step of supervision of a decision."""
    due = held_on + timedelta(days=30 * int(item["months_allowed"]))
    taken, level = item["days_taken"], item["supervise_level"]
    done = None if taken is None else held_on + timedelta(days=int(taken))
    done = done if done is not None and done <= LAST_DAY else None
    if level == "cancelled":
        return due, None, "cancelled", "none"
    if done:
        return due, done, "done", level
    return due, None, "in_progress" if due >= LAST_DAY else "overdue", level


def items(world: World) -> pl.DataFrame:
    """The decisions of `decisions.csv`; `days_taken` is empty while one is not done."""
    held_on = {m[0]: (f"J{i:03d}", m[2]) for i, m in enumerate(_in_history(world), start=1)}
    names = ("list_type", "task_row", "item_name", "indicator_id", "lead_dept", "region_code")
    rows: list[tuple] = []
    decisions = pl.read_csv(DECISIONS, infer_schema=False)
    for item in decisions.iter_rows(named=True):
        if item["meeting_name"] in held_on:
            key, on = held_on[item["meeting_name"]]
            words = [item[name] for name in names]
            rows.append((f"T{len(rows) + 1:04d}", key, *words, *_status(on, item)))
    return pl.DataFrame(rows, schema=polars_schema("meeting_item"), orient="row")


PROGRESS = ["not_started", "on_track", "slow", "blocked", "done"]


def progress(world: World, where: Places) -> pl.DataFrame:
    """Leads report for the city, counties for themselves; mostly that all goes well."""
    rng, tasks = world.rng("progress"), reference("tasks")
    reporters = []
    for row, leads in tasks.select("row_id", "lead_codes").iter_rows():
        reporters += [(row, d, CITY) for d in leads.split("|") if d != "county_governments"]
        reporters += [(row, "county_governments", code) for code in where.counties]
    n, k = world.months, len(reporters)
    who, month = np.repeat(np.arange(k), n), np.tile(np.arange(n), k)
    chance = np.array([0.01, 0.86, 0.10, 0.01, 0.02])
    code = rng.choice(5, n * k, p=chance)
    code = np.where((month < 3) & (rng.random(n * k) < 0.12), 0, code)
    reported = rng.random(n * k) > 0.03
    start = world.month_starts[month]
    reported_at = at_office(rng, add_workdays(start + 24, rng.integers(1, 5, n * k)))
    reported &= reported_at < (world.last + 1) * DAY
    return frame(
        "task_progress",
        {
            "task_row": labels([r[0] for r in reporters], who[reported]),
            "reporter_dept": labels([r[1] for r in reporters], who[reported]),
            "region_code": labels([r[2] for r in reporters], who[reported]),
            "period_month": dates(start[reported]),
            "progress_code": labels(PROGRESS, _planted(reporters, who, month, n, code)[reported]),
            "reported_at": times(reported_at[reported]),
        },
    )


def _planted(reporters, who, month, n: int, code: np.ndarray) -> np.ndarray:
    """What is reported and what the data say differ: housing and two counties say all is well."""
    fine = np.array(
        [
            (row == "9-3" and dept == "housing")
            or (row == "7" and region == "621226")
            or (row == "9-4" and region == "621228")
            for row, dept, region in reporters
        ]
    )
    return np.where(fine[who] & (month >= n - 8), 1, code)
