"""部门响应: department × county."""

import polars as pl

from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.permitted import breakdown_level, breakdown_region
from exhibits.rate_table import rate_columns
from exhibits.recipe import builder
from exhibits.response.rates import PAGE, official_order, own_department
from exhibits.standing import MARKS, NOT_SHOWN, SIGNIFICANCE
from exhibits.wording import names, words
from exhibits.wording.definitions import definition
from exhibits.wording.periods import NAMES, counted, counted_since
from queries.access.open_edition import SUPPRESSED
from queries.answers.indicators import indicators
from queries.answers.response_breakdowns import on_time_by_two
from queries.answers.significance import standing
from queries.catalogue import catalogue
from queries.scope import Scope
from queries.store.snapshot import Snapshot


@builder
def by_county(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """On-time rate of each department in each county, against the same department in the city."""
    since = counted_since(snapshot, scope)
    all_rows = on_time_by_two(snapshot, since, breakdown_region(snapshot, scope.region))
    there = all_rows.filter(scope.region.county.holds(pl.col("region")))
    rows = own_department(there, scope, "department")
    city = {
        r["group"]: r
        for r in indicators(snapshot, "department", since).filter(id="I0723").to_dicts()
    }
    name_by_code, about = names.region_names(snapshot), catalogue()["I0723"]
    name = f"按时响应率（{NAMES[scope.period]}）"
    level = breakdown_level(snapshot, scope.region)
    ordered = rows.sort(official_order("department"), "region")
    records = []
    for row in ordered.to_dicts():
        status = "suppressed" if row["rate"] is None else "ok"
        mark = standing(about, {**row, "status": status}, city[row["department"]])
        region, department = (
            name_by_code.get(row["region"], row["region"]),
            names.department(row["department"]),
        )
        rate = words.value(row["rate"], "%", status)
        counts = [words.count(row[name], "") for name in ("numerator", "denominator")]
        hover = f"{department}·{region}<br>按时响应率{rate}（{'/'.join(counts)}）"
        text = words.HIDDEN if row["rate"] is None else f"{row['rate']:.0f}{MARKS.get(mark, '')}"
        records.append((region, department, text, mark, row["region"], hover))
    schema = dict.fromkeys(("x", "y", "text", "mark", "code", "hover"), pl.String)
    data = pl.DataFrame(records, schema=schema, orient="row")
    order = [code for code in name_by_code if code in set(rows["region"])]
    data = data.sort(
        pl.col("code").replace_strict(order, range(len(order)), return_dtype=pl.Int32),
        maintain_order=True,
    )
    worse = words.listed([f"{r[1]}在{r[0]}" for r in records if r[3] == "concern"][:4])
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="response-by-county",
        title=f"{name}_部门×{'乡镇' if level == 'township' else '县区'}",
        question="哪个部门在哪里办得慢？",
        finding=f"显著低于该部门全市水平的有{worse}。" if worse else "各部门在各地均无显著偏低。",
        table=ordered.select(
            pl.col("department").replace(names.departments()).alias("部门"),
            pl.col("region").replace(name_by_code).alias("地区"),
            *rate_columns(f"{name}（%）", "rate", "按时响应（件）", "到期（件）"),
            SUPPRESSED,
        ),
        chart=Chart(
            kind="matrix",
            data=data,
            unit="%",
            description="部门与地区对照的按时响应率矩阵",
            classes=(
                ("▲ 优于该部门全市水平", "improvement"),
                ("无显著差异", "usual"),
                ("▼ 劣于该部门全市水平", "concern"),
                ("样本过少（不足30件）", "few"),
                NOT_SHOWN,
            ),
        ),
        definition=definition("I0723", f"{counted(snapshot, scope)}。{SIGNIFICANCE}"),
    )
