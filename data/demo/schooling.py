"""Who is at which stage of school in which years: stages begin and end on 1 September."""

import numpy as np

from data.demo.clock import FAR
from data.demo.people import People
from data.demo.traits import Has
from data.demo.world import World

STAGES = ["preschool", "primary", "junior", "senior_high", "vocational", "higher"]
#: Stage, age at its start and at its end, draw from and below which one goes there.
_PATH = (
    (0, 3, 6, 0.0, 0.80),
    (1, 6, 12, 0.0, 0.99),
    (2, 12, 15, 0.0, 0.97),
    (3, 15, 18, 0.0, 0.55),
    (4, 15, 18, 0.55, 0.88),
    (5, 18, 22, 0.0, 0.34),
)


def _september(year: np.ndarray) -> np.ndarray:
    """1 September of each year, as a day number."""
    months = ((year - 1970) * 12 + 8).astype("datetime64[M]")
    return months.astype("datetime64[D]").astype(np.int64)


def students(world: World, folk: People) -> Has:
    """A spell for each person and stage that reaches into the history."""
    rng = world.rng("students")
    n = folk.members
    months = folk.birth[:n].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    cohort = 1970 + (months - 8) // 12 + 1
    draw = rng.random(n)
    parts = []
    for number, begins, ends, low, high in _PATH:
        start, end = _september(cohort + begins), _september(cohort + ends)
        goes = (draw >= low) & (draw < high) & (start <= world.last) & (end > world.first)
        who = np.flatnonzero(goes)
        parts.append((who, start[who], end[who], np.full(len(who), number)))
    who, start, end, stage = (np.concatenate([p[i] for p in parts]) for i in range(4))
    return Has(who, start, np.where(end > world.last, FAR, end), stage)
