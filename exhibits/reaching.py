"""覆盖缺口, continued: how long it takes, what is missing, beyond rule, counties compared."""

from functools import lru_cache

import polars as pl

from exhibits import names, words
from exhibits.common import FEWEST, made
from exhibits.coverage import PAGE, own_rows
from exhibits.definitions import definition
from exhibits.exhibit import Chart, Exhibit
from queries.answers.coverage import coverage
from queries.answers.indicators import indicators
from queries.answers.reach import missing, reach_curve, reach_medians
from queries.answers.regions import regions
from queries.scope import Scope
from queries.snapshot import Snapshot
from queries.statistics.funnel import ACTION_Z, WARNING_Z, funnel, funnel_limits

#: Curves drawn at once; more cannot be told apart.
CURVES = 6

NOT_REACHED = words.STATUS["not_reached"]


@lru_cache(maxsize=64)
def how_long(snapshot: Snapshot, scope: Scope, basis: str = "firm") -> Exhibit:
    """Survival from eligible to covered; the programmes with the largest gaps are drawn."""
    medians = reach_medians(snapshot, scope.region, scope.category).filter(basis=basis)
    if scope.department:
        own = own_rows(snapshot, scope, basis)["programme_code"]
        medians = medians.filter(pl.col("programme").is_in(own.to_list()))
    waiting = medians.with_columns(waiting=pl.col("persons") - pl.col("reached"))
    drawn = waiting.filter(pl.col("persons") >= FEWEST).sort("waiting", descending=True)
    codes = drawn["programme"].head(CURVES).to_list()
    curves = reach_curve(snapshot, scope.region, scope.category)
    data = (
        pl.concat(
            [
                curves.filter(pl.col("programme") == code).select(
                    series=pl.lit(names.programme(code)),
                    x=pl.col("days").cast(pl.Int64),
                    y=pl.col("survival") * 100,
                    at_risk="at_risk",
                )
                for code in codes
            ]
        )
        if codes
        else pl.DataFrame()
    )
    slow = drawn.filter(pl.col("median").is_not_null()).sort("median", descending=True).head(3)
    said = words.listed(
        [f"{names.programme(r['programme'])}（{r['median']}日）" for r in slow.to_dicts()]
    )
    return made(
        snapshot,
        scope,
        PAGE,
        key=f"reach-{basis}",
        title=f"{names.BASES[basis]}_多久救到",
        question="从符合条件到救到，要多久？",
        finding=f"用时中位数较长的项目是{said}。"
        if said
        else "无可比数据：符合条件的人员不足30人。",
        table=waiting.sort("programme").select(
            pl.col("programme").replace(names.programmes()).alias("项目"),
            pl.col("persons").alias("符合条件（人）"),
            pl.col("reached").alias("已救到（人）"),
            pl.col("waiting").alias("截尾：未救到或核实排除（人）"),
            pl.col("median").cast(pl.String).fill_null(NOT_REACHED).alias("中位数（日）"),
            pl.col("lower").alias("95%下限"),
            pl.col("upper").alias("95%上限"),
        ),
        chart=Chart(
            kind="steps",
            data=data,
            unit="尚未救到（%）",
            x_title="符合条件后日数",
            description="各项目符合条件后尚未救到比例的阶梯曲线",
        ),
        definition="自符合条件之日起至首次享受之日的日历日数（Kaplan–Meier估计）；"
        "核实排除的截尾于答复日，其余未救到的截尾于截至日，未达到一半的记“未达到”。"
        f"图中为未救到人数最多的{CURVES}个项目。",
    )


