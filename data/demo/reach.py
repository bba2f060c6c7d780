"""Who of the entitled is reached by which programme, and how late."""

import numpy as np

from data.demo.clock import FAR, spread
from data.demo.people import People
from data.demo.profile import CHENG, NEVER_STARTED, POOR_HOUSING_COUNTY, REACH, WEN
from data.demo.traits import Has
from data.demo.world import World

#: Share of the entitled who are reached in the end, before the county's own part.
USUAL = {
    "P0801": 0.985,
    "P0802": 0.990,
    "P0803": 0.900,
    "P0804": 0.780,
    "P0911": 0.975,
    "P0912": 0.972,
    "P0913": 0.780,
    "P0915": 0.640,
    "P0916": 0.750,
    "P0921": 0.930,
    "P0922": 0.950,
    "P0923": 0.955,
    "P0924": 0.940,
    "P0925": 0.900,
    "P0931": 0.800,
    "P0933": 0.940,
    "P0946": 0.880,
    "P0947": 0.930,
    "P0948": 0.450,
    "P0951": 0.930,
    "P0952": 0.900,
    "P0953": 0.880,
    "P0954": 0.920,
    "P0955": 0.880,
    "P1101": 0.780,
    "P1201": 0.966,
    "P1202": 0.820,
    "P1203": 0.900,
    "P1204": 0.860,
    "P1205": 0.700,
}

#: Paid by the register itself: counties differ little.
FROM_THE_REGISTER = ("P0801", "P0802", "P0911", "P0912")


def shares(world: World, programme: str) -> np.ndarray:
    """By county, the share that is reached."""
    noise = world.rng(f"share {programme}").normal(0, 0.010, 9)
    part = 0.1 if programme in FROM_THE_REGISTER else 1.0
    share = USUAL.get(programme, 0.5) + part * (np.array(REACH) + noise)
    if programme == "P0931":
        share[POOR_HOUSING_COUNTY] = 0.45
    if programme == "P0922":
        share[WEN] -= 0.06
    if programme == "P1205":
        share[CHENG] -= 0.05
    if programme == NEVER_STARTED[0]:
        share[NEVER_STARTED[1]] = 0.0
    return np.clip(share, 0.0, 0.995)


def reached(world: World, programme: str, unit: np.ndarray, county: np.ndarray) -> np.ndarray:
    """Whether each unit (person or household, by number) is reached at all."""
    draws = world.rng(f"reach {programme}").random(int(unit.max(initial=0)) + 1)
    return draws[unit] < shares(world, programme)[county]


def granted(world: World, folk: People, programme: str, has: Has, lag: float, home=False) -> Has:
    """Those who are reached, from the day it reaches them to the end of their entitlement."""
    rng = world.rng(f"lag {programme}")
    unit = folk.home[has.person] if home else has.person
    ok = reached(world, programme, unit, folk.county[has.person])
    start = has.start + spread(rng, lag, 0.6, len(has.person))
    late = Has(has.person, start, has.end, has.one, has.two)
    return late.where(ok & (start < np.minimum(has.end, FAR)) & (start <= world.last))


def missed(world: World, folk: People, programme: str, has: Has, home=False) -> np.ndarray:
    """Persons who are entitled on the last day and never reached."""
    unit = folk.home[has.person] if home else has.person
    ok = reached(world, programme, unit, folk.county[has.person])
    return np.unique(has.person[~ok & (has.end > world.last)])
