"""Benefits of a year: insurance, school, heating, winter relief, each with its season."""

import numpy as np

from data.demo.clock import FAR, day, spread
from data.demo.gifts import Gifts
from data.demo.homes import CATEGORIES, DIBAO, MARGIN, OTHER, RELAPSE, RIGID, TEKUN
from data.demo.people import People
from data.demo.period import spans
from data.demo.policy import in_scope_since
from data.demo.reach import shares
from data.demo.schooling import STAGES
from data.demo.traits import Has, both
from data.demo.world import World

HARD_TO_REACH = 0.012


def _hard(world: World, folk: People) -> np.ndarray:
    """Persons whom no yearly programme finds."""
    return world.rng("hard to reach").random(len(folk)) < HARD_TO_REACH


def _years(world: World) -> range:
    first = np.int64(world.first).astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
    return range(int(first) - 1, 2027)


def _season(world, folk, programme, who, start, end, opens, closes, pays, lag):
    """Of those entitled between two days: who is paid and when."""
    rng = world.rng(f"season {programme} {opens}")
    ok = (start < closes) & (end > opens) & ~_hard(world, folk)[who]
    share = shares(world, programme) / (1 - HARD_TO_REACH)
    rows = np.flatnonzero(ok & (rng.random(len(who)) < share[folk.county[who]]))
    n = len(rows)
    on_time = pays + spread(rng, lag, 0.55, n)
    joined_late = start[rows] + spread(rng, 30, 0.6, n)
    on = np.where(start[rows] > pays, np.maximum(joined_late, on_time), on_time)
    good = (on < end[rows]) & (on < closes)
    return rows[good], on[good]


def insurance(world: World, folk: People, insured: Has) -> list[Gifts]:
    """Premiums of a year are paid from the October before; tekun in full, others a fixed sum."""
    n, out = folk.members, []
    start, end, category = folk.start[:n].copy(), folk.end[:n], folk.category[:n]
    county = folk.county[:n]
    for code in (MARGIN, RIGID, RELAPSE, OTHER):
        since = in_scope_since("P0912", CATEGORIES[code])[county]
        start = np.where(category == code, np.maximum(start, since), start)
    joined = np.isin(np.arange(n), insured.person)
    full = np.flatnonzero(joined & (category == TEKUN))
    fixed = np.flatnonzero(joined & (category != TEKUN) & (start < FAR))
    for programme, who in (("P0911", full), ("P0912", fixed)):
        for year in _years(world):
            if year == 2022:
                continue
            out.append(_premium(world, folk, programme, who, start[who], end[who], year))
        if world.last > day(2026, 10, 1):
            out.append(_premium(world, folk, programme, who, start[who], end[who], 2027))
    return out


def _premium(world, folk, programme, who, start, end, year) -> Gifts:
    opens, closes, pays = day(year, 1, 1), day(year, 12, 31), day(year - 1, 10, 12)
    rows, on = _season(world, folk, programme, who, start, end, opens, closes, pays, 34)
    amount = np.full(len(rows), 400.0 if programme == "P0911" else 200.0)
    return Gifts(programme, who[rows], on, np.full(len(rows), str(year)), amount)


_SCHOOL = {
    "P0921": (("preschool",), 1000.0, 20),
    "P0922": (("primary", "junior"), 625.0, 26),
    "P0923": (("senior_high",), 800.0, 16),
    "P0924": (("vocational",), 1000.0, 20),
}


def school(world: World, folk: People, students: Has, monitored: Has) -> list[Gifts]:
    """Paid from September on; the subsidy of compulsory school again in March."""
    n, out = folk.members, []
    in_register = Has(np.arange(n), folk.start[:n], folk.end[:n])
    pupils = both(in_register, students)
    for programme, (stages, amount, lag) in _SCHOOL.items():
        at = pupils.where(np.isin(pupils.one, [STAGES.index(s) for s in stages]))
        for year in _years(world):
            out += _school_year(world, folk, programme, at, year, amount, lag)
    higher = both(monitored, students.where(students.one == STAGES.index("higher")))
    for year in _years(world):
        out += _school_year(world, folk, "P0925", higher, year, 2000.0, 30)
    return out


def _school_year(world, folk, programme, at, year, amount, lag) -> list[Gifts]:
    opens, closes = day(year, 9, 1), day(year + 1, 8, 31)
    rows, on = _season(
        world, folk, programme, at.person, at.start, at.end, opens, closes, opens, lag
    )
    period = spans(np.full(len(rows), year))
    paid = [Gifts(programme, at.person[rows], on, period, np.full(len(rows), amount))]
    if programme == "P0922":
        again = np.maximum(on, day(year + 1, 3, 1)) + 20
        ok = (again < at.end[rows]) & (on < day(year + 1, 3, 1))
        sums = np.full(ok.sum(), amount)
        paid.append(Gifts(programme, at.person[rows][ok], again[ok], period[ok], sums))
    return paid


def unpaid(
    world: World, folk: People, students: Has, insured: Has, every: list[Gifts]
) -> dict[str, np.ndarray]:
    """In the register on the last day, and not yet paid for the insurance or the school year."""
    n = folk.members
    here = (folk.start[:n] <= world.last) & (folk.end[:n] > world.last)
    at_school = np.isin(students.one, (1, 2)) & (students.end > world.last)
    among = {
        "P0912": np.intersect1d(
            insured.person, np.flatnonzero(here & (folk.category[:n] == DIBAO))
        ),
        "P0922": np.intersect1d(students.person[at_school], np.flatnonzero(here)),
    }
    current = {"P0912": "2026", "P0922": "2026-2027"}
    left_out = {}
    for programme, who in among.items():
        paid = [g.person[g.period == current[programme]] for g in every if g.programme == programme]
        left_out[programme] = np.setdiff1d(who, np.concatenate(paid))
    return left_out


def heating(world: World, folk: People) -> list[Gifts]:
    """One payment a household and season, in the counties that have it."""
    n, out = folk.members, []
    head = np.flatnonzero(folk.place[:n] == 0)
    start = np.full(n, FAR)
    for code in (DIBAO, TEKUN, MARGIN, RIGID, RELAPSE, OTHER):
        since = in_scope_since("P1201", CATEGORIES[code])[folk.county[:n]]
        rows = folk.category[:n] == code
        start[rows] = np.maximum(folk.start[:n], since)[rows]
    head = head[start[head] < FAR]
    for year in _years(world):
        opens, closes, pays = day(year, 11, 1), day(year + 1, 4, 30), day(year, 11, 5)
        rows, on = _season(
            world, folk, "P1201", head, start[head], folk.end[head], opens, closes, pays, 24
        )
        period = spans(np.full(len(rows), year))
        out.append(Gifts("P1201", head[rows], on, period, np.full(len(rows), 380.0)))
    return out
