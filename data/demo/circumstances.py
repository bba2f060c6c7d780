"""Circumstances of the persons in the register: disability, illness, school, work, housing."""

import numpy as np
import polars as pl

from data.demo.clock import FAR, day
from data.demo.columns import dates, frame, keys, labels
from data.demo.homes import MARGIN, TEKUN, Homes, lifetimes
from data.demo.people import People
from data.demo.schooling import STAGES, students
from data.demo.traits import Has
from data.demo.world import World

TYPES = ["visual", "hearing", "speech", "physical", "intellectual", "mental", "multiple"]
_TYPE_SHARE = (0.12, 0.14, 0.02, 0.46, 0.10, 0.11, 0.05)
_LEVEL_SHARE = (0.12, 0.25, 0.30, 0.33)
_SOURCE = {
    "disability": "disabled_federation",
    "major_disease": "medical_security",
    "chronic_long_term": "medical_security",
    "student": "education",
    "urban_housing_difficulty": "housing",
    "rural_housing_unsafe": "housing",
    "resident_insurance": "medical_security",
    "need_care": "civil_affairs",
    "other_special_difficulty": "civil_affairs",
}


def _spells(world: World, name: str, who: np.ndarray, folk: People, leaves: float) -> Has:
    """The circumstance comes and goes, never before birth."""
    rng = world.rng(f"circumstance {name}")
    start, end = lifetimes(rng, world, len(who), leaves)
    start = np.maximum(start, folk.birth[who] + 40)
    return _real(Has(who, start, end), world)


def _real(has: Has, world: World) -> Has:
    return has.where((has.end > has.start) & (has.start <= world.last))


def disability(world: World, folk: People) -> Has:
    rng = world.rng("disability")
    n, age = folk.members, folk.age(world.last)[: folk.members]
    chance = np.where(age < 18, 0.05, np.where(age < 60, 0.15, 0.16))
    chance = np.where(folk.category[:n] == TEKUN, 0.38, chance)
    who = np.flatnonzero(rng.random(n) < chance)
    new = rng.random(len(who)) < 0.15
    long_ago = rng.integers(day(2010, 1, 1), world.first, len(who))
    lately = rng.integers(world.first, world.last, len(who))
    start = np.maximum(np.where(new, lately, long_ago), folk.birth[who] + 200)
    kind = rng.choice(len(TYPES), len(who), p=_TYPE_SHARE)
    level = rng.choice(4, len(who), p=_LEVEL_SHARE) + 1
    has = Has(who, start, np.full(len(who), FAR), level, kind)
    return has.where(start <= world.last)


def severe(has: Has) -> np.ndarray:
    """Of the disabled, who is severely so."""
    mind = np.isin(has.two, (TYPES.index("intellectual"), TYPES.index("mental")))
    return (has.one <= 2) | ((has.one == 3) & mind)


def _work(world: World, folk: People, disabled: Has) -> dict[str, Has]:
    rng = world.rng("work")
    age = folk.age(world.last)[: folk.members]
    adult = np.flatnonzero((age >= 19) & (age < 60))
    able = rng.choice(3, len(adult), p=(0.52, 0.26, 0.22))
    hard = np.isin(adult, disabled.person[severe(disabled)])
    able = np.where(hard, 2, able)
    since = np.maximum(folk.birth[adult] + 18 * 366, world.first - rng.integers(0, 2000, len(able)))
    since = np.minimum(since, world.last)
    codes = ("labour_capable", "weak_labour", "no_labour")
    spells_by_code = {
        c: Has(adult[able == i], since[able == i], np.full((able == i).sum(), FAR))
        for i, c in enumerate(codes)
    }
    capable = adult[able == 0]
    jobless = capable[rng.random(len(capable)) < 0.30]
    out = _spells(world, "unemployed", jobless, folk, 0.04)
    idle = adult[hard & (rng.random(len(adult)) < 0.45)]
    never = Has(idle, np.full(len(idle), world.first - 400), np.full(len(idle), FAR))
    willing = rng.random(len(out.person)) < 0.55
    spells_by_code["unemployed"] = Has(
        *(np.concatenate([getattr(out, k), getattr(never, k)]) for k in ("person", "start", "end"))
    )
    spells_by_code["job_willing"] = out.where(willing)
    zero = out.where(willing & (rng.random(len(willing)) < 0.10))
    stop = np.minimum(zero.end, zero.start + 20 + rng.exponential(100, len(zero.end)).astype(int))
    spells_by_code["zero_employment_household"] = Has(
        zero.person, zero.start, np.where(stop > world.last, FAR, stop)
    )
    few = capable[rng.random(len(capable)) < 0.02]
    spells_by_code["startup_willing"] = _spells(world, "startup", few, folk, 0.04)
    some = adult[(able == 1) & (rng.random(len(adult)) < 0.05)]
    spells_by_code["market_hard_to_employ"] = _spells(world, "hard", some, folk, 0.02)
    return spells_by_code


