"""The row of the programme matrix that sums its programmes: persons counted once."""

import polars as pl

from exhibits.wording import names, words
from queries.answers.cube_rows import own_group
from queries.answers.indicators import indicators
from queries.scope import Scope
from queries.store.snapshot import Snapshot

#: Columns of a matrix' data.
CELLS = dict.fromkeys(("x", "y", "text", "mark", "code", "hover"), pl.String)

#: What sums a measure of a basis; a gap in persons and one in households stand side by side.
SUMS = {
    ("gap", "firm"): ("I0890", "I0894"),
    ("gap", "suspected"): ("I0892",),
    ("rate", "firm"): ("I0891",),
    ("rate", "suspected"): ("I0893",),
}


def totals(snapshot: Snapshot, scope: Scope, by: str, what: tuple[str, str]) -> pl.DataFrame:
    """合计 of the whole region and of each region below it: `CELLS`; empty where nothing sums."""
    ids = SUMS.get(what, ()) if by != scope.region.level else ()
    own, below = (
        indicators(snapshot, level, None, scope.residence or None, scope.category or None)
        .filter(pl.col("id").is_in(list(ids)))
        .sort(
            pl.col("id").replace_strict(
                list(ids), list(range(len(ids))), return_dtype=pl.Int8, default=None
            )
        )
        for level in (scope.region.level, by)
    )
    whole = own_group(snapshot, scope.region)
    below = below.filter(scope.region.county.holds(pl.col("group")))
    rows = [*own.filter(group=whole).to_dicts(), *below.to_dicts()]
    figures: dict[str, list[str]] = {}
    for row in rows:
        unit = "" if row["unit"] == "%" else row["unit"]
        figures.setdefault(row["group"], []).append(_text(row, unit))
    name_by_code = dict(names.region_names(snapshot))
    name_by_code[whole] = names.region_name(snapshot, scope.region)
    records = [
        (
            name_by_code.get(group, group),
            words.TOTAL,
            " ".join(said),
            "plain",
            "" if group == whole else group,
            f"{name_by_code.get(group, group)}·{words.TOTAL}<br>{words.listed(said)}",
        )
        for group, said in figures.items()
    ]
    return pl.DataFrame(records, schema=CELLS, orient="row")


def _text(row: dict, unit: str) -> str:
    if row["status"] == "suppressed":
        return words.HIDDEN
    digits = 1 if row["unit"] == "%" else 0
    return "—" if row["value"] is None else f"{row['value']:,.{digits}f}{unit}"
