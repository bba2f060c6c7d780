"""Hardship events: illness costs, disasters, emergencies, deaths, and what they entitle to."""

import numpy as np
import polars as pl

from data.demo.clock import FAR, day, month_of
from data.demo.columns import dates, frame, keys, labels, plans
from data.demo.homes import DIBAO, MARGIN, RIGID, TEKUN
from data.demo.people import People, draw_present
from data.demo.places import Places
from data.demo.profile import DISASTERS, DROUGHTS
from data.demo.traits import Has
from data.demo.world import World

_SOURCE = {
    "disaster": "emergency",
    "drought": "emergency",
    "winter_sp": "emergency",
    "house_dam": "emergency",
    "emergency_ev": "civil_affairs",
    "severity": "civil_affairs",
    "death": "civil_affairs",
    "vagrant": "civil_affairs",
    "student": "education",
    "hired": "human_resources",
    "emergency_tr": "health",
    "identity": "health",
    "unable": "health",
}
_WINTER = np.array([1.6, 1.4, 1.1, 0.9, 0.8, 0.75, 0.75, 0.8, 0.85, 0.95, 1.2, 1.5])


def random_days(rng, world: World, n: int, by_month: np.ndarray | None = None) -> np.ndarray:
    """Days of the history, more of them in some months of the year."""
    chance = rng.lognormal(0, 0.05, world.months)
    if by_month is not None:
        chance = chance * by_month[month_of(world.month_starts) - 1]
    start = rng.choice(world.month_starts, n, p=chance / chance.sum())
    return np.minimum(start + rng.integers(0, 30, n), world.last)


def _entitled(folk: People) -> np.ndarray:
    return np.isin(folk.category[: folk.members], (DIBAO, TEKUN, MARGIN, RIGID))


