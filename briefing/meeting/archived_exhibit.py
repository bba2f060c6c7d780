"""An exhibit in an archive: its texts as a JSON object, its tables as Parquet files beside it."""

from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from exhibits import recipe
from exhibits.exhibit import Chart, Exhibit

#: Fields of a chart that are tables.
FRAMES = ("data", "guides", "frames")

#: Fields of an exhibit that the JSON object holds in another form, or not at all.
NOT_PLAIN = ("table", "chart", "recipe", "access")


def write(exhibit: Exhibit, number: int, folder: Path) -> dict[str, Any]:
    """Writes the tables to the folder, named by the number; returns the JSON object."""
    names = [field.name for field in fields(exhibit) if field.name not in NOT_PLAIN]
    exhibit.table.write_parquet(folder / f"{number:03}.table.parquet")
    return {
        **{name: getattr(exhibit, name) for name in names},
        "number": number,
        "chart": _write_chart(exhibit.chart, number, folder) if exhibit.chart else None,
        "recipe": recipe.to_json(exhibit.recipe) if exhibit.recipe else None,
    }


def _write_chart(chart: Chart, number: int, folder: Path) -> dict[str, Any]:
    values = {field.name: getattr(chart, field.name) for field in fields(chart)}
    for name in FRAMES:
        if values[name] is not None:
            values[name].write_parquet(folder / f"{number:03}.{name}.parquet")
    return {name: value for name, value in values.items() if name not in FRAMES}


def read(archived: dict[str, Any], folder: Path) -> Exhibit:
    """
    The exhibit of `write`.

    OSError, PolarsError, KeyError, TypeError or ValueError for anything else.
    """
    texts = {**archived}
    number, chart, saved_recipe = (texts.pop(name) for name in ("number", "chart", "recipe"))
    for name in ("as_of", "compared"):
        texts[name] = date.fromisoformat(texts[name]) if texts[name] else None
    return Exhibit(
        **texts,
        table=pl.read_parquet(folder / f"{number:03}.table.parquet"),
        chart=_read_chart(chart, number, folder) if chart else None,
        recipe=recipe.from_json(saved_recipe) if saved_recipe else None,
    )


def _read_chart(archived: dict[str, Any], number: int, folder: Path) -> Chart:
    texts = {**archived}
    files = {name: folder / f"{number:03}.{name}.parquet" for name in FRAMES}
    frames = {name: pl.read_parquet(path) for name, path in files.items() if path.exists()}
    classes = tuple((label, mark) for label, mark in texts.pop("classes"))
    return Chart(**{**texts, **frames, "classes": classes})
