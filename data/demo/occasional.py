"""Benefits on occasion: illness, disaster, housing, work, funerals, charity."""

import numpy as np

from data.demo.clock import DAY, FAR
from data.demo.gifts import Gifts
from data.demo.hardship import random_days
from data.demo.homes import DIBAO, MARGIN, RIGID, TEKUN
from data.demo.people import People, draw_present
from data.demo.period import codes
from data.demo.policy import in_scope_since
from data.demo.reach import granted
from data.demo.routes import PROGRAMME_OF_ROUTE
from data.demo.traits import Has, both
from data.demo.world import World

#: Programme: the event that calls for it, days until it comes, mean amount.
_AFTER = {
    "P0913": ("designated_inpatient_cost", 22, 3200.0),
    "P0915": ("burden_still_heavy", 60, 5200.0),
    "P0916": ("emergency_treatment", 8, 2600.0),
    "P0926": ("student_loan", 90, 4000.0),
    "P0941": ("hired_by_enterprise", 75, 2400.0),
    "P0951": ("disaster_emergency_stage", 3, 260.0),
    "P0952": ("disaster_transition_stage", 18, 1500.0),
    "P0953": ("drought_difficulty", 25, 240.0),
    "P0954": ("winter_spring_difficulty", 30, 280.0),
    "P0955": ("house_damaged_by_disaster", 70, 20000.0),
}
_HOUSEHOLD = {"P0933", "P0947", "P0955"}


def _amounts(rng, mean: float, n: int) -> np.ndarray:
    return np.round(mean * rng.lognormal(-0.08, 0.4, n))


def _gifts(world: World, programme: str, given: Has, mean: float) -> Gifts:
    rng = world.rng(f"amount {programme}")
    n, on = len(given.person), given.start
    return Gifts(programme, given.person, on, codes(programme, on), _amounts(rng, mean, n))


def after_events(world: World, folk: People, events: dict[str, Has]) -> list[Gifts]:
    """What follows an event: later in some counties, never for some."""
    out = []
    for programme, (code, lag, mean) in _AFTER.items():
        has = events[code]
        has = Has(has.person, has.start, np.full(len(has.person), FAR))
        given = granted(world, folk, programme, has, lag, home=programme in _HOUSEHOLD)
        out.append(_gifts(world, programme, given, mean))
    opened = in_scope_since("P1202", "any")[folk.county[events["death"].person]]
    funerals = events["death"].where(events["death"].start >= opened)
    out.append(_gifts(world, "P1202", granted(world, folk, "P1202", funerals, 25), 800.0))
    return out


def after_circumstances(world: World, folk: People, traits: dict[str, Has]) -> list[Gifts]:
    """Unsafe houses repaired, households without work helped."""
    unsafe = traits["rural_housing_unsafe"]
    head = unsafe.where(folk.place[unsafe.person] == 0)
    mended = head.where((head.end < FAR) & (head.end <= world.last))
    waiting = head.where(head.end >= FAR)
    paid = Has(mended.person, np.maximum(mended.start, mended.end - 45), mended.end)
    begun = granted(world, folk, "P0933", waiting, 100, home=True)
    zero = traits["zero_employment_household"]
    return [
        _gifts(world, "P0933", paid, 22_000.0),
        _gifts(world, "P0933", begun, 12_000.0),
        _gifts(world, "P0947", granted(world, folk, "P0947", zero, 18, home=True), 0.0),
    ]


def _regular(world: World, folk: People, programme: str, has: Has, mean: float, a_year: float):
    """Some of those who have it, so many times a year while it lasts."""
    rng = world.rng(f"regular {programme}")
    days = np.minimum(has.end, world.last) - np.maximum(has.start, world.first)
    times = rng.poisson(np.maximum(days, 0) / 365 * a_year)
    rows = np.repeat(np.arange(len(times)), times)
    begin = np.maximum(has.start, world.first)[rows]
    on = begin + (rng.random(len(rows)) * days[rows]).astype(np.int64)
    n = len(rows)
    return Gifts(programme, has.person[rows], on, codes(programme, on), _amounts(rng, mean, n))


def regular(world: World, folk: People, traits: dict[str, Has]) -> list[Gifts]:
    n = folk.members
    present = Has(np.arange(n), folk.start[:n], folk.end[:n])
    disabled, student = traits["disability"], traits["student"]
    older = both(present, student.where(np.isin(student.one, (3, 4, 5))))
    child = disabled.where(world.last - folk.birth[disabled.person] < 17 * 365)
    margin = present.where(folk.category[:n] == MARGIN)
    starting = both(present, traits["startup_willing"])
    jobless = both(present, traits["unemployed"])
    return [
        _regular(world, folk, "P0914", both(present, traits["chronic_long_term"]), 900.0, 1.1),
        _regular(world, folk, "P0927", older, 600.0, 0.25),
        _regular(world, folk, "P0942", starting, 4000.0, 1.2),
        _regular(world, folk, "P0943", starting, 3000.0, 1.0),
        _regular(world, folk, "P0944", starting, 1200.0, 0.5),
        _regular(world, folk, "P0945", jobless, 400.0, 1.6),
        _regular(world, folk, "P1204", _opened("P1204", both(margin, child), folk), 9000.0, 2.4),
    ]


def _opened(programme: str, has: Has, folk: People) -> Has:
    since = in_scope_since(programme, "dibao_margin")[folk.county[has.person]]
    later = Has(has.person, np.maximum(has.start, since), has.end)
    return later.where(later.start < later.end)


#: Programmes of which an answered referral leaves a benefit of its own, and its mean amount.
_ON_REFERRAL = {
    "P0913": 3200.0,
    "P0914": 900.0,
    "P0916": 2600.0,
    "P0942": 4000.0,
    "P0945": 400.0,
    "P0951": 260.0,
    "P1206": 500.0,
}


def on_referral(world: World, route: np.ndarray, person, answered, helped) -> list[Gifts]:
    """What a department gave in answer to a referral, with the number of the referral."""
    out = []
    for programme, mean in _ON_REFERRAL.items():
        routes = [i for i, code in enumerate(PROGRAMME_OF_ROUTE) if code == programme]
        rows = np.flatnonzero(helped & np.isin(route, routes))
        on = answered[rows] // DAY
        amounts = _amounts(world.rng(f"on referral {programme}"), mean, len(rows))
        out.append(Gifts(programme, person[rows], on, codes(programme, on), amounts, rows))
    return out


def single(world: World, folk: People, severe_margin: Has) -> list[Gifts]:
    """Homes made accessible, once; gifts of charity, to anybody in the register."""
    homes = granted(world, folk, "P1205", _opened("P1205", severe_margin, folk), 200, home=True)
    rng = world.rng("charity")
    on = random_days(rng, world, world.some(30_000 * world.months / 36))
    poor = np.flatnonzero(np.isin(folk.category, (DIBAO, TEKUN, MARGIN, RIGID)))
    who = draw_present(rng, folk, on, poor)
    drawn = who >= 0
    gift = Has(who[drawn], on[drawn], on[drawn])
    return [_gifts(world, "P1205", homes, 3600.0), _gifts(world, "P1206", gift, 500.0)]
