"""The chart of a topic: bars of one meaning, largest first, the topic's own on grey."""

from dataclasses import replace

import polars as pl

from exhibits.exhibit import Chart, Exhibit
from exhibits.meeting.agenda_item import Item
from exhibits.suppressed import hidden_in
from exhibits.wording import names

#: Bars at most.
MOST = 10

#: The unit of what stands behind shares: the topic's title counts it too.
COUNTED = "人（户）"

#: Units of counts whose series add up.
ADDED = ("条", "件", "项", "户", "人")


def focused(exhibit: Exhibit, item: Item) -> Exhibit:
    """The exhibit with the topic's bars apart from the others; as it is with another chart."""
    chart = exhibit.chart
    if not chart or chart.kind != "bars":
        return exhibit
    rows = _of_concern(chart)
    if rows["label"].n_unique() < rows.height:
        return exhibit
    marks = pl.Series("mark", _marks(rows["label"].to_list(), item), dtype=pl.String)
    rows = rows.with_columns(marks, star=pl.Series(hidden_in(rows, "value"), dtype=pl.Boolean))
    own, known = pl.col("mark") == "concern", rows.filter(_shown())
    first = known.sort(~own, "star", "value", descending=[False, False, True], nulls_last=True)
    ordered = first.head(MOST).sort("star", "value", descending=[False, True], nulls_last=True)
    unit = COUNTED if "n" in rows.columns else chart.unit
    name = rows["series"][0] if "series" in rows.columns else ""
    counted = f"：{name}" if name and name not in exhibit.title else ""
    more = f"，共{known.height}项，列前{MOST}项" if known.height > MOST else ""
    bars = ordered.drop("series", "n", "lower", "upper", "text", "star", strict=False)
    return replace(
        exhibit,
        title=f"{exhibit.title}{counted}{more}",
        chart=replace(chart, data=bars, unit=unit, stacked=False, horizontal=True, classes=()),
    )


def _shown() -> pl.Expr:
    """The topic's own bars, and those that are not zero."""
    return (pl.col("mark") == "concern") | pl.col("star") | (pl.col("value") > 0)


def _of_concern(chart: Chart) -> pl.DataFrame:
    """The series that is marked as concern; else all, of counts their sum."""
    if "series" not in chart.data.columns:
        return chart.data
    if "mark" not in chart.data.columns:
        return _summed(chart.data) if chart.unit in ADDED else chart.data
    concern = chart.data.filter(mark="concern")
    if concern.is_empty():
        return chart.data
    return concern.with_columns(value="n") if "n" in concern.columns else concern


def _summed(data: pl.DataFrame) -> pl.DataFrame:
    """Bars of all series together; unknown where a part is suppressed."""
    whole = pl.when(pl.col("value").null_count() == 0).then(pl.col("value").sum())
    summed = data.group_by("label", maintain_order=True).agg(value=whole)
    return summed.with_columns(suppressed=pl.col("value").is_null())


def _marks(labels: list[str], item: Item) -> list[str]:
    """`concern` of what the topic names in its title, else of its unit; `rest` of all others."""
    unit = names.department(item.lead) if item.lead else ""
    if unit.endswith("人民政府"):
        unit += names.department("county_governments")
    for text in (item.title, f"{item.regions}{unit}"):
        own = {label for label in labels if label in text}
        if own and own != set(labels):
            return ["concern" if label in own else "rest" for label in labels]
    return ["rest"] * len(labels)
