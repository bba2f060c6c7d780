"""覆盖缺口: a count of persons or households by region."""

import polars as pl

from exhibits.coverage.rows import PAGE
from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.permitted import breakdown_level
from exhibits.recipe import builder
from exhibits.suppressed import total, with_suppressed
from exhibits.wording import names, words
from exhibits.wording.definitions import definition
from queries.answers.indicators import indicators
from queries.catalogue import catalogue
from queries.scope import Scope
from queries.store.snapshot import Snapshot


@builder
def by_region(snapshot: Snapshot, scope: Scope, indicator: str) -> Exhibit:
    """A count by county, or by township of the scope's county."""
    about = catalogue()[indicator]
    name = about.name.removesuffix("人数").removesuffix("户数")
    by = breakdown_level(snapshot, scope.region)
    name_by_code = names.region_names(snapshot)
    rows = indicators(snapshot, by).filter(
        pl.col("id") == indicator, scope.region.county.holds(pl.col("group"))
    )
    not_zero = pl.col("value").is_null() | (pl.col("value") > 0)
    chosen = rows.filter(not_zero) if by == "township" else rows
    labelled = with_suppressed(chosen).with_columns(label=pl.col("group").replace(name_by_code))
    whole = total(labelled["value"])
    absent = rows.height and rows["status"][0] == "no_data"
    top = labelled.filter(pl.col("value") > 0).sort("value", descending=True).head(3).to_dicts()
    most = words.listed([f"{r['label']}（{r['value']:.0f}{about.unit}）" for r in top])
    finding = (
        f"{words.NOT_CONNECTED}。"
        if absent
        else f"{name}{words.count(whole, about.unit)}{f'，较多的是{most}' if most else ''}。"
        if whole != 0
        else f"未发生{name}。"
    )
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key=f"by-region-{indicator}",
        title=name,
        finding=finding,
        table=pl.DataFrame()
        if absent
        else labelled.select(
            pl.col("label").alias("地区"),
            pl.col("value").alias(f"{name}（{about.unit}）"),
            "suppressed",
        ),
        chart=Chart(
            kind="bars",
            data=labelled.select("label", "value", "suppressed", code="group"),
            unit=about.unit,
            description=f"各地区{about.name}",
        ),
        definition=definition(indicator),
    )
