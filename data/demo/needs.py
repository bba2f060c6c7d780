"""Referrals without a warning: needs that the platform pushes to the departments by itself."""

import numpy as np

from data.demo.clock import DAY, to_workday
from data.demo.hardship import random_days
from data.demo.people import People, draw_present
from data.demo.profile import DEPT_CODES
from data.demo.referrals import Hop
from data.demo.routes import PROGRAMME_OF_ROUTE, ROUTES
from data.demo.world import World

A_MONTH = 330
#: Share of the needs by department, in the order of departments; most are of housing.
_SHARE = (0.05, 0.09, 0.10, 0.24, 0.10, 0.06, 0.08, 0.09, 0.10, 0.09)


def needs(world: World, folk: People, missed: dict[str, np.ndarray]) -> Hop:
    """So many a month; where someone is known to be missed, of those."""
    rng = world.rng("needs")
    on = to_workday(random_days(rng, world, world.some(A_MONTH * world.months)))
    on = np.minimum(on, world.last)
    dept = rng.choice(len(DEPT_CODES), len(on), p=_SHARE)
    route = np.zeros(len(on), dtype=np.int64)
    for number, code in enumerate(DEPT_CODES):
        entry = [
            i
            for i, r in enumerate(ROUTES)
            if r.department == code and r.programme and r.kind not in ("death", "graduated")
        ]
        rows = np.flatnonzero(dept == number)
        if not entry:
            entry = [PROGRAMME_OF_ROUTE.index("P1206")]
        route[rows] = rng.choice(entry, len(rows))
    person = draw_present(rng, folk, on)
    pick = rng.random(len(on)) < 0.5
    for number, programme in enumerate(PROGRAMME_OF_ROUTE):
        pool = missed.get(str(programme), np.zeros(0, dtype=np.int64))
        rows = np.flatnonzero(pick & (route == number))
        if len(pool):
            person[rows] = pool[rng.integers(0, len(pool), len(rows))]
    ok = (person >= 0) & (on <= world.last)
    at = on * DAY + rng.integers(30_600, 63_000, len(on))
    none = np.full(ok.sum(), -1)
    true = rng.random(ok.sum()) < 0.5
    return Hop(none, person[ok], route[ok], folk.county[person[ok]], true, dept[ok], at[ok])
