"""Hidden counts (NaN) in exhibits: left out of rankings, `*` in words and tables."""

import math
import re
from dataclasses import replace

import polars as pl

from exhibits import words
from exhibits.exhibit import Chart, Exhibit

#: What the definition of every exhibit with rounded counts ends with.
RULE = (
    "1–7的计数及为防止推算而一并隐去的计数以*表示，其他计数取最接近的5的倍数，"
    "比率按取整后的计数计算。"
)

CASES = "本角色不提供逐件清单（避免识别个人）。"

#: Units of counted persons and things, at the end of a column's name.
COUNTED = re.compile(r"（(人|件|条|户|人次|个|项|批次|次|宗)）$|^(分子|分母|数量)$")


def some(column: str, least: float = 1) -> pl.Expr:
    """Whether a count is known and at least so much; what is hidden ranks nowhere."""
    return pl.col(column).is_finite() & (pl.col(column) >= least)


def known(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    """Rows whose figure is there and not hidden."""
    return rows.filter(pl.col(column).is_finite())


def is_hidden(value: float | None) -> bool:
    """Whether a figure is hidden, which None (not known) is not."""
    return value is not None and math.isnan(value)


def status_of(rate: float | None) -> str:
    """The status of a rate: undefined without a denominator, suppressed where it is hidden."""
    if rate is None:
        return "undefined"
    return "suppressed" if is_hidden(rate) else "ok"


def whole(table: pl.DataFrame) -> pl.DataFrame:
    """Columns of counts as whole numbers, where nothing in them is hidden."""
    counts = [
        name
        for name, kind in table.schema.items()
        if kind.is_float() and COUNTED.search(name) and not table[name].is_nan().any()
    ]
    return table.with_columns(
        pl.col(name).cast(pl.Int64) for name in counts if (table[name].drop_nulls() % 1 == 0).all()
    )


def in_words(exhibit: Exhibit) -> Exhibit:
    """The exhibit of rounded counts: `*` in its texts, and the rule under it."""
    return replace(
        exhibit,
        finding=starred(exhibit.finding),
        definition=f"{exhibit.definition}{RULE}",
        table=_texts(exhibit.table),
        chart=_chart(exhibit.chart) if exhibit.chart else None,
    )


def starred(text: str) -> str:
    """A hidden count is a star, and a rounded one whole, however a text was put together."""
    plain = re.sub(r"[-+]?(?<![A-Za-z])nan(?![A-Za-z])%?", words.HIDDEN, text, flags=re.IGNORECASE)
    return re.sub(r"(?<=\d)\.0(?![\d%])", "", plain)


def _texts(frame: pl.DataFrame) -> pl.DataFrame:
    textual = [name for name, kind in frame.schema.items() if kind == pl.String]
    return frame.with_columns(
        pl.col(name).map_elements(starred, return_dtype=pl.String) for name in textual
    )


def _chart(chart: Chart) -> Chart:
    """What is hidden is a gap."""
    frames = None if chart.frames is None else _texts(chart.frames).fill_nan(None)
    reference = None if is_hidden(chart.reference) else chart.reference
    data = _texts(chart.data).fill_nan(None)
    return replace(chart, data=data, frames=frames, reference=reference)
