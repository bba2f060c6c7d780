"""走访: from a visit to a finding, to a warning, to aid."""

import polars as pl

from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.recipe import builder
from exhibits.tasks.rows import PAGE
from exhibits.wording import words
from exhibits.wording.periods import counted_since, period
from queries.answers.cube_rows import own_group
from queries.answers.indicators import indicators
from queries.scope import Scope
from queries.store.snapshot import Snapshot


@builder
def found_aided(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Visits, visits with a possibly eligible person, warnings from visits, warnings with aid."""
    since = counted_since(snapshot, scope)
    rows = indicators(snapshot, scope.region.level, since)
    own = rows.filter(group=own_group(snapshot, scope.region))
    row_by_id = {r["id"]: r for r in own.filter(pl.col("status") != "no_data").to_dicts()}
    steps = []
    if visits := row_by_id.get("I0602"):
        steps += [
            ("走访（次）", visits["denominator"]),
            ("发现可能符合（次）", visits["numerator"]),
        ]
    if aided := row_by_id.get("I0603"):
        steps += [
            ("产生预警（条）", aided["denominator"]),
            ("办结并救助（条）", aided["numerator"]),
        ]
    table = pl.DataFrame(steps, schema={"环节": pl.String, "数量": pl.Float64}, orient="row")
    counted = table.with_columns(suppressed=pl.col("数量").is_null())
    visited = f"走访{words.count(visits['denominator'], '次')}，" if visits else ""
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="found-aided",
        title="走访发现困难对象救助情况",
        finding=f"{period(snapshot, since)}，{visited}走访产生的预警中办结并救助的占"
        f"{words.value(aided['value'], '%', aided['status'])}。"
        if aided
        else f"{words.NOT_CONNECTED}。",
        table=counted,
        chart=Chart(
            kind="bars",
            data=counted.select("suppressed", label="环节", value="数量"),
            unit="次、条",
            description="走访、发现、预警、救助各环节数量",
            ordered=True,
        ),
        definition="走访次数与预警条数单位不同，不作相除；救助率的分母为期内走访产生的入口预警。"
        "办结并救助：结果为纳入、已救助或转介救助。",
        counted_over=period(snapshot, since),
    )
