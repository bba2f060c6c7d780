"""Stored days with the cases of each measure drawn, for what is ranked and said of them."""

from datetime import date
from pathlib import Path

import polars as pl

from drawing import REGIONS, draw
from queries.store import publication

LISTS = {"joint_meeting": "meetings", "meeting_item": "decisions"}

COUNTED = {"bad": pl.Float64, "all": pl.Float64}


def stored(folder: Path, day: date, regions: str, departments: str = "", **tables: str) -> None:
    """
    A day with drawn cases: lines of `region measure bad all`, `department county measure …`.

    `tables`: meetings and their items, drawn.
    """
    lines = [line.split() for line in regions.strip().splitlines()]
    schema = {"region": pl.String, "measure": pl.String, **COUNTED}
    every = pl.DataFrame(
        [(r, m, float(bad), float(cases)) for r, m, bad, cases in lines],
        schema=schema,
        orient="row",
    )
    size = pl.col("region").str.len_chars()
    city = pl.col("region") == "621200"
    sent = [line.split() for line in departments.strip().splitlines()]
    by_two = pl.DataFrame(
        [(d, c, m, float(bad), float(cases)) for d, c, m, bad, cases in sent],
        schema={"department": pl.String, "county": pl.String, "measure": pl.String, **COUNTED},
        orient="row",
    )
    cubes = {
        "regions": draw("region", REGIONS),
        "attention.city": every.filter(city),
        "attention.county": every.filter(~city, size == 6),
        "attention.township": every.filter(size == 9),
        "attention_departments.county": by_two,
    }
    lists = {LISTS[name]: draw(name, text) for name, text in tables.items()}
    publication.write(folder, day, cubes | lists, {"connected": [*tables]})
