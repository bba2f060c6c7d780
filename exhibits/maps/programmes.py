"""县区地图: coverage of each programme, a small map a programme."""

import polars as pl

from exhibits.coverage.rows import UNIT, counted, rate_status
from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.maps import classes
from exhibits.maps.county import PAGE
from exhibits.recipe import builder
from exhibits.wording import names, words
from exhibits.wording.definitions import definition
from exhibits.wording.figures import short
from geo import boundaries
from queries.access.open_edition import SUPPRESSED
from queries.answers.coverage import coverage
from queries.answers.significance import FEWEST
from queries.catalogue import catalogue
from queries.scope import Scope
from queries.store.snapshot import Snapshot


@builder
def by_programme(snapshot: Snapshot, scope: Scope, basis: str = "firm") -> Exhibit:
    """Coverage rate of each programme with a gap basis, a small map a programme."""
    all_rows = coverage(snapshot, "county", scope.residence or None, scope.category or None)
    # Of other counties a role knows the rates of indicators, of no single programme.
    own = pl.col("group").str.starts_with(snapshot.access.county)
    rows = counted(all_rows.filter(pl.col("basis") == basis, own))
    about = catalogue()["I0891"]
    name_by_code = names.region_names(snapshot)
    records = [
        {
            "id": "I0891",
            "group": r["group"],
            "value": r["rate"],
            "denominator": None if r["eligible"] is None else r["eligible"] - (r["pending"] or 0),
            "status": rate_status(r),
            "panel": names.programme(r["programme_code"]),
        }
        for r in rows.to_dicts()
    ]
    values = classes.known_values(about, records)
    ends = classes.breaks(values)
    marks = classes.of_quantiles(about, records, ends)
    data = pl.DataFrame(
        [(r["panel"], r["group"], mark, short(r)) for r, mark in zip(records, marks, strict=True)],
        schema={"panel": pl.String, "code": pl.String, "mark": pl.String, "text": pl.String},
        orient="row",
    )
    table = rows.select(
        pl.col("programme_code").replace(names.programmes()).alias("项目"),
        pl.col("group").replace(name_by_code).alias("地区"),
        pl.col("rate").round(2).alias("覆盖率（%）"),
        UNIT,
        pl.col("covered_eligible").alias("已享受（人、户）"),
        pl.col("eligible").alias("符合条件（人、户）"),
        pl.col("pending").alias("发放期内（人、户）"),
        SUPPRESSED,
    )
    low = sorted(
        (r for r in records if r["status"] == "ok" and (r["denominator"] or 0) >= FEWEST),
        key=lambda r: r["value"],
    )
    finding = "无可比数据。"
    if low:
        lowest_in_words = words.listed(
            [f"{name_by_code[r['group']]}{r['panel']}（{r['value']:.2f}%）" for r in low[:3]]
        )
        finding = f"覆盖率较低的是{lowest_in_words}。"
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key=f"programmes-{basis}",
        title="各项目覆盖率分布",
        finding=finding,
        table=table,
        chart=Chart(
            kind="maps",
            data=data,
            unit="%",
            description="各救助项目分县区覆盖率小图",
            classes=classes.legend_of_quantiles(about, ends, values, set(marks)),
            credit=boundaries.credit(),
        ),
        definition=definition("I0891") + "各项目使用同一分级。",
        persons=True,
    )