@lru_cache(maxsize=64)
def missing_number(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Persons by how many firm programmes they miss."""
    rows = missing(snapshot, scope.region, scope.category, scope.residence)
    many = pl.when(pl.col("number") >= 3).then(pl.lit("3项及以上"))
    counted = (
        rows.filter(pl.col("number") > 0)
        .group_by(label=many.otherwise(pl.format("{}项", "number")))
        .agg(persons=pl.col("persons").sum())
        .sort("label")
    )
    total, all_of = counted["persons"].sum(), rows["persons"].sum()
    several = counted.filter(pl.col("label") != "1项")["persons"].sum()
    share = f"，占在册人员{total / all_of * 100:.2f}%" if all_of else ""
    return made(
        snapshot,
        scope,
        PAGE,
        key="missing-number",
        title="缺项人数",
        question="一个人缺几项？",
        finding=f"至少缺一项的{words.count(total, '人')}{share}；"
        f"缺两项及以上的{words.count(several, '人')}。"
        if total
        else "无应救未救人员。",
        table=counted.select(
            pl.col("label").alias("缺少项目数"), pl.col("persons").alias("人数（人）")
        ),
        chart=Chart(
            kind="bars",
            data=counted.select("label", value="persons"),
            unit="人",
            description="按缺少应享项目数的人数柱形图",
        ),
        definition=definition("I0890"),
        persons=True,
    )


@lru_cache(maxsize=64)
def missing_combinations(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """The most common combinations of missing firm programmes."""
    rows = missing(snapshot, scope.region, scope.category, scope.residence)
    top = rows.filter(pl.col("number") > 0).head(10)
    labels = [" ＋ ".join(names.programme(p) for p in codes) for codes in top["programmes"]]
    named = top.with_columns(label=pl.Series(labels, dtype=pl.String))
    lead = named.row(0, named=True) if named.height else None
    return made(
        snapshot,
        scope,
        PAGE,
        key="missing-combinations",
        title="常见缺项组合",
        question="最常缺的是哪几项？",
        finding=f"最常见的是缺{lead['label']}（{words.count(lead['persons'], '人')}）。"
        if lead
        else "无应救未救人员。",
        table=named.select(
            pl.col("label").alias("缺少的项目"),
            pl.col("number").cast(pl.Int64).alias("项数"),
            pl.col("persons").alias("人数（人）"),
        ),
        chart=Chart(
            kind="bars",
            data=named.select("label", value="persons"),
            unit="人",
            description="最常见的缺项组合及人数",
            horizontal=True,
        ),
        definition=definition("I0890") + "列前10种组合。",
        persons=True,
    )


@lru_cache(maxsize=64)
def beyond_rule(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Persons with evidence of a programme they are not eligible for (疑似不符合)."""
    bases = [own_rows(snapshot, scope, basis) for basis in names.BASES]
    rows = pl.concat(bases).filter(pl.col("beyond_rule") > 0).sort("beyond_rule", descending=True)
    named = rows.with_columns(
        label=pl.col("programme_code").map_elements(names.programme, return_dtype=pl.String)
    )
    top = words.listed(
        [f"{r['label']}（{words.count(r['beyond_rule'], '人')}）" for r in named.head(3).to_dicts()]
    )
    return made(
        snapshot,
        scope,
        PAGE,
        key="beyond-rule",
        title="疑似不符合",
        question="谁在享受却不符合规则？（疑似不符合）",
        finding=f"疑似不符合人数较多的是{top}，需进一步核实。" if top else "未发现疑似不符合。",
        table=named.select(
            pl.col("programme_code").replace(names.programmes()).alias("项目"),
            pl.col("beyond_rule").alias("疑似不符合（人）"),
            pl.col("covered").alias("享受（人）"),
        ),
        chart=Chart(
            kind="bars",
            data=named.head(12).select("label", value="beyond_rule"),
            unit="人",
            description="各项目疑似不符合人数",
            horizontal=True,
        ),
        definition="本人在项目计算窗口内有该项目记录、但按资格规则不符合条件的在册人员（替代项目、"
        "同户成员的记录不计）。仅为线索，不作认定。",
        persons=True,
    )


@lru_cache(maxsize=64)
def not_terminated(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """I0706 应退未退 by county, or by township of the scope's county."""
    by = "township" if scope.region else "county"
    named = names.region_names(snapshot)
    rows = indicators(snapshot, by).filter(
        pl.col("id") == "I0706", pl.col("group").str.starts_with(scope.region[:6])
    )
    shown = rows.filter(pl.col("value").fill_null(0) > 0) if scope.region else rows
    known = shown.with_columns(label=pl.col("group").replace(named))
    total = int(known["value"].fill_null(0).sum())
    absent = rows.height and rows["status"][0] == "no_data"
    top = known.sort("value", descending=True, nulls_last=True).head(3).to_dicts()
    listed = words.listed([f"{r['label']}（{r['value']:.0f}人）" for r in top if r["value"]])
    finding = (
        f"{words.NOT_CONNECTED}。"
        if absent
        else f"经核实不再符合条件、待遇仍在发放的{words.count(total, '人')}，较多的是{listed}。"
        if total
        else "未发生应退未退。"
    )
    return made(
        snapshot,
        scope,
        PAGE,
        key="not-terminated",
        title="应退未退",
        question="应退未退的在哪里？",
        finding=finding,
        table=pl.DataFrame()
        if absent
        else known.select(
            pl.col("label").alias("地区"), pl.col("value").cast(pl.Int64).alias("应退未退（人）")
        ),
        chart=Chart(
            kind="bars",
            data=known.select("label", "value", code="group"),
            unit="人",
            description="各地区应退未退人数",
        ),
        definition=definition("I0706"),
    )


@lru_cache(maxsize=64)
def county_funnel(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Coverage rate of the counties against their number of cases, with funnel limits."""
    narrowed = (scope.residence or None, scope.category or None)
    rows = indicators(snapshot, "county", None, *narrowed).filter(
        pl.col("id") == "I0891", pl.col("denominator") > 0
    )
    judged = funnel(rows.select("group", "numerator", "denominator"))
    named = names.region_names(snapshot)
    low, high = pl.col("lower_998"), pl.col("upper_998")
    data = judged.select(
        label=pl.col("group").replace(named),
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
    overall = judged["overall"].first() if judged.height else None
    said = f"低于99.8%下限的是{words.listed(outside)}" if outside else "各县区均未低于99.8%下限"
    return made(
        snapshot,
        scope,
        PAGE,
        key="coverage-funnel",
        title="县区覆盖率漏斗图",
        question="县区差异是真差异，还是规模造成的波动？",
        finding=f"全市覆盖率{overall * 100:.2f}%；{said}。"
        if overall is not None
        else words.UNKNOWN + "。",
        table=judged.select(
            pl.col("group").replace(named).alias("县区"),
            (pl.col("proportion") * 100).round(2).alias("覆盖率（%）"),
            pl.col("denominator").cast(pl.Int64).alias("符合条件（人次）"),
            *[
                (pl.col(column) * 100).round(2).alias(name)
                for column, name in (
                    ("lower_95", "95%下限"),
                    ("upper_95", "95%上限"),
                    ("lower_998", "99.8%下限"),
                    ("upper_998", "99.8%上限"),
                )
            ],
        ),
        chart=Chart(
            kind="funnel",
            data=data,
            unit="覆盖率（%）",
            x_title="符合条件（人次）",
            description="县区覆盖率与符合条件人次的漏斗图",
            reference=overall * 100 if overall is not None else None,
            reference_name="全市",
            guides=_guides(overall, data),
        ),
        definition=f"{definition('I0891')}漏斗限：p̄±z·√(p̄(1−p̄)/n)，z取1.960与3.090。",
        persons=True,
    )


def _guides(overall: float | None, data: pl.DataFrame) -> pl.DataFrame | None:
    if overall is None:
        return None
    largest = int(data["x"].max())
    n = pl.DataFrame({"x": [max(1, largest * i // 60) for i in range(1, 67)]})
    lower_95, upper_95 = funnel_limits(overall, pl.col("x"), WARNING_Z)
    lower_998, upper_998 = funnel_limits(overall, pl.col("x"), ACTION_Z)
    return n.with_columns(
        lower_95=lower_95 * 100,
        upper_95=upper_95 * 100,
        lower_998=lower_998 * 100,
        upper_998=upper_998 * 100,
    )


@lru_cache(maxsize=32)
def switched_on(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Counties where a programme that is left to them is switched on."""
    connected = (
        "policies" in snapshot.manifest["connected"]
        or "programme_policy" in (snapshot.manifest["connected"])
    )
    counties = dict(regions(snapshot, "county"))
    on = (
        {(r["county"], r["programme"]): r for r in _policies(snapshot).to_dicts()}
        if connected
        else {}
    )
    programmes = sorted({programme for _, programme in on})
    records = []
    for code in programmes:
        for county, name in counties.items():
            row = on.get((county, code))
            text = "已开通" if row else "未开通"
            hover = f"{name}·{names.programme(code)}：{text}"
            records.append(
                (name, names.programme(code), text, "on" if row else "off", county, hover)
            )
    schema = dict.fromkeys(("x", "y", "text", "mark", "code", "hover"), pl.String)
    data = pl.DataFrame(records, schema=schema, orient="row")
    none = [name for code, name in counties.items() if not any(c == code for c, _ in on)]
    finding = (
        f"{words.NOT_CONNECTED}。"
        if not connected
        else f"由地方政策决定的项目共{len(programmes)}项"
    )
    if connected:
        finding += (
            f"；一项也未开通的是{words.listed(none)}。" if none else "，各县区均已开通至少一项。"
        )
    rates = coverage(snapshot, "county").filter(pl.col("programme_code").is_in(programmes))
    return made(
        snapshot,
        scope,
        PAGE,
        key="switched-on",
        title="地方自主项目开通情况",
        question="可由县区决定的项目，哪里开通了？",
        finding=finding,
        table=data.select(
            pl.col("y").alias("项目"), pl.col("x").alias("县区"), pl.col("text").alias("是否开通")
        )
        if rates.height
        else pl.DataFrame(),
        chart=Chart(
            kind="matrix",
            data=data,
            description="地方自主项目在各县区的开通情况",
            classes=(("已开通", "on"), ("未开通", "off")),
        ),
        definition="政策用语为“可”“有条件的县区”的项目，仅在县区开通（programme_policy）后计缺口；未开通不视为缺口。",
    )


def _policies(snapshot: Snapshot) -> pl.DataFrame:
    return snapshot.cube("policies")
