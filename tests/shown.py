"""Every count that a role is given of a day, as it is and as it is shown, by cell."""

import math
from unittest.mock import patch

import polars as pl

from queries import disclosure, published
from queries.answers.indicators import STORED, indicators
from queries.answers.small_counts import NOBODYS
from queries.cubes.measures import LEVELS
from queries.kept import forget
from queries.snapshot import Snapshot

#: Name of table and count, how it is cut, place, part: what `queries.disclosure` calls a cell.
Cell = tuple[str, str, str, str]


def shown(snapshot: Snapshot) -> tuple[dict[Cell, int], dict[Cell, float]]:
    """Counts as they are and as the role sees them, of everything that it may ask for."""
    exact, seen = {}, {}
    original = disclosure._shown

    def noted(snapshot, frame, by, place, name, counts):
        given = answered = original(snapshot, frame, by, place, name, counts)
        if "absent" in frame.columns:
            # What is not connected is not told, whatever was counted.
            frame, answered = (f.filter(~frame["absent"]) for f in (frame, answered))
        cells = frame.select("_cut", "_place", "_part").rows()
        for count in counts:
            for cell, n, told in zip(cells, frame[count], answered[count], strict=True):
                if n is not None:
                    exact[f"{name}.{count}", *cell] = int(n)
                    # `coverage` hides who was excluded from everybody, after this.
                    seen[f"{name}.{count}", *cell] = told if count != "excluded" else math.nan
        return given

    forget()
    with patch.object(disclosure, "_shown", noted):
        for ask in published.asked(snapshot):
            ask()
    forget()
    if not snapshot.access.department:
        _published(snapshot, exact, seen)
    return exact, seen


def _published(snapshot: Snapshot, exact: dict, seen: dict) -> None:
    """The figures that are stored as they are shown."""
    whole = Snapshot(snapshot.folder, snapshot.as_of, snapshot.version)
    for by in STORED:
        known = {(r["id"], r["group"]): r for r in indicators(whole, by).to_dicts()}
        for row in indicators(snapshot, by).filter(~pl.col("id").is_in(NOBODYS)).to_dicts():
            cut, place = ("region", row["group"]) if by in LEVELS else (by, "")
            place = "" if by == "city" else place
            part = row["id"] if by in LEVELS else f"{row['group']}{disclosure.JOINED}{row['id']}"
            for column in ("numerator", "denominator"):
                counted = known[row["id"], row["group"]][column]
                if counted is not None and not (column == "numerator" and row["id"] in MONEY):
                    cell = (f"indicators.{column}", cut, place, part)
                    exact[cell], seen[cell] = int(counted), row[column]


#: Sums of money; who they were paid to is their denominator.
MONEY = ("I0803", "I1004")
