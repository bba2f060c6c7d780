"""Benefit spells: allowances that run by the month, tenancies, help to find work."""

import numpy as np
import polars as pl

from data.demo.circumstances import severe
from data.demo.clock import FAR, next_month
from data.demo.columns import dates, fen, frame, keys, labels, plans
from data.demo.homes import DIBAO, MARGIN, TEKUN
from data.demo.people import People
from data.demo.places import Places
from data.demo.policy import in_scope_since
from data.demo.profile import (
    PAID_IN_PART,
    PAID_IN_PART_COUNTY,
    PAID_IN_PART_THERE,
    PAID_ON_COUNTY,
    PAID_ON_FROM,
    PAID_ON_SHARE,
    TWICE_FROM,
    TWICE_NOT_IN,
)
from data.demo.reach import granted, missed, reached
from data.demo.spells import REASONS, Spells
from data.demo.traits import Has, both, first_only, joined
from data.demo.world import World

RURAL_CLASS = np.array([492.0, 394.0, 208.0, 115.0])
URBAN, CENTRAL, SCATTERED = 470.0, 1150.0, 790.0


def held(spells: Spells) -> Has:
    return Has(spells.person, spells.start, spells.end)


def entitlements(traits: dict[str, Has], spells: Spells, folk: People) -> dict[str, Has]:
    """Who is entitled to the programmes of this module that follow from a circumstance."""
    disabled = traits["disability"].where(severe(traits["disability"]))
    margin = held(spells.of(MARGIN))
    in_register = Has(np.arange(folk.members), folk.start[: folk.members], folk.end[: folk.members])
    not_basic = in_register.where(~np.isin(folk.category[: folk.members], (DIBAO, TEKUN, MARGIN)))
    opened = in_scope_since("P1203", "dibao_margin")[folk.county[disabled.person]]
    extended = Has(disabled.person, np.maximum(disabled.start, opened), disabled.end)
    housing = traits["urban_housing_difficulty"]
    housing = housing.where(folk.place[housing.person] == 0)
    return {
        "P0803": joined([both(margin, disabled), both(margin, traits["major_disease"])]),
        "P0804": both(not_basic, both(traits["unemployed"], disabled)),
        "P0931": both(in_register, housing),
        "P0946": both(in_register, traits["job_willing"]),
        "P0948": both(in_register, traits["market_hard_to_employ"]),
        "P1203": both(margin, extended),
    }


def _paid_in_part(world: World, folk: People, home: np.ndarray, county: np.ndarray) -> np.ndarray:
    """Whether a household's first member alone is paid."""
    share = np.where(county == PAID_IN_PART_COUNTY, PAID_IN_PART_THERE, PAID_IN_PART)
    return world.rng("paid in part").random(folk.home.max() + 1)[home] < share


def _basic(world: World, spells: Spells, folk: People) -> list[tuple]:
    """Dibao and tekun: from the month after the decision to the month after the end."""
    rng = world.rng("basic allowance")
    rows = spells.where(np.isin(spells.category, (DIBAO, TEKUN)))
    n, tekun = len(rows.person), rows.category == TEKUN
    county, home = folk.county[rows.person], folk.home[rows.person]
    ok = np.where(
        tekun,
        reached(world, "P0802", rows.person, county),
        reached(world, "P0801", home, county),
    )
    ok &= tekun | ~_paid_in_part(world, folk, home, county) | (folk.place[rows.person] == 0)
    start = np.where(rows.start >= world.first, next_month(rows.start), rows.start)
    slow = rng.random(home.max() + 1)[home] < 0.03
    start = np.where(slow, next_month(start + 40), start)
    end = _after_death(world, next_month(rows.end), rows, folk)
    grace = (rows.reason == 0) & ~tekun & (rng.random(n) < 0.08)
    end = np.where(grace, next_month(rows.end + 160), end)
    wobble = rng.normal(1, 0.05, home.max() + 1)[home] * np.where(
        start >= world.first + 600, 1.03, 1
    )
    rural = np.where(rows.sub >= 0, RURAL_CLASS[np.clip(rows.sub, 0, 3)], 212.0)
    dibao = np.where(folk.urban[rows.person], URBAN, rural)
    care = np.where(rows.sub == 4, CENTRAL, SCATTERED)
    amount = np.round(np.where(tekun, care, dibao) * wobble)
    ok &= (start < end) & (start <= world.last)
    keep = (rows.person, np.where(tekun, 1, 0), start, end, amount, rows.reason)
    return [tuple(v[ok] for v in (*keep, np.where(grace, end, FAR)))]


