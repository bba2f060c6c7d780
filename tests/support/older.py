"""Stored days made to look as version 1 of the definitions left them."""

import json
from collections.abc import Collection
from datetime import date
from pathlib import Path

import polars as pl

from queries.store.manifests import definitions_of, fault, manifest
from queries.store.versions import look_again


def made_older(store: Path, *days: date, without: Collection[str] = ()) -> None:
    """Takes the version of the definitions off the days; and figures of indicators they lack."""
    for day in days:
        pointer = store / day.isoformat() / "current"
        path = pointer.parent / pointer.read_text()
        for file in path.glob("figures.*.parquet") if without else ():
            figures = pl.read_parquet(file).filter(~pl.col("id").is_in(list(without)))
            figures.write_parquet(file)
        fields = json.loads((path / "manifest.json").read_text())
        del fields["definitions"]
        sizes = {file.name: file.stat().st_size for file in path.glob("*.parquet")}
        text = json.dumps(fields | {"format": 1, "files": sizes}, ensure_ascii=False)
        (path / "manifest.json").write_text(text)
    # In the product no version changes once it stands: what was read of these is forgotten.
    for cached in (manifest, definitions_of, fault):
        cached.cache_clear()
    look_again()
