"""覆盖缺口: are counties apart by more than chance?"""

import polars as pl

from exhibits.coverage.rows import PAGE
from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.rate_table import limit_columns
from exhibits.recipe import builder
from exhibits.wording import names, words
from exhibits.wording.definitions import definition
from queries.access import OUTSIDE, AccessError
from queries.answers.indicators import indicators
from queries.region import Region
from queries.scope import Scope
from queries.statistics.funnel import ACTION_Z, WARNING_Z, funnel, funnel_limits
from queries.store.snapshot import Snapshot

OWN_ALONE = "其他地区的人（户）次不向本角色公开，只列本地区与全市。"

LIMITS = ("lower_95", "upper_95", "lower_998", "upper_998")


@builder
def county_funnel(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Coverage rate of the counties against their number of cases, with funnel limits."""
    narrowed = (scope.residence or None, scope.category or None)
    judged = _judged(snapshot, narrowed)
    name_by_code = names.region_names(snapshot)
    low, high = pl.col("lower_998"), pl.col("upper_998")
    data = judged.select(
        label=pl.col("group").replace(name_by_code),
        x=pl.col("denominator").cast(pl.Int64),
        y=pl.col("proportion") * 100,
        code="group",
        mark=pl.when(pl.col("proportion") > high)
        .then(pl.lit("improvement"))
        .when(pl.col("proportion") < low)
        .then(pl.lit("concern"))
        .otherwise(pl.lit("usual")),
    )
    outside = data.filter(mark="concern")["label"].to_list()
    overall = judged["overall"][0] if judged.height else None
    all_regions = "本地区" if snapshot.access.own else "各县区均"
    below_limit = (
        f"低于99.8%下限的是{words.listed(outside)}" if outside else f"{all_regions}未低于99.8%下限"
    )
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="coverage-funnel",
        title="县区覆盖率比较（漏斗图）",
        finding=f"全市覆盖率{overall * 100:.2f}%；{below_limit}。"
        if overall is not None
        else words.UNKNOWN + "。",
        table=judged.with_columns(pl.col("proportion", *LIMITS) * 100).select(
            pl.col("group").replace(name_by_code).alias("县区"),
            pl.col("proportion").round(2).alias("覆盖率（%）"),
            pl.col("denominator").alias("应发放（人（户）次）"),
            *limit_columns("95%", ("lower_95", "upper_95")),
            *limit_columns("99.8%", ("lower_998", "upper_998")),
        ),
        chart=Chart(
            kind="funnel",
            data=data,
            unit="覆盖率（%）",
            x_title="应发放（人（户）次）",
            description="县区覆盖率与应发放人（户）次的漏斗图",
            reference=overall * 100 if overall is not None else None,
            reference_name="全市",
            guides=_guides(overall, data),
        ),
        definition=f"{definition('I0891')}漏斗限：p̄±z·√(p̄(1−p̄)/n)，z取1.960与3.090。"
        f"{OWN_ALONE if snapshot.access.own else ''}",
        persons=True,
    )


def _judged(snapshot: Snapshot, narrowed: tuple[str | None, str | None]) -> pl.DataFrame:
    """`funnel` of the counties; of a role's own region alone, against the city's rate."""
    own = snapshot.access.own
    has_rate = (
        pl.col("id") == "I0891",
        pl.col("denominator") > 0,
        pl.col("numerator").is_not_null(),
    )
    rows = indicators(snapshot, Region(own).level if own else "county", None, *narrowed).filter(
        has_rate
    )
    if not own:
        return funnel(rows.select("group", "numerator", "denominator"))
    city = indicators(snapshot, "city", None, *narrowed).filter(id="I0891").row(0, named=True)
    if city["value"] is None:
        raise AccessError(OUTSIDE)
    overall, n = city["value"] / 100, pl.col("denominator")
    limits = [*funnel_limits(overall, n, WARNING_Z), *funnel_limits(overall, n, ACTION_Z)]
    return rows.filter(group=own).select(
        "group",
        "denominator",
        proportion=pl.col("numerator") / n,
        overall=pl.lit(overall),
        **dict(zip(LIMITS, limits, strict=True)),
    )


def _guides(overall: float | None, data: pl.DataFrame) -> pl.DataFrame | None:
    if overall is None:
        return None
    largest = int(max(data["x"]))
    n = pl.DataFrame({"x": [max(1, largest * i // 60) for i in range(1, 67)]})
    lower_95, upper_95 = funnel_limits(overall, pl.col("x"), WARNING_Z)
    lower_998, upper_998 = funnel_limits(overall, pl.col("x"), ACTION_Z)
    return n.with_columns(
        lower_95=lower_95 * 100,
        upper_95=upper_95 * 100,
        lower_998=lower_998 * 100,
        upper_998=upper_998 * 100,
    )
