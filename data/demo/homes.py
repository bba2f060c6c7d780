"""Households: what they are recognised as, where they live, when they come and go."""

from dataclasses import dataclass

import numpy as np

from data.demo.clock import FAR, month_of, to_workday
from data.demo.places import Places
from data.demo.profile import POVERTY
from data.demo.world import World

CATEGORIES = [
    "tekun",
    "dibao",
    "dibao_margin",
    "rigid_expenditure",
    "relapse_monitored",
    "other",
]
TEKUN, DIBAO, MARGIN, RIGID, RELAPSE, OTHER = range(6)
#: More people come in winter and after the summer floods.
SEASON = np.array([1.15, 0.85, 1.0, 0.95, 0.95, 0.95, 1.0, 1.1, 1.0, 0.95, 1.05, 1.2])


@dataclass(frozen=True)
class Kind:
    """A kind of household; `leaves`: share that leaves in a month."""

    category: int
    urban: float
    persons: float
    sizes: tuple[float, ...]
    leaves: float


KINDS = (
    Kind(DIBAO, 0.0, 208_400, (0.28, 0.30, 0.20, 0.14, 0.08), 0.0065),
    Kind(DIBAO, 1.0, 20_150, (0.45, 0.27, 0.18, 0.07, 0.03), 0.009),
    Kind(TEKUN, 0.08, 13_350, (0.93, 0.07), 0.0015),
    Kind(MARGIN, 0.15, 34_100, (0.12, 0.22, 0.27, 0.24, 0.15), 0.015),
    Kind(RIGID, 0.20, 7_600, (0.10, 0.25, 0.30, 0.20, 0.15), 1 / 11.5),
    Kind(RELAPSE, 0.0, 11_900, (0.10, 0.20, 0.27, 0.25, 0.18), 0.018),
    Kind(OTHER, 0.2, 1_800, (0.25, 0.30, 0.25, 0.15, 0.05), 0.02),
)


@dataclass(frozen=True)
class Homes:
    category: np.ndarray
    urban: np.ndarray
    village: np.ndarray
    township: np.ndarray
    county: np.ndarray
    size: np.ndarray
    start: np.ndarray
    end: np.ndarray

    def __len__(self) -> int:
        return len(self.start)


def lifetimes(rng, world: World, n: int, leaves: float) -> tuple[np.ndarray, np.ndarray]:
    """First and last day of `n` things of which a constant number is there at any time."""
    before = rng.random(n) < 1 / (1 + world.months * leaves)
    chance = SEASON[month_of(world.month_starts) - 1] * rng.lognormal(0, 0.06, world.months)
    month = rng.choice(world.month_starts, n, p=chance / chance.sum())
    entered = np.minimum(to_workday(month + rng.integers(0, 30, n)), world.last)
    long_ago = world.first - 1 - np.minimum(rng.exponential(min(1 / leaves, 60), n) * 30.4, 5000)
    start = np.where(before, long_ago.astype(np.int64), entered)
    stay = rng.exponential(30.4 / leaves, n).astype(np.int64) + 20
    end = to_workday(np.maximum(start, world.first) + np.minimum(stay, 2800))
    return start, np.where(end > world.last, FAR, end)


def yearly_lifetimes(rng, world: World, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Households of rigid expenditure: twelve months at most."""
    days = world.last - world.first + 365
    start = to_workday(world.last - rng.integers(0, days, n))
    start = np.minimum(start, world.last)
    early = rng.random(n) < 0.08
    end = start + np.where(early, rng.integers(90, 330, n), 365)
    return start, np.where(end > world.last, FAR, end)


def _villages(rng, where: Places, urban: np.ndarray) -> np.ndarray:
    """A village for each household: by residents and poverty, urban ones in communities."""
    county_of = where.county_of_village
    chance = where.village_weight * np.where(where.community, 0.3, 1.0)
    chance = chance / np.bincount(county_of, chance)[county_of]
    chance = chance * (where.residents * np.array(POVERTY))[county_of]
    rural = rng.choice(len(chance), len(urban), p=chance / chance.sum())
    town = where.village_weight * where.community * where.residents[county_of]
    return np.where(urban, rng.choice(len(town), len(urban), p=town / town.sum()), rural)


def _one_kind(rng, world: World, kind: Kind) -> dict[str, np.ndarray]:
    mean = np.dot(kind.sizes, np.arange(1, len(kind.sizes) + 1))
    stock = kind.persons * world.scale / mean
    if kind.category == RIGID:
        n = max(4, round(stock * (1 + world.months / 12)))
        start, end = yearly_lifetimes(rng, world, n)
    else:
        n = max(4, round(stock * (1 + world.months * kind.leaves)))
        start, end = lifetimes(rng, world, n, kind.leaves)
    return {
        "category": np.full(n, kind.category),
        "urban": rng.random(n) < kind.urban,
        "size": rng.choice(len(kind.sizes), n, p=kind.sizes) + 1,
        "start": start,
        "end": end,
    }


def homes(world: World, where: Places) -> Homes:
    """All households of the history, in no particular order."""
    rng = world.rng("homes")
    parts = [_one_kind(rng, world, kind) for kind in KINDS]
    columns = {name: np.concatenate([p[name] for p in parts]) for name in parts[0]}
    order = rng.permutation(len(columns["start"]))
    columns = {name: values[order] for name, values in columns.items()}
    village = _villages(rng, where, columns["urban"])
    township = where.township_of_village[village]
    county = where.county_of_township[township]
    return Homes(village=village, township=township, county=county, **columns)
