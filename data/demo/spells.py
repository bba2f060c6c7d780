"""Identification spells: one a person and category, with overlaps and earlier ones."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from data.demo.clock import FAR
from data.demo.columns import dates, frame, keys, labels
from data.demo.homes import CATEGORIES, DIBAO, MARGIN, RELAPSE, RIGID, TEKUN, Homes, lifetimes
from data.demo.people import People
from data.demo.places import Places
from data.demo.world import World

SUB_CODES = [
    "rural_class_1",
    "rural_class_2",
    "rural_class_3",
    "rural_class_4",
    "tekun_central",
    "tekun_scattered",
    "unstable_escaped",
    "marginal_prone",
    "sudden_hardship",
    "single_person",
]
REASONS = [
    "income_over",
    "asset_over",
    "moved",
    "voluntary",
    "correction",
    "risk_removed",
    "expired",
    "death",
    "upgraded",
]
_WHY = {
    DIBAO: (0.60, 0.16, 0.08, 0.09, 0.07, 0, 0, 0, 0),
    TEKUN: (0.25, 0.10, 0.25, 0.25, 0.15, 0, 0, 0, 0),
    MARGIN: (0.45, 0.12, 0.08, 0.08, 0.07, 0, 0.20, 0, 0),
    RIGID: (0.03, 0.01, 0.01, 0.02, 0.01, 0, 0.92, 0, 0),
    RELAPSE: (0.05, 0.02, 0.03, 0.02, 0.03, 0.85, 0, 0, 0),
}
#: Households of rural dibao, and of tekun, that are monitored for relapse too, over the history.
ALSO_MONITORED = (0.160, 0.10)


@dataclass(frozen=True)
class Spells:
    person: np.ndarray
    category: np.ndarray
    sub: np.ndarray
    start: np.ndarray
    end: np.ndarray
    reason: np.ndarray
    application: np.ndarray

    def of(self, category: int) -> "Spells":
        return self.where(self.category == category)

    def where(self, mask: np.ndarray) -> "Spells":
        return Spells(**{name: values[mask] for name, values in vars(self).items()})


def _subs(rng, homes: Homes) -> np.ndarray:
    """Sub-category of each household."""
    n = len(homes)
    classes = rng.choice(4, n, p=(0.14, 0.40, 0.33, 0.13))
    central = np.where(rng.random(n) < 0.22, 4, 5)
    risk = rng.choice((6, 7, 8), n, p=(0.3, 0.45, 0.25))
    single = np.where((homes.size == 1) & (rng.random(n) < 0.06), 9, -1)
    rural_dibao = (homes.category == DIBAO) & ~homes.urban
    rules = [rural_dibao, homes.category == TEKUN, homes.category == RELAPSE, homes.urban]
    return np.select(rules, [classes, central, risk, single], -1)


def _reasons(rng, category: np.ndarray) -> np.ndarray:
    reason = np.zeros(len(category), dtype=np.int64)
    for code, chances in _WHY.items():
        rows = np.flatnonzero(category == code)
        reason[rows] = rng.choice(len(chances), len(rows), p=chances)
    return reason


def main_spells(world: World, homes: Homes, folk: People) -> Spells:
    """What each member's household is recognised as."""
    rng = world.rng("spells")
    home = folk.home[: folk.members]
    entered = homes.start >= world.first
    application = np.where(entered, np.cumsum(entered) - 1, -1)
    reason = _reasons(rng, homes.category)[home]
    end, death = folk.end[: folk.members], folk.death[: folk.members]
    reason = np.where(death < end, REASONS.index("death"), reason)
    return Spells(
        person=np.arange(folk.members),
        category=homes.category[home],
        sub=_subs(rng, homes)[home],
        start=folk.start[: folk.members],
        end=end,
        reason=np.where(end < FAR, reason, -1),
        application=application[home],
    )


def monitored_spells(world: World, homes: Homes, folk: People) -> Spells:
    """Persons of dibao and tekun households who are monitored for relapse besides."""
    rng = world.rng("monitored")
    draw = rng.random(len(homes))
    dibao = (homes.category == DIBAO) & ~homes.urban & (draw < ALSO_MONITORED[0])
    tekun = (homes.category == TEKUN) & ~homes.urban & (draw < ALSO_MONITORED[1])
    chosen = dibao | tekun
    start, end = lifetimes(rng, world, len(homes), 0.018)
    who = np.flatnonzero(chosen[folk.home[: folk.members]])
    home = folk.home[who]
    begin = np.maximum(start[home], folk.start[who])
    stop = np.minimum(np.maximum(end[home], begin + 60), folk.end[who])
    ok = stop > begin
    dead = folk.death[who] < stop
    sub = rng.choice((6, 7, 8), len(homes), p=(0.3, 0.45, 0.25))[home]
    reason = np.where(dead, REASONS.index("death"), REASONS.index("risk_removed"))
    both = Spells(
        person=who,
        category=np.full(len(who), RELAPSE),
        sub=sub,
        start=begin,
        end=np.where(stop > world.last, FAR, stop),
        reason=np.where(stop > world.last, -1, reason),
        application=np.full(len(who), -1),
    )
    return both.where(ok)


def earlier_spells(world: World, homes: Homes, folk: People) -> Spells:
    """What some had been before: margin upgraded to dibao, dibao turned to margin."""
    rng = world.rng("earlier")
    entered = homes.start > world.first + 90
    draw = rng.random(len(homes))
    up = entered & (homes.category == DIBAO) & (draw < 0.08)
    down = entered & (homes.category == MARGIN) & (draw < 0.12)
    length = rng.integers(90, 700, len(homes))
    who = np.flatnonzero((up | down)[folk.home[: folk.members]])
    home = folk.home[who]
    begin = np.maximum(homes.start[home] - length[home], folk.birth[who] + 31)
    rows = Spells(
        person=who,
        category=np.where(up[home], MARGIN, DIBAO),
        sub=np.where(up[home] | homes.urban[home], -1, 2),
        start=begin,
        end=homes.start[home],
        reason=np.where(up[home], REASONS.index("upgraded"), REASONS.index("income_over")),
        application=np.full(len(who), -1),
    )
    return rows.where((begin < homes.start[home]) & (folk.start[who] == homes.start[home]))


def join(parts: list[Spells]) -> Spells:
    """All spells, ordered by person."""
    names = vars(parts[0])
    columns = {name: np.concatenate([getattr(p, name) for p in parts]) for name in names}
    order = np.lexsort((columns["start"], columns["person"]))
    return Spells(**{name: values[order] for name, values in columns.items()})


def identification(spells: Spells, folk: People, where: Places) -> pl.DataFrame:
    who = spells.person
    return frame(
        "identification_spell",
        {
            "spell_id": keys("I", np.arange(len(who))),
            "person_key": keys("P", who),
            "household_key": keys("H", folk.home[who], 7),
            "category_code": labels(CATEGORIES, spells.category),
            "sub_code": labels(SUB_CODES, spells.sub),
            "region_code": labels(where.townships, folk.township[who]),
            "residence_type": labels(["rural", "urban"], folk.urban[who].astype(np.int64)),
            "valid_from": dates(spells.start),
            "valid_to": dates(spells.end),
            "end_reason": labels(REASONS, spells.reason),
            "application_id": keys("A", spells.application),
        },
    )
