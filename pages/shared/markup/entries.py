"""HTML of a long table of texts: a line an entry with its main columns, the others at one tap."""

from collections.abc import Mapping, Sequence
from html import escape

import polars as pl

from briefing.files import cells

#: What an empty cell reads.
NOTHING = "—"


def entries(table: pl.DataFrame, main: Sequence[str]) -> str:
    """
    A line a row with its `main` columns, which opens to the others that are not empty.

    The second of the main columns is the entry's name. A phone shows them one below the other.
    """
    names = "".join(f"<span>{escape(name)}</span>" for name in main)
    rows = [dict(zip(table.columns, texts, strict=True)) for texts in cells.texts(table)]
    return (
        f'<div class="entries" style="--more:{len(main) - 2}" tabindex="0">'
        f'<p class="entry">{names}</p>{"".join(_entry(row, main) for row in rows)}</div>'
    )


def _entry(row: Mapping[str, str], main: Sequence[str]) -> str:
    first = "".join(f'<span data-name="{escape(name)}">{escape(row[name])}</span>' for name in main)
    others = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>"
        for name, text in row.items()
        if name not in main and text not in ("", NOTHING)
    )
    return f'<details><summary class="entry">{first}</summary><dl>{others}</dl></details>'
