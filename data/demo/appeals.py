"""Appeals of the villages' meetings (民事直说) about assistance."""

import numpy as np
import polars as pl

from data.demo.alerts import Alerts
from data.demo.clock import DAY, FAR_TIME, later, spread
from data.demo.columns import frame, keys, labels, times
from data.demo.hardship import random_days
from data.demo.homes import Homes
from data.demo.people import People
from data.demo.places import Places
from data.demo.world import World

CHANNELS = ["online", "offline", "hotline_12345", "petition", "other"]
MATTERS = ["village", "neighbour", "family"]
TOPICS = [
    "dibao",
    "tekun",
    "temp_aid",
    "medical",
    "education",
    "housing",
    "job",
    "disaster",
    "service",
    "other",
]
_TOPIC_SHARE = (0.30, 0.05, 0.14, 0.15, 0.06, 0.10, 0.07, 0.04, 0.04, 0.05)
MODES = ["on_site", "cadre_led", "joint", "supervised"]
_MODE_SHARE = (0.46, 0.30, 0.17, 0.07)
#: Median working days by mode; the first is within the day.
_DAYS = np.array([0.25, 2.6, 5.5, 11.0])
A_MONTH = 250
SATISFACTION = ["satisfied", "basic", "unsatisfied", "none"]


def appeals(world: World, homes: Homes, folk: People, warned: Alerts, where: Places):
    """The table, and county and moment of each appeal."""
    rng = world.rng("appeals")
    on = random_days(rng, world, world.some(A_MONTH * world.months))
    village = homes.village[rng.integers(0, len(homes), len(on))]
    raised = np.flatnonzero((warned.channel == 3) & (folk.home[warned.person] >= 0))
    on = np.concatenate([on, warned.on[raised]])
    village = np.concatenate([village, homes.village[folk.home[warned.person[raised]]]])
    warning = np.concatenate([np.full(len(on) - len(raised), -1), raised])
    at = on * DAY + rng.integers(26_000, 30_500, len(on))
    order = np.argsort(at, kind="stable")
    at, village, warning = at[order], village[order], warning[order]
    return _table(world, rng, at, village, warning, where), where.county_of_village[village], at


def _table(world: World, rng, at, village, warning, where: Places) -> pl.DataFrame:
    n, end = len(at), (world.last + 1) * DAY
    mode = rng.choice(4, n, p=_MODE_SHARE)
    accepted = later(rng, at, rng.choice(3, n, p=(0.75, 0.20, 0.05)))
    days = spread(rng, _DAYS[mode], 0.55, n)
    resolved = np.where(rng.random(n) < 0.008, FAR_TIME, later(rng, accepted, days))
    replied = later(rng, resolved, spread(rng, 0.9, 0.7, n))
    replied = np.where(rng.random(n) < 0.02, FAR_TIME, replied)
    earlier = np.arange(n) - rng.integers(1, 400, n)
    repeat = np.where((rng.random(n) < 0.035) & (earlier >= 0), earlier, -1)
    judged = rng.choice(4, n, p=(0.66, 0.20, 0.04, 0.10))
    return frame(
        "appeal",
        {
            "appeal_id": keys("Q", np.arange(n)),
            "region_code": labels(where.villages, village),
            "channel": labels(CHANNELS, rng.choice(5, n, p=(0.22, 0.52, 0.17, 0.04, 0.05))),
            "matter_type": labels(MATTERS, rng.choice(3, n, p=(0.22, 0.18, 0.60))),
            "topic_code": labels(TOPICS, rng.choice(10, n, p=_TOPIC_SHARE)),
            "raised_at": times(at),
            "accepted_at": times(accepted),
            "handling_mode": labels(MODES, mode),
            "resolved_at": times(resolved),
            "replied_at": times(replied),
            "satisfaction": labels(SATISFACTION, np.where(replied < end, judged, -1)),
            "repeat_of": keys("Q", repeat),
            "escalated_to_petition": (rng.random(n) < 0.012).astype(np.int64),
            "warning_id": keys("W", warning),
        },
    )
