"""The ledger of funds: what was paid, month by month, and what had been allocated for it."""

import numpy as np
import polars as pl

from data.demo.allowances import PROGRAMMES
from data.demo.clock import DAY, month_of
from data.demo.columns import dates, fen, frame, labels
from data.demo.gifts import Gifts
from data.demo.people import People, months_of
from data.demo.places import Places
from data.demo.world import World
from data.reference.policy_tables import programmes

#: Share of a year's money that has been allocated by the months of the year.
_ALLOCATED = np.array([0.34, 0.0, 0.18, 0.0, 0.16, 0.0, 0.14, 0.0, 0.10, 0.0, 0.08, 0.0])
_CODES = programmes()["programme_code"].to_list()


def _monthly(world: World, grants: list, folk: People, total: np.ndarray, heads: np.ndarray):
    """Adds the allowances, paid for every month on whose first day they run."""
    who, number, start, end, amount, _, _ = grants
    begin = np.clip(months_of(np.maximum(start - 1, world.first - 1), world) + 1, 0, world.months)
    stop = np.clip(months_of(np.minimum(end - 1, world.last), world) + 1, 0, world.months)
    rows = np.array([_CODES.index(p) for p in PROGRAMMES])[number]
    for target, worth in ((total, np.nan_to_num(amount)), (heads, np.ones(len(who)))):
        change = np.zeros((*target.shape[:2], world.months + 1))
        np.add.at(change, (rows, folk.county[who], begin), worth)
        np.add.at(change, (rows, folk.county[who], np.maximum(stop, begin)), -worth)
        target += np.cumsum(change, axis=2)[:, :, :-1]


def _events(world: World, every: list[Gifts], folk: People, total: np.ndarray, heads: np.ndarray):
    for gifts in every:
        ok = (gifts.on >= world.first) & (gifts.on <= world.last)
        row, county = _CODES.index(gifts.programme), folk.county[gifts.person[ok]]
        month = months_of(gifts.on[ok], world)
        np.add.at(total[row], (county, month), np.nan_to_num(gifts.amount[ok]))
        np.add.at(heads[row], (county, month), 1)


def _emergencies(world: World, cases: pl.DataFrame, info: dict, total, heads) -> None:
    paid = cases.select(pl.col("total_amount").fill_null(0) / 100).to_series().to_numpy()
    ok = info["at"] // DAY <= world.last
    row = np.array([_CODES.index(code) for code in cases["programme_code"]])[ok]
    at = (row, info["county"][ok], months_of(info["at"][ok] // DAY, world))
    np.add.at(total, at, paid[ok])
    np.add.at(heads, at, 1)


def ledger(world: World, grants, every: list[Gifts], cases, info, folk: People, where: Places):
    shape = (len(_CODES), 9, world.months)
    total, heads = np.zeros(shape), np.zeros(shape)
    _monthly(world, grants, folk, total, heads)
    _events(world, every, folk, total, heads)
    _emergencies(world, cases, info, total, heads)
    rng = world.rng("funds")
    share = _ALLOCATED[month_of(world.month_starts) - 1]
    year = total.mean(axis=2, keepdims=True) * 12 * rng.normal(1.06, 0.03, (*shape[:2], 1))
    row, county, month = (a.ravel() for a in np.indices(shape))
    used = np.flatnonzero((total.sum(axis=2) > 0)[row, county])
    return frame(
        "fund_ledger",
        {
            "programme_code": labels(_CODES, row[used]),
            "region_code": labels(where.counties, county[used]),
            "period_month": dates(world.month_starts[month[used]]),
            "allocated": fen(np.round(year * share).ravel()[used]),
            "disbursed": fen(total.ravel()[used]),
            "paid_persons": heads.ravel()[used].astype(np.int64),
        },
    )
