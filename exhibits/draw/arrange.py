"""How bars stand, for every renderer: their order, lying or upright, and which stand out."""

from dataclasses import replace

import polars as pl

from exhibits.exhibit import Chart, Exhibit

#: Upright bars at most, and letters of their labels.
UPRIGHT, LETTERS = 10, 6


def arranged(exhibit: Exhibit) -> Chart | None:
    """The chart of an exhibit as it is drawn; bars in their order, what is named apart."""
    chart = exhibit.chart
    if chart is None or chart.kind != "bars" or chart.data.is_empty():
        return chart
    return _apart(_in_order(chart), exhibit.finding)


def _in_order(chart: Chart) -> Chart:
    """Labels from the largest value down, as they come where they have an order of their own."""
    labels = chart.data["label"].unique(maintain_order=True)
    if not chart.ordered:
        labels = _by_value(chart)
    place = pl.col("label").replace_strict(labels, range(len(labels)), return_dtype=pl.Int64)
    beside = "series" in chart.data.columns and not chart.stacked
    crowded = len(labels) > UPRIGHT or any(len(label) > LETTERS for label in labels)
    return replace(
        chart,
        data=chart.data.sort(place, maintain_order=True),
        horizontal=chart.horizontal or not chart.ordered or beside or crowded,
    )


def _by_value(chart: Chart) -> pl.Series:
    """Labels by the sum of a stack or the first series' value; suppressed and unknown ones last."""
    first = chart.data
    if "series" in first.columns and not chart.stacked:
        first = first.filter(pl.col("series") == first["series"][0])
    size = (
        first.group_by("label", maintain_order=True)
        .agg(pl.when(pl.col("value").null_count() < pl.len()).then(pl.col("value").sum()))
        .sort("value", descending=True, nulls_last=True, maintain_order=True)["label"]
    )
    others = chart.data.filter(~pl.col("label").is_in(size.implode()))["label"]
    return pl.concat([size, others.unique(maintain_order=True)])


def _apart(chart: Chart, finding: str) -> Chart:
    """One series' bars that the sentence names in the one colour, the others in grey."""
    if {"series", "mark"} & set(chart.data.columns) or chart.ordered:
        return chart
    named = [label for label in chart.data["label"] if label and label in finding]
    if not named or len(named) == chart.data.height:
        return chart
    mark = pl.when(pl.col("label").is_in(named)).then(pl.lit("named")).otherwise(pl.lit("rest"))
    return replace(chart, data=chart.data.with_columns(mark=mark))
