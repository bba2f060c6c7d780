"""部门响应: department × county, against the city's rate of all departments and the target."""

import polars as pl

from data.reference import policy_tables
from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.permitted import breakdown_level, breakdown_region
from exhibits.rate_table import rate_columns
from exhibits.recipe import builder
from exhibits.response.rates import PAGE, official_order, own_department, region_row
from exhibits.standing import MARKS, NOT_SHOWN
from exhibits.wording import names, words
from exhibits.wording.definitions import definition
from exhibits.wording.periods import NAMES, counted, counted_since, of_flow
from queries.access.open_edition import SUPPRESSED
from queries.answers.indicators import indicators
from queries.answers.response_breakdowns import on_time_by_two
from queries.answers.significance import beside_all, standing
from queries.catalogue import catalogue
from queries.scope import Scope
from queries.store.snapshot import Snapshot

INDICATOR = "I0723"

#: The second mark: against the department's own level, which says nothing about the target.
ARROWS = {"improvement": "↑", "concern": "↓"}

STANDING = {"improvement": "▲ 优于", "concern": "▼ 劣于", "few": "样本过少"}

OF_OWN = {"improvement": "↑ 高于", "concern": "↓ 低于"}

#: Places that the sentence names of one department.
NAMED = 3


@builder
def by_county(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """On-time rate of each department in each county; ▲▼ against all, ↑↓ against its own level."""
    all_levels = levels(snapshot, scope)
    rows, all_names = _rows(snapshot, scope, list(all_levels.values())), "和".join(all_levels)
    name_by_code = names.region_names(snapshot)
    labelled = rows.with_columns(
        place=pl.col("region").replace(name_by_code),
        unit=names.named("department", names.departments(), names.NO_DEPARTMENT),
    )
    name = f"按时响应率（{NAMES[scope.period]}）"
    below = breakdown_level(snapshot, scope.region)
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="response-by-county",
        title=f"{name}（部门×{'乡镇' if below == 'township' else '县区'}）",
        finding=_finding(labelled, all_names),
        table=labelled.select(
            pl.col("unit").alias("部门"),
            pl.col("place").alias("地区"),
            *rate_columns(f"{name}（%）", "rate", "按时响应（件）", "到期（件）"),
            pl.col("mark").replace_strict(STANDING, default="").alias("水平"),
            pl.col("own").replace_strict(OF_OWN, default="").alias("与本部门全市水平相比"),
            SUPPRESSED,
        ),
        chart=_chart(labelled, list(name_by_code), all_names),
        definition=f"{definition(INDICATOR, f'{counted(snapshot, scope)}。')}"
        f"颜色和▲▼对照{all_names}：95%置信区间全部高于（低于）其中每一项才标注。"
        "↑↓对照本部门自身全市水平，区间不含该值才标注，不表示是否达标。",
        counted_over=of_flow(snapshot, scope, catalogue()[INDICATOR]),
    )


def levels(snapshot: Snapshot, scope: Scope) -> dict[str, float]:
    """What all are measured by: the target, and the city's rate where more than one is seen."""
    target = policy_tables.targets(snapshot.as_of).get(INDICATOR)
    by_name = {f"目标{target[0]:g}%": target[0]} if target else {}
    city = region_row(snapshot, Scope(scope.as_of, period=scope.period), INDICATOR)["value"]
    if city is not None and not snapshot.access.department:
        by_name["全市各部门合计"] = city
    return by_name


def _rows(snapshot: Snapshot, scope: Scope, levels: list[float]) -> pl.DataFrame:
    """`on_time_by_two` in official order, with `mark` (against all) and `own` (its own level)."""
    since, about = counted_since(snapshot, scope), catalogue()[INDICATOR]
    everywhere = on_time_by_two(snapshot, since, breakdown_region(snapshot, scope.region))
    there = everywhere.filter(scope.region.county.holds(pl.col("region")))
    rows = own_department(there, scope, "department").sort(official_order("department"), "region")
    in_city = indicators(snapshot, "department", since).filter(id=INDICATOR)
    own_level = {row["group"]: row for row in in_city.to_dicts()}
    marks, owns = [], []
    for row in rows.to_dicts():
        cell = row | {"status": "suppressed" if row["rate"] is None else "ok"}
        marks.append(beside_all(about, cell, levels))
        owns.append(standing(about, cell, own_level[row["department"]]))
    return rows.with_columns(
        mark=pl.Series(marks, dtype=pl.String), own=pl.Series(owns, dtype=pl.String)
    )


def _finding(rows: pl.DataFrame, all_names: str) -> str:
    """Which departments are behind everybody where, then which are behind themselves."""
    behind = _where(rows.filter(mark="concern"))
    slipping = _where(rows.filter(pl.col("mark") != "concern", own="concern"))
    text = f"显著低于{all_names}的是{behind}" if behind else "各部门在各地均无显著偏低"
    return f"{text}；另有低于本部门自身全市水平的{slipping}。" if slipping else f"{text}。"


def _where(rows: pl.DataFrame) -> str:
    """市住建局（武都区、成县、文县等9地）"""
    places = rows.group_by("unit", maintain_order=True).agg("place")
    return words.listed([f"{unit}（{_some(named)}）" for unit, named in places.rows()])


def _some(places: list[str]) -> str:
    more = f"等{len(places)}地" if len(places) > NAMED else ""
    return f"{words.listed(places[:NAMED])}{more}"


def _chart(rows: pl.DataFrame, order: list[str], all_names: str) -> Chart:
    records = []
    for row in rows.to_dicts():
        shown = row["rate"] is not None
        rate = words.value(row["rate"], "%", "ok" if shown else "suppressed")
        counts = "/".join(words.count(row[name], "") for name in ("numerator", "denominator"))
        hover = f"{row['unit']}·{row['place']}<br>按时响应率{rate}（{counts}）"
        marks = MARKS.get(row["mark"], "") + ARROWS.get(row["own"], "")
        text = f"{row['rate']:.0f}{marks}" if shown else words.HIDDEN
        records.append((row["place"], row["unit"], text, row["mark"], row["region"], hover))
    schema = dict.fromkeys(("x", "y", "text", "mark", "code", "hover"), pl.String)
    position = pl.col("code").replace_strict(order, range(len(order)), return_dtype=pl.Int32)
    return Chart(
        kind="matrix",
        data=pl.DataFrame(records, schema=schema, orient="row").sort(position, maintain_order=True),
        unit="%",
        description="部门与地区对照的按时响应率矩阵",
        classes=(
            (f"▲ 优于{all_names}", "improvement"),
            ("无显著差异，或介于其间", "usual"),
            (f"▼ 劣于{all_names}", "concern"),
            ("样本过少（不足30件）", "few"),
            NOT_SHOWN,
            ("↑↓ 高于、低于本部门全市水平", "none"),
        ),
    )
