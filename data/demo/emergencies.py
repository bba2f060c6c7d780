"""Emergency cases, of the register and from outside it, and the events behind them."""

import numpy as np

from data.demo.clock import DAY, FAR, FAR_TIME, add_workdays, spread, to_workday
from data.demo.columns import dates, fen, frame, keys, labels, times
from data.demo.hardship import random_days
from data.demo.people import People, draw_present
from data.demo.places import Places
from data.demo.profile import OVER_CAP_COUNTY, OVER_CAP_FROM, SLOW_AID_COUNTY
from data.demo.traits import Has
from data.demo.world import World

PROGRAMMES = ["P1001", "P1002", "P1003"]
CAUSES = ["fire", "traffic", "sudden_illness", "accident", "disaster", "other"]
MODES = ["small_amount_first", "assist_first", "direct", "one_case", "normal"]
A_MONTH = 2_050
_SEASON = np.array([1.25, 1.15, 1.0, 0.9, 0.9, 0.95, 1.05, 1.1, 0.95, 0.9, 0.95, 1.15])


def _cases(world: World, folk: People) -> dict[str, np.ndarray]:
    rng = world.rng("emergencies")
    on = np.sort(random_days(rng, world, world.some(A_MONTH * world.months), _SEASON))
    n = len(on)
    registered = rng.random(n) < 0.62
    who = np.where(registered, draw_present(rng, folk, on), -1)
    near = rng.integers(0, folk.members, n)
    vagrant = rng.random(n) < np.where(who < 0, 0.06, 0.005)
    away = (rng.random(n) < 0.04) | vagrant
    home = np.where(who >= 0, who, near)
    serious = rng.random(n) < 0.42
    mode = np.where(
        serious,
        rng.choice(5, n, p=(0.0, 0.62, 0.14, 0.08, 0.16)),
        rng.choice(5, n, p=(0.66, 0.06, 0.10, 0.01, 0.17)),
    )
    # What illness or school costs a household is no emergency: the usual procedure.
    asked = world.rng("expenditure")
    expenditure = ~vagrant & (asked.random(n) < 0.20)
    mode = np.where(expenditure, MODES.index("normal"), mode)
    reported = on * DAY + rng.integers(7 * 3600, 22 * 3600, n)
    township = np.where(away, folk.township[near], folk.township[home])
    cause = rng.choice(6, n, p=(0.05, 0.11, 0.42, 0.21, 0.08, 0.13))
    cause = np.where(expenditure, np.where(asked.random(n) < 0.7, 2, 5), cause)
    return locals()


def _steps(world: World, rng, case: dict, where: Places) -> dict[str, np.ndarray]:
    n, first_aided = len(case["on"]), case["mode"] <= 1
    county = where.county_of_township[case["township"]]
    hours = np.exp(rng.normal(np.log(8), 0.85, n))
    slow = (county == SLOW_AID_COUNTY) & (rng.random(n) < 0.60)
    hours = np.where(slow, 24 + rng.exponential(30, n), hours)
    hours = np.where(first_aided, hours, 24 * spread(rng, 7, 0.6, n))
    aided = case["reported"] + (hours * 3600).astype(np.int64)
    aided = np.where(rng.random(n) < 0.012, FAR_TIME, aided)
    relieved = np.where(aided >= FAR_TIME, FAR, aided // DAY + spread(rng, 9, 0.7, n))
    papers = add_workdays(relieved, spread(rng, 5, 0.55, n))
    papers = np.where(first_aided & (rng.random(n) > 0.03), papers, FAR)
    end = to_workday(np.where(first_aided, papers, relieved) + rng.integers(1, 12, n))
    return {"aided": aided, "relieved": relieved, "papers": papers, "end": end, "county": county}


def emergencies(world: World, folk: People, where: Places):
    """The cases' table, and the hardship events of those who are in the register."""
    rng = world.rng("emergency steps")
    case = _cases(world, folk)
    steps = _steps(world, rng, case, where)
    n = len(case["on"])
    first = np.where(case["serious"], 1500, 500) * rng.lognormal(-0.1, 0.35, n)
    first = np.round(np.where(case["serious"], first, np.minimum(first, 800)) / 10) * 10
    lavish = (steps["county"] == OVER_CAP_COUNTY) & (case["on"] >= OVER_CAP_FROM)
    lavish &= (case["mode"] == 0) & (rng.random(n) < 0.08)
    first = np.where(lavish, 1200.0, first)
    more = np.where(case["serious"], rng.gamma(1.2, 1500, n), rng.gamma(0.6, 300, n))
    paid = (steps["aided"] < FAR_TIME) & (steps["aided"] < (world.last + 1) * DAY)
    first_given = np.where((case["mode"] <= 1) & paid, first, np.nan)
    closed = np.where(
        steps["end"] >= FAR, FAR_TIME, steps["end"] * DAY + rng.integers(32_000, 62_000, n)
    )
    table = frame(
        "emergency_case",
        {
            "case_id": keys("M", np.arange(n)),
            "person_key": keys("P", case["who"]),
            "in_registry": (case["who"] >= 0).astype(np.int64),
            "programme_code": labels(PROGRAMMES, case["vagrant"] + 2 * case["expenditure"]),
            "incident_region": labels(where.townships, case["township"]),
            "is_nonlocal": case["away"].astype(np.int64),
            "cause_code": labels(CAUSES, case["cause"]),
            "severity": labels(["minor", "serious"], case["serious"].astype(np.int64)),
            "mode_code": labels(MODES, case["mode"]),
            "reported_at": times(case["reported"]),
            "first_aid_at": times(steps["aided"]),
            "first_amount": fen(first_given),
            "total_amount": fen(np.where(paid, np.round(first + more), np.nan)),
            "relieved_on": dates(steps["relieved"]),
            "paperwork_done_on": dates(steps["papers"]),
            "closed_at": times(closed),
        },
    )
    return table, _events(world, case, folk), {"county": steps["county"], "at": case["reported"]}


def _events(world: World, case: dict, folk: People) -> dict[str, Has]:
    """What the register notes of them, and some events that no case answered."""
    rng = world.rng("emergency events")
    emergency = ~case["vagrant"] & ~case["expenditure"]
    registered = np.flatnonzero((case["who"] >= 0) & emergency)
    roofless = np.flatnonzero((case["who"] >= 0) & case["vagrant"])
    on = random_days(rng, world, max(2, len(registered) // 14), _SEASON)
    lost = draw_present(rng, folk, on)
    who = np.concatenate([case["who"][registered], lost[lost >= 0]])
    start = np.concatenate([case["on"][registered], on[lost >= 0]])
    serious = np.concatenate([case["serious"][registered], rng.random((lost >= 0).sum()) < 0.3])
    has = Has(who, start, start + 60)
    nights = case["on"][roofless]
    return {
        "vagrant": Has(case["who"][roofless], nights, nights + 60),
        "emergency_event": has,
        "severity_minor": has.where(~serious),
        "severity_serious": has.where(serious),
    }