def _after_death(world: World, end: np.ndarray, rows: Spells, folk: People) -> np.ndarray:
    """The end of pay: the month after a death, for some later, for some nobody stops it."""
    rng, death = world.rng("paid on"), folk.death[rows.person]
    reported = rng.random(len(end)) > 0.15
    end = np.where((death < rows.end) & reported, next_month(death), end)
    there = folk.county[rows.person] == PAID_ON_COUNTY
    forgotten = rng.random(len(end)) < np.where(there, *PAID_ON_SHARE)
    return np.where((death < FAR) & (death >= PAID_ON_FROM) & forgotten, FAR, end)


PROGRAMMES = ["P0801", "P0802", "P0803", "P0804", "P0931", "P0932", "P0946", "P0948", "P1203"]
_LAG = {"P0803": 45, "P0804": 60, "P0931": 80, "P0946": 16, "P0948": 60, "P1203": 40}
_PAID = {"P0803": 390.0, "P0804": 380.0, "P0932": 160.0, "P0948": 900.0, "P1203": 110.0}


def _other(world: World, folk: People, titles: dict[str, Has]) -> list[tuple]:
    rng, parts = world.rng("other allowances"), []
    for code, title in titles.items():
        given = first_only(granted(world, folk, code, title, _LAG[code], home=code == "P0931"))
        n = len(given.person)
        number = np.full(n, PROGRAMMES.index(code))
        if code == "P0931":
            number = number + (rng.random(n) < 0.55)
        monthly = np.array([_PAID.get(p, np.nan) for p in PROGRAMMES])[number]
        start = given.start if code in ("P0946", "P0931") else next_month(given.start)
        why = np.where(given.end > world.last, -1, REASONS.index("income_over"))
        parts.append((given.person, number, start, given.end, monthly, why, np.full(n, FAR)))
    return parts


def _twice(world: World, folk: People, columns: list[np.ndarray]) -> list[np.ndarray]:
    """Of those who are paid outside the district, some get what one may hold only instead."""
    rng, parts = world.rng("paid twice"), []
    who, number, start, end = columns[:4]
    for code, also, usual in (("P0801", "P0804", 30), ("P0932", "P0931", 10)):
        paid = (number == PROGRAMMES.index(code)) & (start < TWICE_FROM) & (end == FAR)
        paid &= folk.county[who] != TWICE_NOT_IN
        rows = np.flatnonzero(paid)
        chosen = who[rng.choice(rows, min(len(rows), world.some(usual)), replace=False)]
        n = len(chosen)
        fixed = (PROGRAMMES.index(also), TWICE_FROM, FAR, _PAID.get(also, np.nan), -1, FAR)
        parts.append((chosen, *(np.full(n, value) for value in fixed)))
    return [np.concatenate([c, *(p[i] for p in parts)]) for i, c in enumerate(columns)]


def allowances(world: World, folk: People, spells: Spells, titles: dict[str, Has]):
    """Person, programme, start, end, amount a month, reason of the end, end of grace."""
    parts = _basic(world, spells, folk) + _other(world, folk, titles)
    columns = _twice(world, folk, [np.concatenate([p[i] for p in parts]) for i in range(7)])
    who, start, end = columns[0], columns[2], columns[3]
    ok = (start < end) & (start <= world.last)
    order = np.lexsort((start[ok], who[ok]))
    return [c[ok][order] for c in columns]


def benefit_spells(world: World, grants: list, folk: People, where: Places) -> pl.DataFrame:
    who, number, start, end, amount, why, grace = grants
    return frame(
        "benefit_spell",
        {
            "spell_id": keys("B", np.arange(len(who))),
            "person_key": keys("P", who),
            "household_key": keys("H", folk.home[who], 7),
            "programme_code": labels(PROGRAMMES, number),
            "region_code": labels(where.townships, folk.township[who]),
            "valid_from": dates(start),
            "valid_to": dates(end),
            "monthly_amount": fen(amount),
            "end_reason": labels(REASONS, np.where(end > world.last, -1, why)),
            "grace_until": plans(grace),
        },
    )


def gaps(world: World, folk: People, titles: dict[str, Has]) -> dict[str, np.ndarray]:
    """By programme, who is entitled and never reached."""
    return {p: missed(world, folk, p, t, home=p == "P0931") for p, t in titles.items()}
