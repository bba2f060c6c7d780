"""Figures of the three-part bulletin: 低保, 特困, 临时救助."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl

from queries.answers.cells import cells
from queries.snapshot import Snapshot


@dataclass(frozen=True)
class Bulletin:
    """
    Persons holding a category by residence; mean support in yuan a month; emergency aid since
    1 January in cases, yuan a case. None when nobody is counted or the source is not connected.
    """

    as_of: date
    dibao_urban: int
    dibao_rural: int
    support_urban: float | None
    support_rural: float | None
    tekun_central: int
    tekun_scattered: int
    aid_cases: int | None
    aid_mean: float | None


@lru_cache(maxsize=64)
def bulletin(snapshot: Snapshot, region: str = "") -> Bulletin:
    """The bulletin of the city, a county or a township."""
    stock = cells(snapshot, "stock", region=region)

    def counted(measure: str, residence: str | None = None) -> pl.DataFrame:
        rows = stock.filter(id=measure)
        chosen = rows.filter(residence=residence) if residence else rows
        return chosen.select(pl.col("numerator", "denominator").sum())

    connected = "emergency_case" in snapshot.manifest["connected"]
    aid = counted("aid_of_year") if connected else None
    return Bulletin(
        as_of=snapshot.as_of,
        dibao_urban=counted("dibao", "urban")["numerator"].item(),
        dibao_rural=counted("dibao", "rural")["numerator"].item(),
        support_urban=_yuan(counted("dibao_support", "urban")),
        support_rural=_yuan(counted("dibao_support", "rural")),
        tekun_central=counted("tekun_central")["numerator"].item(),
        tekun_scattered=counted("tekun_scattered")["numerator"].item(),
        aid_cases=None if aid is None else aid["denominator"].item(),
        aid_mean=None if aid is None else _yuan(aid),
    )


def _yuan(sums: pl.DataFrame) -> float | None:
    """Fen ÷ count, in yuan."""
    fen, count = sums.row(0)
    return fen / count / 100 if count else None