def _housing(world: World, folk: People, homes: Homes) -> dict[str, Has]:
    rng = world.rng("housing")
    home = folk.home[: folk.members]
    draw = rng.random(len(homes))
    start, end = lifetimes(rng, world, len(homes), 0.015)
    city = np.flatnonzero((homes.urban & (draw < 0.17))[home])
    begun = world.first - 500 + rng.integers(0, world.last - world.first + 440, len(homes))
    grade = rng.choice(("C", "D"), len(homes), p=(0.7, 0.3))
    land = np.flatnonzero((~homes.urban & (draw < 0.012))[home])
    fixed = begun + 60 + rng.lognormal(5.2, 0.5, len(homes)).astype(np.int64) * 2
    fixed = np.where((rng.random(len(homes)) < 0.85) & (fixed <= world.last), fixed, FAR)
    born = folk.birth + 31
    town = Has(city, np.maximum(start[home[city]], born[city]), end[home[city]])
    farm = Has(
        land, np.maximum(begun[home[land]], born[land]), fixed[home[land]], grade[home[land]]
    )
    return {
        "urban_housing_difficulty": town.where(
            (town.end > town.start) & (town.start <= world.last)
        ),
        "rural_housing_unsafe": farm.where((farm.end > farm.start) & (farm.start <= world.last)),
    }


def _insured(world: World, folk: People, of_tekun: np.ndarray) -> np.ndarray:
    """Who is in residents' insurance: nearly all, but for those insured as employees."""
    rng, n = world.rng("resident insurance"), folk.members
    age = folk.age(world.last)[:n]
    employed = (age >= 19) & (age < 60) & (rng.random(n) < 0.06)
    others = ~employed & (rng.random(n) < 0.985)
    return np.flatnonzero(np.where(folk.category[:n] == TEKUN, of_tekun < 0.975, others))


def circumstances(world: World, folk: People, homes: Homes) -> dict[str, Has]:
    """All circumstances by code."""
    rng = world.rng("illness")
    n, age = folk.members, folk.age(world.last)[: folk.members]
    draw, margin = rng.random((4, n)), folk.category[:n] == MARGIN
    disabled = disability(world, folk)
    ill = np.flatnonzero(draw[0] < np.where(margin, 0.06, 0.035) * (0.5 + age / 80))
    long_ill = np.flatnonzero(draw[1] < 0.03 + 0.0028 * age)
    weak = np.zeros(n)
    weak[disabled.person[severe(disabled)]] = 0.25
    care = np.flatnonzero(draw[2] < np.where(age >= 75, 0.18, 0.004) + weak)
    special = np.flatnonzero(margin & (draw[3] < 0.02))
    insured = _insured(world, folk, draw[3])
    joined = np.maximum(day(2019, 1, 1), folk.birth[insured] + 31)
    return {
        "disability": disabled,
        "student": students(world, folk),
        "major_disease": _spells(world, "major_disease", ill, folk, 0.012),
        "chronic_long_term": _spells(world, "chronic", long_ill, folk, 0.004),
        "need_care": _spells(world, "need_care", care, folk, 0.008),
        "other_special_difficulty": _spells(world, "special", special, folk, 0.01),
        "resident_insurance": Has(insured, joined, np.full(len(insured), FAR)),
        **_work(world, folk, disabled),
        **_housing(world, folk, homes),
    }


def _attributes(code: str, has: Has) -> tuple[pl.Series, pl.Series]:
    none = np.full(len(has.person), -1)
    if code == "disability":
        return pl.Series(has.one).cast(pl.String), labels(TYPES, has.two)
    if code == "student":
        return labels(STAGES, has.one), labels([], none)
    if code == "rural_housing_unsafe":
        return pl.Series(has.one.tolist(), dtype=pl.String), labels([], none)
    return labels([], none), labels([], none)


def circumstance_spells(all_of_them: dict[str, Has]) -> pl.DataFrame:
    parts, number = [], 0
    for code, has in all_of_them.items():
        one, two = _attributes(code, has)
        number_to = number + len(has.person)
        columns = {
            "spell_id": keys("C", np.arange(number, number_to)),
            "person_key": keys("P", has.person),
            "circumstance_code": code,
            "attr1": one,
            "attr2": two,
            "source_dept": _SOURCE.get(code, "human_resources"),
            "valid_from": dates(has.start),
            "valid_to": dates(has.end),
        }
        parts.append(frame("circumstance_spell", columns))
        number = number_to
    return pl.concat(parts)
