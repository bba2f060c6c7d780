"""Every exhibit by a name, and what each owes its reader."""

import json
import math
import re
from datetime import date, timedelta

import plotly.graph_objects as go
import polars as pl

from exhibits import draw, methods, series
from exhibits.county import comparison
from exhibits.coverage import (
    aid,
    below,
    beyond,
    by_region,
    cascade,
    compare,
    matrix,
    missing,
    policies,
    reach,
)
from exhibits.draw import value_axis
from exhibits.exhibit import Exhibit
from exhibits.explore.indicators import explore
from exhibits.maps import county, months, programmes
from exhibits.quality import records, submissions
from exhibits.quality import tables as quality
from exhibits.response import counties, medians, rates, returns, survival, waits
from exhibits.tasks import living
from exhibits.todo import cases as todo
from exhibits.warnings import ages, cases, flow, pace, returned_twice, unrouted, yields
from queries.scope import Scope
from stores import D

COUNTY, TOWNSHIP = "621202", "621202001"

#: Exhibits that are lists or tables of text.
LISTS = (
    "cases",
    "open cases",
    "returned",
    "tables",
    "revisions",
    "definitions",
    "rules",
    "methods",
    "explored tasks",
)

#: Lists that may be empty on a good day.
MAY_BE_EMPTY = ("returned", "revisions")

SCOPES = {
    "city": Scope(D, date(2026, 9, 30), period="year"),
    "county": Scope(D, None, COUNTY),
    "township": Scope(D, None, TOWNSHIP),
    "narrowed": Scope(D, None, COUNTY, "housing", "dibao", "rural", "twelve_months"),
}

BUILDERS = {
    "matrix": lambda s, c: matrix.matrix(s, c, "gap", "firm"),
    "matrix of rates": lambda s, c: matrix.matrix(s, c, "rate", "suspected"),
    "cascade": lambda s, c: cascade.cascade(s, c, "firm"),
    "suspected cascade": lambda s, c: cascade.cascade(s, c, "suspected"),
    "categories": cascade.categories,
    "how long": lambda s, c: reach.how_long(s, c, "firm"),
    "missing number": missing.missing_number,
    "missing combinations": missing.missing_combinations,
    "below target": below.below_target,
    "paid in part": lambda s, c: by_region.by_region(s, c, "I0807"),
    "beyond rule": beyond.beyond_rule,
    "not terminated": beyond.not_terminated,
    "funnel": compare.county_funnel,
    "switched on": policies.switched_on,
    "aid": aid.status,
    "unrouted by county": lambda s, c: unrouted.by_group(s, c, "county"),
    "unrouted by kind": lambda s, c: unrouted.by_group(s, c, "kind", "entry"),
    "unrouted by source": lambda s, c: unrouted.by_group(s, c, "source", "exit"),
    "ages": ages.age_bands,
    "soon": ages.soon_overdue,
    "states": cases.states,
    "cases": cases.cases,
    "returned": lambda s, c: cases.cases(s, c, "", True),
    "returned by region": returned_twice.by_region,
    "open cases": todo.cases,
    "flow": flow.flow,
    "yield of kinds": lambda s, c: yields.yield_of(s, c, "kind"),
    "yield of sources": lambda s, c: yields.yield_of(s, c, "source", "exit"),
    "pace": lambda s, c: pace.pace(s, c, "routed"),
    "weekly stock": lambda s, c: pace.weekly_control(s, c, "closed"),
    "weekly outflow": lambda s, c: pace.weekly_control(s, c, "routed", "outflow", "exit"),
    "on time": rates.rate,
    "feedback": lambda s, c: rates.rate(s, c, "I0203"),
    "medians": medians.medians,
    "medians by programme": lambda s, c: medians.medians(s, c, "programme"),
    "survival": survival.survival,
    "by county": counties.by_county,
    "returns": returns.returns,
    "completed and open": waits.completed_and_open,
    "around": lambda s, c: waits.around(s, c, D - timedelta(days=365)),
    "map of a rate": lambda s, c: county.county_map(s, c, "I0891"),
    "map by significance": lambda s, c: county.county_map(s, c, "I0723", True, "I0707"),
    "map of a count": lambda s, c: county.county_map(s, c, "I0890"),
    "months": lambda s, c: months.over_time(s, c, "I0891", False),
    "played months": lambda s, c: months.over_time(s, c, "I0707", True),
    "programmes": programmes.by_programme,
    "county table": comparison.county_table,
    "profile": lambda s, c: comparison.profile(s, Scope(D, c.compared, COUNTY)),
    "trend": lambda s, c: series.trend(s, c, "I0723", "部门响应"),
    "cliff": living.cliff_effect,
    "chain": living.household_chain,
    "tables": quality.tables,
    "rows set aside": quality.set_aside,
    "submissions": submissions.on_time,
    "overlap": submissions.overlap,
    "revisions": quality.revisions,
    "rows reported": quality.reported,
    "merged": submissions.merged,
    "fresh": records.fresh,
    "complete": records.complete,
    "definitions": methods.definitions,
    "rules": methods.rules,
    "methods": methods.methods,
    "explored counties": lambda s, c: explore(s, c, ("I0891", "I0107"), "county", "bars"),
    "explored months": lambda s, c: explore(s, c, ("I0707",), "month", "lines"),
    "explored departments": lambda s, c: explore(s, c, ("I0723",), "department", "bars"),
    "explored programmes": lambda s, c: explore(s, c, ("I0890",), "programme", "bars"),
    "explored categories": lambda s, c: explore(s, c, ("I0101",), "category", "bars"),
    "explored residences": lambda s, c: explore(s, c, ("I0891",), "residence", "bars"),
    "explored map": lambda s, c: explore(s, c, ("I0723",), "county", "map"),
    "explored tasks": lambda s, c: explore(s, c, ("I0891",), "task_row", "table"),
}


