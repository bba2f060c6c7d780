"""Sums over programmes on two days, over the programmes that are counted and due on both."""

from data.reference import policy_tables, seasons
from queries.access import AccessError, programmes_of
from queries.answers.coverage import Narrowed, status_of
from queries.answers.partial_sums import sums_without
from queries.answers.programme_sums import members, programmes
from queries.cache import cached
from queries.catalogue import COVERAGE
from queries.cubes.register_cubes import GAP_COUNTS
from queries.region import LEVELS
from queries.store.snapshot import Snapshot

#: A figure on a day and on an earlier one.
Pair = tuple[float | None, float | None]


def compared(
    days: tuple[Snapshot, Snapshot],
    indicator: str,
    figures: Pair,
    by: str,
    group: str,
    region: str = "",
    narrowed: Narrowed = (),
) -> tuple[Pair, list[str]]:
    """
    The figures of two days as their change is taken, and the programmes that it leaves out.

    `figures`: the whole ones; they compare as they are but for I0890–I0895 where programmes are
    left out, those of the sum that are counted on one day at least, but not counted and past their
    `payout_due` on both. Then none where one is unknown, where no programme is left, and of I0894:
    households count once, and of a part of the programmes that cannot be had.
    """
    left = left_out(days, indicator, by, group) if indicator in COVERAGE else []
    if not left:
        return figures, []
    rest = set(_members(days[0], indicator, by, group)) - set(left)
    counted = any(status_of(days[0], p) == "ok" for p in rest)
    if indicator == "I0894" or None in figures or not counted:
        return (None, None), left
    without = _uncompared(*days)
    try:
        sums = [sums_without(day, indicator, by, region, narrowed, without) for day in days]
    except AccessError:
        return (None, None), left
    # Of a region or department outside the access there is no row.
    now, before = (dict(rows.select("group", "value").rows()).get(group) for rows in sums)
    return (now, before), left


def left_out(days: tuple[Snapshot, Snapshot], indicator: str, by: str, group: str) -> list[str]:
    """Programmes in a group's sum on one of two days at least that do not compare."""
    # Days of older definitions knew no seasons.
    if any(day.is_older for day in days):
        return []
    uncompared = _uncompared(*days)
    return [p for p in _members(days[0], indicator, by, group) if p in uncompared]


@cached(64)
def _uncompared(now: Snapshot, before: Snapshot) -> tuple[str, ...]:
    days = (now, before)
    return tuple(
        p
        for p in policy_tables.programmes()["programme_code"]
        if any(status_of(day, p) == "ok" for day in days)
        and not all(_is_due(day, p) for day in days)
    )


def _is_due(snapshot: Snapshot, programme: str) -> bool:
    """Counted, and past its `payout_due` where it has one."""
    season = seasons.season(programme, snapshot.as_of)
    early = season is not None and season.awaits_payment(snapshot.as_of)
    return status_of(snapshot, programme) == "ok" and not early


def _members(snapshot: Snapshot, indicator: str, by: str, group: str) -> list[str]:
    """Programmes of a group's sum that the access sees in it; who counts once is seen in all."""
    own = snapshot.access.department
    seen = programmes_of(own) if own else programmes(indicator, snapshot.as_of)
    once = indicator in GAP_COUNTS and by in LEVELS
    return [p for p in members(indicator, by, group, snapshot.as_of) if once or p in seen]
