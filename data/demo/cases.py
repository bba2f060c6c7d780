"""Cases of the county coordination mechanism: from warnings, referrals, emergencies, appeals."""

import numpy as np
import polars as pl

from data.demo.clock import DAY, FAR, FAR_TIME, add_workdays, later, spread
from data.demo.columns import dates, frame, keys, labels, plans, times
from data.demo.places import Places
from data.demo.profile import DEPT_CODES, PILE_COUNTY, PILE_FROM
from data.demo.world import World

SOURCES = ["warning", "referral", "emergency", "appeal"]
_PREFIX = ("W", "R", "M", "Q")
REASONS = ["multi_dept", "policy_gap", "dispute", "one_case_one_discussion", "other"]
#: Why a case is taken up, by its source.
_WHY = np.array(
    [
        (0.60, 0.20, 0.10, 0.00, 0.10),
        (0.45, 0.40, 0.10, 0.00, 0.05),
        (0.00, 0.10, 0.00, 0.90, 0.00),
        (0.20, 0.20, 0.50, 0.00, 0.10),
    ]
)
DECISIONS = ["assist", "joint_assist", "not_assist", "defer", "report_up"]


def drawn(world: World, name: str, at: np.ndarray, usual: float) -> np.ndarray:
    """Numbers of some rows of a table, `usual` a month, in the order of the table."""
    rng = world.rng(f"cases {name}")
    n = min(len(at), world.some(usual * world.months))
    return np.sort(rng.choice(len(at), n, replace=False))


def coordination(world: World, sources: list[tuple], where: Places) -> pl.DataFrame:
    """`sources`: for each source type the numbers of its rows, their counties and moments."""
    rng, end = world.rng("coordination"), (world.last + 1) * DAY
    source = np.concatenate([np.full(len(s[0]), i) for i, s in enumerate(sources)])
    number, county, at = (np.concatenate([s[i] for s in sources]) for i in range(3))
    in_time = at < end
    source, number, county, at = source[in_time], number[in_time], county[in_time], at[in_time]
    order = np.argsort(at, kind="stable")
    source, number, county, at = source[order], number[order], county[order], at[order]
    n = len(at)
    why = (rng.random(n)[:, None] > np.cumsum(_WHY[source], axis=1)[:, :-1]).sum(1)
    slow = np.where((county == PILE_COUNTY) & (at // DAY >= PILE_FROM), 1.7, 1.0)
    decided = later(rng, at, spread(rng, 9.5 * slow, 0.45, n))
    decided = np.where(rng.random(n) < 0.02, FAR_TIME, decided)
    done = later(rng, decided, spread(rng, 11.0 * slow, 0.5, n))
    done = np.where(rng.random(n) < 0.04, FAR_TIME, done)
    closed = later(rng, done, rng.integers(0, 6, n))
    decision = rng.choice(5, n, p=(0.46, 0.26, 0.14, 0.08, 0.06))
    met = decided // DAY
    due = np.where(met <= world.last, add_workdays(met, np.full(n, 20)), FAR)
    source_id = pl.select(
        pl.coalesce(keys(p, np.where(source == i, number, -1)) for i, p in enumerate(_PREFIX))
    ).to_series()
    return frame(
        "coordination_case",
        {
            "case_id": keys("K", np.arange(n), 6),
            "county_code": labels(where.counties, county),
            "source_type": labels(SOURCES, source),
            "source_id": source_id,
            "reason_code": labels(REASONS, why),
            "opened_at": times(at),
            "meeting_on": dates(met),
            "decided_at": times(decided),
            "decision_code": labels(DECISIONS, np.where(decided < end, decision, -1)),
            "lead_dept": labels(DEPT_CODES, rng.choice(len(DEPT_CODES), n)),
            "due_on": plans(due),
            "implemented_at": times(done),
            "closed_at": times(closed),
        },
    )


def sources(world, warned, done, sent, crises: tuple, heard: tuple, folk) -> list[tuple]:
    """Where cases come from: warnings taken up, answers without quota, emergencies, appeals."""
    taken = np.flatnonzero(done.meeting < FAR_TIME)
    rng = world.rng("case openings")
    opened = later(rng, done.routed[taken], spread(rng, 5, 0.5, len(taken)))
    parts = [(taken, folk.county[warned.person[taken]], opened)]
    refused = np.where(sent.warning < 0, sent.responded, FAR_TIME)
    for name, usual, county, at in (
        ("referral", 12, sent.county, refused),
        ("emergency", 14, crises[0], crises[1] + DAY),
        ("appeal", 6, heard[0], heard[1] + 3 * DAY),
    ):
        rows = drawn(world, name, at, usual)
        start = np.maximum(at[rows], world.first * DAY)
        parts.append((rows, county[rows], later(rng, start, rng.integers(1, 5, len(rows)))))
    return parts
