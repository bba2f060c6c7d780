"""What stands in and beyond a stack of bars: its parts' labels, what is too thin, the sum."""

import polars as pl

from exhibits.draw import stubs
from exhibits.exhibit import Chart
from exhibits.suppressed import hidden_in

#: Shares of the longest stack from which a part has its label inside, and its series' name.
INSIDE, NAMED = 0.07, 0.25


def is_wide(chart: Chart, value: float | None) -> bool:
    """Whether a part has room for its label."""
    return value is not None and value > 0 and value >= INSIDE * stubs.longest(chart)


def named_inside(chart: Chart) -> dict[str, str]:
    """Per series the label of its widest part, which holds its name; of those wide enough."""
    widest = (
        chart.data.drop_nulls("value")
        .sort("value", descending=True, maintain_order=True)
        .unique("series", keep="first", maintain_order=True)
        .filter(pl.col("value") >= NAMED * stubs.longest(chart))
    )
    return dict(widest.select("series", "label").rows())


def ends(chart: Chart) -> dict[str, str]:
    """The text beyond each stack by its label: parts too thin for their own, the sum of counts."""
    star = pl.Series("star", hidden_in(chart.data, "value"), dtype=pl.Boolean)
    stacks = chart.data.with_columns(star).partition_by("label", as_dict=True, maintain_order=True)
    return {label: _end(chart, parts) for (label,), parts in stacks.items()}


def _end(chart: Chart, parts: pl.DataFrame) -> str:
    known = parts.filter(~pl.col("star"), pl.col("value") > 0)
    # Of shares what concerns alone: the others are in the table.
    said = known if not chart.percent else _of_concern(known)
    thin = [
        f"{name}{_worded(chart, value)}"
        for name, value in said.select("series", "value").rows()
        if not is_wide(chart, value)
    ]
    counts = not chart.percent and not parts["star"].any() and known.height > 1
    return "、".join(
        thin + ([f"共{_worded(chart, float(known['value'].sum()))}"] if counts else [])
    )


def _of_concern(parts: pl.DataFrame) -> pl.DataFrame:
    return parts.filter(mark="concern") if "mark" in parts.columns else parts.clear()


def _worded(chart: Chart, value: float) -> str:
    if chart.percent:
        return f"{value:.2f}%"
    return f"{value:,.0f}" if value == round(value) else f"{value:,.2f}"
