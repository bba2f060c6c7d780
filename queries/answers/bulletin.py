"""Figures of the three-part bulletin: 低保, 特困, 临时救助."""

import math
from dataclasses import dataclass
from datetime import date

import polars as pl

from queries.answers.cells import cells
from queries.disclosure import HIDDEN, guarded
from queries.kept import kept
from queries.snapshot import Snapshot


@dataclass(frozen=True)
class Bulletin:
    """
    Persons holding a category by residence; mean support in yuan a month; emergency aid since
    1 January in cases, yuan a case. None when nobody is counted or the source is not connected, NaN
    where a count is hidden.
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


@kept(16)
def bulletin(snapshot: Snapshot, region: str = "") -> Bulletin:
    """The bulletin of the city, a county or a township."""
    stock = cells(snapshot, "stock", region=region)

    def counted(measure: str, residence: str | None = None) -> pl.DataFrame:
        rows = stock.filter(id=measure)
        chosen = rows.filter(residence=residence) if residence else rows
        return chosen.select(pl.col("numerator", "denominator").sum())

    connected = "emergency_case" in snapshot.manifest["connected"]
    aid = counted("aid_of_year") if connected else None
    parts = {
        "urban": counted("dibao", "urban")["numerator"].item(),
        "rural": counted("dibao", "rural")["numerator"].item(),
        "central": counted("tekun_central")["numerator"].item(),
        "scattered": counted("tekun_scattered")["numerator"].item(),
        "cases": None if aid is None else aid["denominator"].item(),
    }
    shown = _allowed(snapshot, region, parts)
    return Bulletin(
        as_of=snapshot.as_of,
        dibao_urban=shown["urban"],
        dibao_rural=shown["rural"],
        support_urban=_yuan(counted("dibao_support", "urban"), shown["urban"]),
        support_rural=_yuan(counted("dibao_support", "rural"), shown["rural"]),
        tekun_central=shown["central"],
        tekun_scattered=shown["scattered"],
        aid_cases=shown["cases"],
        aid_mean=None if aid is None else _yuan(aid, shown["cases"]),
    )


def _allowed(snapshot: Snapshot, region: str, parts: dict[str, int | None]) -> dict[str, float]:
    """The counts by their names, as the access allows."""
    frame = pl.DataFrame({"part": list(parts), "n": list(parts.values())})
    named = {"name": "bulletin", "counts": ("n",), "parts": ("part",)}
    return dict(guarded(snapshot, lambda _by, _region: frame, "part", region, **named).rows())


def _yuan(sums: pl.DataFrame, shown: float) -> float | None:
    """Fen ÷ count, in yuan; hidden where the count that is shown is."""
    fen, count = sums.row(0)
    if math.isnan(shown):
        return HIDDEN
    return fen / count / 100 if count else None