def _struck(rng, folk: People, county: int, on: int, share: float) -> np.ndarray:
    """Persons of the county who are in the register on a day, whole townships being hit."""
    n = folk.members
    there = (folk.county[:n] == county) & (folk.start[:n] <= on) & (folk.end[:n] > on)
    towns = np.unique(folk.township[:n][there])
    hit = rng.choice(towns, max(1, len(towns) // 4), replace=False) if len(towns) else towns
    pool = np.flatnonzero(there & _entitled(folk) & np.isin(folk.township[:n], hit))
    size = min(len(pool), max(2, round(share * there.sum())))
    return np.sort(rng.choice(pool, size, replace=False)) if size else pool


def disasters(world: World, folk: People) -> dict[str, Has]:
    """Floods with their stages and damaged houses; droughts; hardship of the winters."""
    rng = world.rng("disasters")
    stages: dict[str, list] = {
        "disaster_emergency_stage": [],
        "disaster_transition_stage": [],
        "house_damaged_by_disaster": [],
        "drought_difficulty": [],
        "winter_spring_difficulty": [],
    }
    for county, on, share in DISASTERS:
        if world.first <= on:
            who = _struck(rng, folk, county, on, share)
            stages["disaster_emergency_stage"].append((who, on, on + 15))
            later, broken = who[rng.random(len(who)) < 0.5], who[rng.random(len(who)) < 0.15]
            stages["disaster_transition_stage"].append((later, on + 5, on + 95))
            stages["house_damaged_by_disaster"].append((broken, on + 1, on + 366))
    for county, on, share in DROUGHTS:
        if world.first <= on:
            who = _struck(rng, folk, county, on, share)
            stages["drought_difficulty"].append((who, on, on + 120))
    for year in range(2023, 2026):
        on = day(year, 12, 3)
        who = draw_present(
            rng, folk, np.full(world.some(9000), on), np.flatnonzero(_entitled(folk))
        )
        who = np.unique(who[who >= 0])
        stages["winter_spring_difficulty"].append((who, on, day(year + 1, 11, 30)))
    return {code: _joined(parts) for code, parts in stages.items()}


def _joined(parts: list[tuple[np.ndarray, int, int]]) -> Has:
    if not parts:
        none = np.zeros(0, dtype=np.int64)
        return Has(none, none, none)
    return Has(
        np.concatenate([who for who, _, _ in parts]),
        np.concatenate([np.full(len(who), a) for who, a, _ in parts]),
        np.concatenate([np.full(len(who), b) for who, _, b in parts]),
    )


def _drawn(world, folk, name, usual, window, among=None, by_month=None) -> Has:
    """So many events over the history at the usual size."""
    rng = world.rng(f"event {name}")
    on = random_days(rng, world, world.some(usual * world.months / 36), by_month)
    who = draw_present(rng, folk, on, among)
    end = np.full(len(on), FAR) if window is None else on + window
    return Has(who, on, end).where(who >= 0)


def illnesses(world: World, folk: People, traits: dict[str, Has]) -> dict[str, Has]:
    """Hospital and outpatient costs, aid that leaves a heavy burden, emergencies unpaid."""
    ill = np.unique(traits["major_disease"].person)
    inpatient = _drawn(world, folk, "inpatient", 34_000, 365, ill, _WINTER)
    outpatient = _drawn(world, folk, "outpatient", 12_000, 365, ill)
    rng = world.rng("burden")
    heavy = inpatient.where(rng.random(len(inpatient.person)) < 0.12)
    at_home = rng.random(len(heavy.person)) < 0.7
    away = heavy.where(~at_home)
    urgent = _drawn(world, folk, "urgent", 900, 180, None, _WINTER)
    unknown = rng.random(len(urgent.person)) < 0.15
    return {
        "designated_inpatient_cost": inpatient,
        "long_term_outpatient_cost": outpatient,
        "medical_aid_received": heavy,
        "insured_place_designated": heavy.where(at_home),
        "referral_standard": away,
        "in_province": away.where(rng.random(len(away.person)) < 0.8),
        "burden_still_heavy": heavy,
        "emergency_treatment": urgent,
        "identity_unknown": urgent.where(unknown),
        "unable_to_pay": urgent.where(~unknown),
    }


def deaths(folk: People) -> Has:
    """A death in the household, noted with its head (another member when the head died)."""
    n = folk.members
    dead = np.flatnonzero((folk.death[:n] < FAR) & (folk.place[:n] > 0))
    head = dead - folk.place[dead]
    alive = folk.death[head] >= FAR
    dead, head = dead[alive], head[alive]
    return Has(head, folk.death[dead], folk.death[dead] + 180)


def others(world: World, folk: People, traits: dict[str, Has]) -> dict[str, Has]:
    """Student loans, hiring by enterprises, deaths in the household."""
    students = traits["student"]
    loans = np.unique(students.person[students.one == 5])
    capable = traits["labour_capable"].person
    return {
        "student_loan": _drawn(world, folk, "loan", 3_000, None, loans),
        "hired_by_enterprise": _drawn(world, folk, "hired", 5_500, 365, capable),
        "death": deaths(folk),
    }


def _source(code: str) -> str:
    sources = [dept for start, dept in _SOURCE.items() if code.startswith(start)]
    return sources[0] if sources else "medical_security"


def hardship_events(world: World, every: dict[str, Has], folk: People, where: Places):
    """The table; a window that closes after the last day keeps its day: it is a plan."""
    parts, number = [], 0
    for code, has in every.items():
        has = has.where(has.start <= world.last)
        n = len(has.person)
        parts.append(
            frame(
                "hardship_event",
                {
                    "event_id": keys("D", np.arange(number, number + n)),
                    "person_key": keys("P", has.person),
                    "event_code": code,
                    "occurred_on": dates(has.start),
                    "window_to": plans(has.end),
                    "region_code": labels(where.townships, folk.township[has.person]),
                    "source_dept": _source(code),
                },
            )
        )
        number += n
    return pl.concat(parts)
