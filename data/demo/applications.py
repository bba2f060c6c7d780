"""Applications: those behind the households that came in, and those refused or still open."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from data.demo.clock import (
    FAR,
    FAR_TIME,
    add_workdays,
    at_office,
    spread,
    to_workday,
    workdays_before,
)
from data.demo.columns import dates, frame, keys, labels, times
from data.demo.homes import CATEGORIES, DIBAO, MARGIN, RELAPSE, RIGID, Homes
from data.demo.places import Places
from data.demo.profile import SLOW_DECISION_COUNTY, SLOW_DECISION_FROM
from data.demo.world import World

CHANNELS = ["self_apply", "field_visit", "data_match", "appeal", "transfer"]
RESULTS = ["approved", "rejected", "withdrawn", "pending"]


@dataclass(frozen=True)
class Applications:
    """The first `approved` of them are those of the households, in their order."""

    home: np.ndarray
    category: np.ndarray
    township: np.ndarray
    channel: np.ndarray
    accepted: np.ndarray
    decided: np.ndarray
    length: np.ndarray
    extended: np.ndarray
    result: np.ndarray
    approved: int


def _lengths(rng, county: np.ndarray, decided: np.ndarray, category: np.ndarray):
    """Working days from acceptance to decision; some are extended."""
    n = len(county)
    # Monitoring is to be decided in 15 calendar days.
    median = np.where(category == RELAPSE, 6.0, 20.5)
    slow = (county == SLOW_DECISION_COUNTY) & (decided >= SLOW_DECISION_FROM)
    length = spread(rng, np.where(slow, 28.0 / 20.5, 1) * median, 0.26, n)
    extended = rng.random(n) < np.where(length > 28, 0.35, 0.02)
    return np.maximum(length, 6), extended


def _refused(rng, world: World, homes: Homes, usual: int) -> dict[str, np.ndarray]:
    """Refused, withdrawn, and those whose decision lies after the last day."""
    days = world.last - world.first
    decided = world.first + rng.integers(0, days + 42, usual)
    like = rng.integers(0, len(homes), usual)
    category = rng.choice((DIBAO, MARGIN, RIGID, RELAPSE), usual, p=(0.6, 0.22, 0.08, 0.10))
    result = np.where(rng.random(usual) < 0.07, 2, 1)
    return {
        "home": len(homes) + np.arange(usual),
        "township": homes.township[like],
        "county": homes.county[like],
        "category": category,
        "decided": to_workday(decided),
        "result": result,
    }


def applications(world: World, homes: Homes) -> Applications:
    rng = world.rng("applications")
    came = np.flatnonzero(homes.start >= world.first)
    k = len(came)
    open_share = 42 / (world.last - world.first + 42)
    other = _refused(rng, world, homes, max(4, round(k * (0.30 + open_share))))
    columns = {
        "home": np.concatenate([came, other["home"]]),
        "category": np.concatenate([homes.category[came], other["category"]]),
        "township": np.concatenate([homes.township[came], other["township"]]),
        "decided": np.concatenate([homes.start[came], other["decided"]]),
        "result": np.concatenate([np.zeros(k, dtype=np.int64), other["result"]]),
    }
    county = np.concatenate([homes.county[came], other["county"]])
    n, decided = len(county), columns["decided"]
    length, extended = _lengths(rng, county, decided, columns["category"])
    accepted = workdays_before(decided, length)
    decided = np.where((rng.random(n) < 0.004) & (columns["result"] > 0), FAR, decided)
    columns["result"] = np.where(decided > world.last, 3, columns["result"])
    every = Applications(
        **{**columns, "decided": decided},
        channel=rng.choice(5, n, p=(0.66, 0.12, 0.11, 0.03, 0.08)),
        accepted=accepted,
        length=length,
        extended=extended,
        approved=k,
    )
    return _accepted_by(every, world.last)


def _accepted_by(every: Applications, last: int) -> Applications:
    """Without those that come after the last day (all behind the approved ones)."""
    accepted_by_then = every.accepted <= last
    columns = {n: v[accepted_by_then] for n, v in vars(every).items() if n != "approved"}
    return Applications(approved=every.approved, **columns)


def table(world: World, every: Applications, warning: np.ndarray, where: Places) -> pl.DataFrame:
    """`warning`: number of the warning from which each application came, or -1."""
    rng = world.rng("application steps")
    n = len(every.home)
    at = [
        add_workdays(every.accepted, np.maximum(1, (every.length * f).astype(np.int64)))
        for f in (0.40, 0.45, 0.80)
    ]
    done, refused = every.decided < FAR, every.result == 1
    late = spread(rng, 2.2, 0.65, n)
    notified = add_workdays(every.decided, np.where(refused, spread(rng, 1.5, 0.5, n), 1))
    uploaded = at_office(rng, add_workdays(every.decided, late))
    uploaded = np.where(done & (every.result == 0) & (rng.random(n) > 0.01), uploaded, FAR_TIME)
    return frame(
        "application",
        {
            "application_id": keys("A", np.arange(n)),
            "household_key": keys("H", every.home, 7),
            "applied_for": labels(CATEGORIES, every.category),
            "channel": labels(CHANNELS, every.channel),
            "warning_id": keys("W", warning),
            "region_code": labels(where.townships, every.township),
            "accepted_on": dates(every.accepted),
            "township_reviewed_on": dates(at[0]),
            "publicity_from": dates(at[1]),
            "publicity_to": dates(at[1] + 7),
            "county_received_on": dates(np.maximum(at[2], at[1] + 7)),
            "decided_on": dates(every.decided),
            "result_code": labels(RESULTS, every.result),
            "notified_on": dates(notified),
            "extended": every.extended.astype(np.int64),
            "uploaded_at": times(uploaded),
        },
    )
