"""Services: visits and care, day care, the sunshine homes, social work."""

import numpy as np
import polars as pl

from data.demo.circumstances import severe
from data.demo.clock import FAR
from data.demo.columns import dates, frame, keys, labels
from data.demo.hardship import random_days
from data.demo.people import People, draw_present
from data.demo.places import Places
from data.demo.reach import granted
from data.demo.traits import Has, both
from data.demo.world import World

PROGRAMMES = ["P1101", "P1102", "P1103", "P1104"]
TYPES = ["visit", "care", "sunshine_home", "day_care", "psych", "resource", "capacity", "inclusion"]
RATINGS = ["satisfied", "basic", "unsatisfied", "none"]


def _repeated(rng, world: World, has: Has, every: int) -> tuple[np.ndarray, np.ndarray]:
    """A visit every so many days while it lasts, each some days off."""
    begin = np.maximum(has.start, world.first)
    span = np.maximum(np.minimum(has.end, world.last) - begin, 0)
    times = span // every + (span > 0)
    rows = np.repeat(np.arange(len(times)), times)
    nth = np.arange(len(rows)) - np.repeat(np.cumsum(times) - times, times)
    on = begin[rows] + nth * every + rng.integers(0, every // 2, len(rows))
    return has.person[rows], np.minimum(on, world.last)


def services(world: World, folk: People, traits: dict[str, Has], where: Places) -> pl.DataFrame:
    rng, n = world.rng("services"), folk.members
    present = Has(np.arange(n), folk.start[:n], folk.end[:n])
    disabled = traits["disability"]
    hard = disabled.where(severe(disabled))
    mind = disabled.where(np.isin(disabled.two, (4, 5)))
    need = granted(world, folk, "P1101", both(present, traits["need_care"]), 30)
    home = mind.where(rng.random(len(mind.person)) < 0.14)
    town = hard.where(folk.urban[hard.person] & (rng.random(len(hard.person)) < 0.35))
    plans = [
        (0, *_repeated(rng, world, need, 58)),
        (1, *_repeated(rng, world, both(present, home), 90)),
        (2, *_repeated(rng, world, both(present, town), 45)),
    ]
    on = random_days(rng, world, world.some(480 * world.months))
    plans.append((3, draw_present(rng, folk, on), on))
    programme = np.concatenate([np.full(len(on), p) for p, _, on in plans])
    who, planned = (np.concatenate([p[i] for p in plans]) for i in (1, 2))
    drawn = who >= 0
    order = np.argsort(planned[drawn], kind="stable")
    return _table(
        rng, programme[drawn][order], who[drawn][order], planned[drawn][order], folk, where
    )


def _table(rng, programme, who, planned, folk: People, where: Places) -> pl.DataFrame:
    n = len(who)
    done = rng.random(n) < np.array([0.90, 0.93, 0.88, 0.85])[programme]
    served = np.where(done, planned + rng.integers(0, 9, n), FAR)
    social = 4 + rng.choice(4, n, p=(0.35, 0.30, 0.20, 0.15))
    kind = np.select(
        [programme == 0, programme < 3], [rng.integers(0, 2, n), programme + 1], social
    )
    rating = np.where(done, rng.choice(4, n, p=(0.62, 0.20, 0.03, 0.15)), -1)
    return frame(
        "service_record",
        {
            "service_id": keys("S", np.arange(n)),
            "person_key": keys("P", who),
            "programme_code": labels(PROGRAMMES, programme),
            "service_type": labels(TYPES, kind),
            "region_code": labels(where.townships, folk.township[who]),
            "purchased": (rng.random(n) < 0.72).astype(np.int64),
            "planned_on": dates(planned),
            "served_on": dates(served),
            "rating": labels(RATINGS, rating),
        },
    )
