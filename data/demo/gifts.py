"""The form in which benefit events travel between modules, and their table."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from data.demo.clock import DAY, FAR_TIME, at_office, spread
from data.demo.columns import dates, fen, frame, keys, labels, times
from data.demo.people import People
from data.demo.places import Places
from data.demo.world import World
from data.reference.policy_tables import programmes

_CODES = programmes()["programme_code"].to_list()
_OPERATING = programmes()["operating_dept"].to_list()
#: Programmes whose form is not cash.
FORMS = ["cash", "in_kind", "service", "fee_reduction", "fee_subsidy", "job"]
_FORM = {
    **dict.fromkeys(("P0911", "P0912", "P0913", "P0914", "P0915", "P0916"), "fee_subsidy"),
    **dict.fromkeys(("P0921", "P0923", "P0924", "P0944", "P1202"), "fee_reduction"),
    **dict.fromkeys(("P0926", "P0941", "P0943"), "fee_subsidy"),
    **dict.fromkeys(("P0927", "P0945", "P0947"), "job"),
    **dict.fromkeys(("P0951", "P1205"), "in_kind"),
    **dict.fromkeys(("P0925", "P1204"), "service"),
}


@dataclass(frozen=True)
class Gifts:
    """Events of one programme: who, when, for which period, how much."""

    programme: str
    person: np.ndarray
    on: np.ndarray
    period: np.ndarray
    amount: np.ndarray
    referral: np.ndarray | None = None

    def until(self, last: int) -> "Gifts":
        ok = self.on <= last
        referral = None if self.referral is None else self.referral[ok]
        columns = (self.person[ok], self.on[ok], self.period[ok], self.amount[ok])
        return Gifts(self.programme, *columns, referral)


def _one(world: World, gifts: Gifts, folk: People, where: Places, rng) -> dict:
    n = len(gifts.person)
    reported = at_office(rng, gifts.on + spread(rng, 9, 0.9, n))
    reported = np.where(
        rng.random(n) < 0.03, FAR_TIME, np.maximum(reported, gifts.on * DAY + 61_200)
    )
    form = np.full(n, FORMS.index(_FORM.get(gifts.programme, "cash")))
    charity = gifts.programme == "P1206"
    if charity or gifts.programme in ("P0953", "P0954"):
        form = np.where(rng.random(n) < 0.4, FORMS.index("in_kind"), form)
    period = pl.Series(gifts.period).replace("", None)
    return {
        "person_key": keys("P", gifts.person),
        "programme_code": gifts.programme,
        "region_code": labels(where.townships, folk.township[gifts.person]),
        "occurred_on": dates(gifts.on),
        "period_code": period,
        "amount": fen(gifts.amount),
        "form_code": labels(FORMS, form),
        "fund_source": "charity" if charity else "fiscal",
        "dept_code": _OPERATING[_CODES.index(gifts.programme)],
        "referral_id": None if gifts.referral is None else keys("R", gifts.referral),
        "reported_at": times(reported),
    }


def benefit_events(world: World, every: list[Gifts], folk: People, where: Places) -> pl.DataFrame:
    rng, parts, number = world.rng("benefit events"), [], 0
    for gifts in (g.until(world.last) for g in every):
        n = len(gifts.person)
        if n == 0:
            continue
        columns = _one(world, gifts, folk, where, rng)
        columns["event_id"] = keys("E", np.arange(number, number + n))
        parts.append(frame("benefit_event", columns))
        number += n
    return pl.concat(parts)
