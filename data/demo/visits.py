"""Field visits and the households to be visited in each quarter."""

import numpy as np
import polars as pl

from data.demo.alerts import Alerts
from data.demo.columns import dates, frame, keys, labels
from data.demo.homes import Homes
from data.demo.people import People
from data.demo.places import Places
from data.demo.profile import POOR_VISITS_COUNTY
from data.demo.world import World

ROLES = ["township_cadre", "village_staff", "assistant", "disability_commissioner", "social_worker"]
GROUPS = [
    "disabled_uncovered",
    "no_or_weak_labour",
    "major_or_chronic",
    "emergency_accident",
    "other",
]
FINDINGS = ["no_issue", "potential_eligible", "need_service", "need_emergency", "info_updated"]
TARGETS, OTHERS = 6_200, 1_500
#: Share of the targets visited in a quarter, by county.
VISITED = np.array([0.91, 0.93, 0.88, 0.86, 0.90, 0.88, 0.85, 0.92, 0.94])


def _quarters(world: World) -> list[tuple[str, int, int]]:
    """Code, first day and day after the last, of every quarter that the history touches."""
    of_day = np.array([world.first, world.last], dtype="datetime64[D]").astype("datetime64[M]")
    first, last = of_day.astype(np.int64) // 3
    months = np.arange(first, last + 2) * 3
    starts = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return [
        (f"{1970 + q // 4}Q{q % 4 + 1}", begin, end)
        for q, begin, end in zip(range(first, last + 1), starts[:-1], starts[1:], strict=True)
        if begin >= world.first or q == last
    ]


def _quarter(rng, world: World, homes: Homes, begin: int, end: int):
    present = np.flatnonzero((homes.start <= begin) & (homes.end > begin))
    goal = np.sort(rng.choice(present, min(len(present), world.some(TARGETS)), replace=False))
    group = rng.choice(5, len(goal), p=(0.15, 0.33, 0.30, 0.12, 0.10))
    share = VISITED + rng.normal(0, 0.015, 9)
    share[POOR_VISITS_COUNTY] = 0.54 + rng.normal(0, 0.02)
    done = rng.random(len(goal)) < share[homes.county[goal]]
    other = np.sort(rng.choice(present, min(len(present), world.some(OTHERS)), replace=False))
    visited = np.concatenate([goal[done], other])
    groups = np.concatenate([group[done], rng.integers(0, 5, len(other))])
    on = begin + (rng.beta(1.2, 1.4, len(visited)) * (end - begin)).astype(np.int64)
    return goal, group, visited, groups, on


def visits(world: World, homes: Homes, folk: People, warned: Alerts, where: Places):
    """The two tables; a warning raised in the field has its visit."""
    rng = world.rng("visits")
    targets, visits = [], []
    for code, begin, end in _quarters(world):
        goal, group, visited, groups, on = _quarter(rng, world, homes, begin, end)
        columns = {
            "period_code": code,
            "household_key": keys("H", goal, 7),
            "region_code": labels(where.villages, homes.village[goal]),
            "target_group": labels(GROUPS, group),
        }
        targets.append(frame("visit_target", columns))
        in_time = (on <= world.last) & (on >= world.first)
        visits.append((visited[in_time], on[in_time], groups[in_time], np.full(in_time.sum(), -1)))
    raised = np.flatnonzero((warned.channel == 1) & (folk.home[warned.person] >= 0))
    home = folk.home[warned.person[raised]]
    visits.append((home, warned.on[raised], rng.integers(0, 5, len(raised)), raised))
    home, on, group, warning = (np.concatenate([f[i] for f in visits]) for i in range(4))
    order = np.argsort(on, kind="stable")
    table = _table(rng, homes, home[order], on[order], group[order], warning[order], where)
    return table, pl.concat(targets)


def _table(rng, homes: Homes, home, on, group, warning, where: Places) -> pl.DataFrame:
    n = len(home)
    finding = rng.choice(5, n, p=(0.72, 0.0, 0.09, 0.01, 0.18))
    hinted = rng.choice((1, 3), n, p=(0.85, 0.15))
    return frame(
        "field_visit",
        {
            "visit_id": keys("V", np.arange(n)),
            "household_key": keys("H", home, 7),
            "region_code": labels(where.villages, homes.village[home]),
            "visited_on": dates(on),
            "visitor_role": labels(ROLES, rng.choice(5, n, p=(0.30, 0.34, 0.22, 0.08, 0.06))),
            "target_group": labels(GROUPS, group),
            "finding_code": labels(FINDINGS, np.where(warning >= 0, hinted, finding)),
            "warning_id": keys("W", warning),
        },
    )