def sound(exhibit: Exhibit) -> None:
    """What every exhibit owes its reader."""
    texts = (exhibit.title, exhibit.finding, exhibit.definition, exhibit.source_line)
    for text in texts:
        assert text, exhibit.key
        assert not {"None", "nan", "inf", "{"} & set(text.replace("（", " ").split()), text
        assert "None" not in text and "nan" not in text.lower(), text
    assert exhibit.finding.endswith("。"), exhibit.finding
    assert "？" not in exhibit.title, exhibit.title
    assert all(not name.isascii() for name in exhibit.table.columns), exhibit.table.columns
    for name in exhibit.table.select(pl.col(pl.Float64)).columns:
        assert all(math.isfinite(v) for v in exhibit.table[name].drop_nulls()), name


#: Kinds of traces that the browser's Plotly can draw: pages/shared/server/plotly/entry.js.
TRACES = {"scatter", "bar", "heatmap", "sankey"}

#: Figures that were found valid: roles and scopes often get the same.
_valid: set[int] = set()


def is_drawn(exhibit: Exhibit) -> None:
    """Its figure can be drawn; Plotly, which does not validate it for speed, accepts it."""
    if exhibit.chart:
        drawn = draw.figure(exhibit).to_json()
        if hash(drawn) not in _valid:
            go.Figure(json.loads(drawn))
            assert {trace["type"] for trace in json.loads(drawn)["data"]} <= TRACES
            _reads_well(exhibit, json.loads(drawn))
            _valid.add(hash(drawn))


#: Charts whose figures stand along an axis.
SCALED = ("bars", "lines", "control", "steps", "funnel")

#: 截至2026年10月31日, 2026年8月1日至2026年10月31日, 2024-10至2026-10.
WHEN = re.compile(r"截至\d+年\d+月\d+日|(\d+年\d+月\d+日|\d{4}-\d\d)至(\d+年\d+月\d+日|\d{4}-\d\d)")


def _is_titled(exhibit: Exhibit, layout: dict) -> None:
    """The days stand in the title, the unit there or above the axis, once and never sideways."""
    chart = exhibit.chart
    assert WHEN.fullmatch(exhibit.when), (exhibit.title, exhibit.when)
    along = layout["xaxis"].get("title", {}).get("text", "")
    assert not layout["yaxis"].get("title"), exhibit.title
    assert not along or along not in exhibit.title, exhibit.title
    unit = value_axis.in_brackets(chart.unit)
    above = [each["text"] for each in layout.get("annotations", ())].count(unit) if unit else 0
    if chart.kind in SCALED:
        assert bool(unit) == (above + (unit in exhibit.title) == 1), (exhibit.title, unit)
    else:
        assert not above, exhibit.title


def _reads_well(exhibit: Exhibit, drawn: dict) -> None:
    """The rules of charts: `exhibits/draw`."""
    chart, layout = exhibit.chart, drawn["layout"]
    _is_titled(exhibit, layout)
    figures = chart.data.get_column("y" if "y" in chart.data.columns else "value", default=None)
    if chart.percent and chart.kind in SCALED and not (figures > 100).any():
        lying = chart.kind == "bars" and layout["xaxis"].get("range")
        axis = layout["xaxis" if lying else "yaxis"]
        ends = (axis.get("range", (0, math.inf))[1], axis.get("maxallowed", math.inf))
        assert min(ends) <= 101, exhibit.title
    if chart.kind != "bars":
        return
    beyond = {a.get("y", a.get("x")): a["text"] for a in layout["annotations"]}
    inside = {
        (trace["name"], label): text
        for trace in drawn["data"]
        if trace.get("text") and trace.get("name")
        for label, text in zip(trace["y"] if chart.stacked else [], trace["text"], strict=False)
    }
    if chart.stacked and not chart.percent:
        sums = chart.data.drop_nulls("value").group_by("label").agg(pl.col("value").sum())
        for label in sums.filter(pl.col("value") > 0)["label"]:
            texts = [text for (_, of), text in inside.items() if of == label]
            assert beyond.get(label) or any(texts), (exhibit.title, label)
    if "series" in chart.data.columns and not chart.stacked:
        assert chart.data["series"].n_unique() > 4 or not any(
            trace.get("showlegend") and trace.get("name") in set(chart.data["series"])
            for trace in drawn["data"]
        ), exhibit.title
