"""Figures of the three-part bulletin: 低保, 特困, 临时救助."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from queries.access import OUTSIDE, AccessError
from queries.access.open_edition import hides, released
from queries.answers.cube_rows import cells
from queries.answers.indicators import indicators
from queries.cache import cached
from queries.store.snapshot import Snapshot


@dataclass(frozen=True)
class Bulletin:
    """
    Persons holding a category by residence; households in dibao (None on a day stored before they
    were counted); mean support in yuan a month; temporary aid since 1 January in cases, yuan a
    case. None when nobody is counted or the source is not connected; what the open edition hides
    is None and named in `suppressed`.
    """

    as_of: date
    dibao_urban: int | None
    dibao_rural: int | None
    dibao_households: int | None
    support_urban: float | None
    support_rural: float | None
    tekun_central: int | None
    tekun_scattered: int | None
    aid_cases: int | None
    aid_mean: float | None
    suppressed: frozenset[str] = frozenset()

    @property
    def dibao(self) -> int | None:
        """Persons in dibao; None where a residence is suppressed."""
        return _sum(self.dibao_urban, self.dibao_rural)

    @property
    def tekun(self) -> int | None:
        """Persons in tekun; None where a form of care is suppressed."""
        return _sum(self.tekun_central, self.tekun_scattered)


def _sum(*counts: int | None) -> int | None:
    return None if None in counts else sum(count or 0 for count in counts)


COUNTS = (
    *("dibao_urban", "dibao_rural", "dibao_households"),
    *("tekun_central", "tekun_scattered", "aid_cases"),
)

RESTING = {"support_urban": "dibao_urban", "support_rural": "dibao_rural", "aid_mean": "aid_cases"}


@cached(16)
def bulletin(snapshot: Snapshot, region: str = "") -> Bulletin:
    """The bulletin of the city, a county or a township; AccessError for a department's region."""
    if snapshot.access.department and region:
        raise AccessError(OUTSIDE)
    stock = cells(snapshot, "stock", region=region)

    def counted(measure: str, residence: str | None = None) -> pl.DataFrame:
        rows = stock.filter(id=measure)
        chosen = rows.filter(residence=residence) if residence else rows
        return chosen.select(pl.col("numerator", "denominator").sum())

    connected = "emergency_case" in snapshot.manifest["connected"]
    aid = counted("aid_of_year") if connected else None
    urban, rural = counted("dibao_support", "urban"), counted("dibao_support", "rural")
    counts_households = not snapshot.is_older or "I0806" in stock["id"]
    exact = pl.DataFrame(
        {
            "dibao_urban": counted("dibao", "urban")["numerator"],
            "dibao_rural": counted("dibao", "rural")["numerator"],
            "dibao_households": counted("I0806")["numerator"] if counts_households else None,
            "support_urban": _yuan(urban),
            "support_rural": _yuan(rural),
            "tekun_central": counted("tekun_central")["numerator"],
            "tekun_scattered": counted("tekun_scattered")["numerator"],
            "aid_cases": None if aid is None else aid["denominator"],
            "aid_mean": None if aid is None else _yuan(aid),
        },
        schema_overrides={
            "dibao_households": pl.Int64,
            "aid_cases": pl.Int64,
            "aid_mean": pl.Float64,
        },
    )
    figures = exact.row(0, named=True)
    if not hides(snapshot, "", region):
        return Bulletin(snapshot.as_of, **figures)
    rounded_row = released(exact, COUNTS, RESTING).drop("suppressed").row(0, named=True)
    hidden = frozenset(
        n for n, value in rounded_row.items() if value is None and figures[n] is not None
    )
    return Bulletin(snapshot.as_of, **rounded_row, suppressed=hidden)


def tekun_households(snapshot: Snapshot, region: str = "") -> dict | None:
    """The row of I0108 whose heads have tekun as their main category; None without one."""
    rows = indicators(snapshot, "category", region=region)
    return next(iter(rows.filter(id="I0108", group="tekun").to_dicts()), None)


def _yuan(sums: pl.DataFrame) -> pl.Series:
    """Fen ÷ count, in yuan."""
    count = pl.col("denominator")
    return sums.select(pl.when(count > 0).then(pl.col("numerator") / count / 100)).to_series()
