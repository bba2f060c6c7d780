"""Persons of the households: age, sex, death, and when each is in the register."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from data.demo.clock import FAR, day, month_number
from data.demo.columns import dates, frame, keys, labels
from data.demo.homes import TEKUN, Homes
from data.demo.profile import STILL_PAID_COUNTY
from data.demo.world import World

#: People who are never in the register but whom a warning or an emergency concerns.
OUTSIDERS = 0.05
OLD = day(1924, 1, 1)


@dataclass(frozen=True)
class People:
    """One entry a person; `home` -1 for those never in the register."""

    home: np.ndarray
    place: np.ndarray
    female: np.ndarray
    birth: np.ndarray
    death: np.ndarray
    start: np.ndarray
    end: np.ndarray
    members: int
    category: np.ndarray
    urban: np.ndarray
    township: np.ndarray
    county: np.ndarray

    def __len__(self) -> int:
        return len(self.home)

    def age(self, at: int) -> np.ndarray:
        return (at - self.birth) // 365.2425


def _ages(rng, home_of: np.ndarray, place: np.ndarray, homes: Homes):
    """Age at the last day and sex, by the place in the household."""
    n = len(home_of)
    head = np.clip(rng.normal(56, 13, len(homes)), 21, 93)
    tekun = homes.category == TEKUN
    draw = rng.random(len(homes))
    old = np.clip(rng.normal(73, 8, len(homes)), 60, 98)
    grown = rng.uniform(20, 59, len(homes))
    young = rng.uniform(3, 15, len(homes))
    alone = np.where(draw < 0.85, old, np.where(draw < 0.97, grown, young))
    head = np.where(tekun, alone, head)
    child_gap = rng.normal(27, 5, n)
    partner = rng.random(n) < 0.66
    parent = rng.random(n) < 0.12
    first = head[home_of]
    second = np.where(partner, first + rng.normal(-1, 3.5, n), first - child_gap)
    age = np.where(place == 0, first, np.where(place == 1, second, first - child_gap - 3 * place))
    age = np.where((place >= 2) & parent & (first < 62), first + 24 + rng.random(n) * 5, age)
    age = np.where(age < 0.3, rng.uniform(0.3, 16, n), age)
    head_female = rng.random(len(homes)) < np.where(tekun, 0.17, 0.36)
    female = np.where(place == 0, head_female[home_of], rng.random(n) < 0.5)
    return np.minimum(age, 100), np.where((place == 1) & partner, ~head_female[home_of], female)


def _months(age: np.ndarray, world: World) -> np.ndarray:
    """First day of the month of birth."""
    born = np.maximum(world.last - age * 365.2425, OLD).astype(np.int64)
    month = born.astype("datetime64[D]").astype("datetime64[M]")
    return month.astype("datetime64[D]").astype(np.int64)


def _deaths(rng, age: np.ndarray, start: np.ndarray, world: World) -> np.ndarray:
    yearly = np.minimum(0.0006 * np.exp(0.082 * (age - 30)), 0.30)
    died = world.first + (rng.exponential(1, len(age)) / yearly * 365).clip(0, 9e5).astype(np.int64)
    return np.where((died <= world.last) & (died > start + 30), died, FAR)


def people(world: World, homes: Homes) -> People:
    rng = world.rng("people")
    home_of = np.repeat(np.arange(len(homes)), homes.size)
    place = np.arange(len(home_of)) - np.repeat(np.cumsum(homes.size) - homes.size, homes.size)
    age, female = _ages(rng, home_of, place, homes)
    birth = _months(age, world)
    start = np.maximum(homes.start[home_of], birth + 31)
    death = _deaths(rng, age, start, world)
    lag = rng.integers(2, 26, len(age))
    lag = np.where(homes.county[home_of] == STILL_PAID_COUNTY, lag * 3, lag)
    end = np.minimum(homes.end[home_of], np.where(death < FAR, death + lag, FAR))
    end = np.where(end > world.last, FAR, np.maximum(end, start + 1))
    extra = world.some(OUTSIDERS * world.persons / world.scale)
    outside = _months(rng.uniform(1, 90, extra), world)

    def with_outsiders(values: np.ndarray, fill) -> np.ndarray:
        return np.concatenate([values, np.full(extra, fill, dtype=values.dtype)])

    near = rng.integers(0, len(homes), extra)
    return People(
        home=with_outsiders(home_of, -1),
        place=with_outsiders(place, 0),
        female=np.concatenate([female, rng.random(extra) < 0.5]),
        birth=np.concatenate([birth, outside]),
        death=with_outsiders(death, FAR),
        start=with_outsiders(start, FAR),
        end=with_outsiders(end, FAR),
        members=len(home_of),
        category=with_outsiders(homes.category[home_of], -1),
        urban=with_outsiders(homes.urban[home_of], False),
        township=np.concatenate([homes.township[home_of], homes.township[near]]),
        county=np.concatenate([homes.county[home_of], homes.county[near]]),
    )


def persons(folk: People) -> pl.DataFrame:
    return frame(
        "person",
        {
            "person_key": keys("P", np.arange(len(folk))),
            "sex": labels(["male", "female"], folk.female.astype(np.int64)),
            "birth_month": dates(folk.birth),
            "death_date": dates(folk.death),
        },
    )


def draw_present(rng, folk: People, on: np.ndarray, among: np.ndarray | None = None) -> np.ndarray:
    """For each day someone (of `among`) who is in the register then; -1 when none is found."""
    pool = np.arange(folk.members) if among is None else among
    if len(pool) == 0:
        return np.full(len(on), -1)
    drawn = np.full(len(on), -1)
    for _ in range(12):
        todo = np.flatnonzero(drawn < 0)
        who = pool[rng.integers(0, len(pool), len(todo))]
        ok = (folk.start[who] <= on[todo]) & (folk.end[who] > on[todo])
        drawn[todo[ok]] = who[ok]
    return drawn


def months_of(days: np.ndarray, world: World) -> np.ndarray:
    """Position of each day's month in the history."""
    return month_number(days) - month_number(np.array([world.first]))[0]
