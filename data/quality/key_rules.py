"""Rules on keys: those of two tables that never meet, and one that everybody has."""

from collections.abc import Iterator

import narwhals as nw

from data.quality.loading import Loaded
from data.quality.refusal import FEW, Refusal, label, percent
from data.registry.contract import polars_schema
from data.registry.frames import opened, sums

#: Of the persons of a table, the share of rows that must be in `person`.
KNOWN = 0.1

#: Rows after which one key is no household, and the share of all from which figures are wrong.
HOUSEHOLD, ONE_KEY = 30, 0.01


def unknown_persons(loaded: Loaded) -> Iterator[Refusal]:
    """Persons of whom hardly one is in `person`: the two tables write their keys in two forms."""
    frames = opened(loaded.frames)
    persons = frames["person"].select("person_key")
    for table, frame in frames.items():
        if table == "person" or "person_key" not in polars_schema(table):
            continue
        filled = frame.filter(~nw.col("person_key").is_null())
        (rows,) = sums(filled, nw.len())
        (lost,) = sums(filled.join(persons, on="person_key", how="anti"), nw.len())
        if rows >= FEW and rows - lost < rows * KNOWN:
            share = percent(lost, rows)
            yield Refusal(
                "unknown_persons",
                f"{table}.person_key: {lost} of {rows} rows ({share}) are of nobody in person. "
                "Write the keys in one form (capitals, zeros in front), or complete person",
                f"{label(table)}的person_key已填{rows:,}行，其中{lost:,}行（{share}）在人员表（person）中没有。"
                "请核对两处人员键的写法是否一致（大小写、前导零），人员表是否完整",
            )


def one_key(loaded: Loaded) -> Iterator[Refusal]:
    """A household or person with so many rows that the key must mean “unknown”."""
    spells = opened(loaded.frames)["identification_spell"]
    rows = loaded.rows_kept["identification_spell"]
    for column, kind in {"household_key": "家庭", "person_key": "人员"}.items():
        keys = spells.select(column).drop_nulls().group_by(column).agg(rows=nw.len())
        (most,) = sums(keys, nw.col("rows").max())
        if most and most > HOUSEHOLD and most > rows * ONE_KEY:
            share = percent(most, rows)
            yield Refusal(
                "one_key",
                f"identification_spell.{column}: {most} of {rows} rows ({share}) have one and the "
                "same key; leave the column empty where the key is not known",
                f"认定时段（identification_spell）的{column}有{most:,}行（占{rows:,}行的{share}）是同一个{kind}键。"
                "不知道的请留空，不要填同一个值",
            )
