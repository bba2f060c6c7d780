"""部门响应: how fast does each department answer what is referred to it?"""

from functools import lru_cache

import polars as pl

from exhibits import names, words
from exhibits.common import FEWEST, MARKS, SIGNIFICANCE, made, period, standing, year_start
from exhibits.definitions import definition, limit
from exhibits.exhibit import Chart, Exhibit
from queries.answers.cells import level_of, own_group
from queries.answers.indicators import indicators
from queries.answers.response import curve, response
from queries.answers.response_parts import on_time_by_two
from queries.catalogue import catalogue
from queries.scope import Scope, before
from queries.snapshot import Snapshot

PAGE = "部门响应"

NOT_REACHED = words.STATUS["not_reached"]

CENSORED = "在办、退回的按截尾处理（Kaplan–Meier），95%限为对数对数变换。"


def _order(column: str) -> pl.Expr:
    """Official order of departments."""
    order = {code: i for i, code in enumerate(names.departments())}
    return pl.col(column).replace_strict(order, default=len(order), return_dtype=pl.Int32)


def _own(rows: pl.DataFrame, scope: Scope, column: str = "group") -> pl.DataFrame:
    return rows.filter(pl.col(column) == scope.department) if scope.department else rows


def region_row(snapshot: Snapshot, scope: Scope, indicator: str) -> dict:
    """The indicator's figure of the scope's region, year to date."""
    found = indicators(snapshot, level_of(scope.region), year_start(snapshot.as_of))
    return found.filter(id=indicator, group=own_group(snapshot, scope.region)).row(0, named=True)


def _rates(snapshot: Snapshot, scope: Scope, indicator: str) -> pl.DataFrame:
    since = year_start(snapshot.as_of)
    rows = indicators(snapshot, "department", since, region=scope.region)
    return _own(rows.filter(pl.col("id") == indicator, pl.col("denominator") > 0), scope)


@lru_cache(maxsize=64)
def rate(snapshot: Snapshot, scope: Scope, indicator: str = "I0723") -> Exhibit:
    """A rate of the catalogue by department, with 95 % intervals, in official order."""
    about, whole = catalogue()[indicator], region_row(snapshot, scope, indicator)
    rows = _rates(snapshot, scope, indicator)
    labelled = rows.with_columns(
        label=pl.col("group").replace(names.departments()),
        text=pl.col("value").round(1).cast(pl.String),
    )
    return made(
        snapshot,
        scope,
        PAGE,
        key=f"department-{indicator}",
        title=f"{about.name}_分部门",
        question=f"各部门{about.name}有多高？" if indicator != "I0723" else "哪个部门按时办理？",
        finding=_rate_finding(snapshot, scope, labelled, whole, about.name),
        table=labelled.select(
            pl.col("label").alias("部门"),
            pl.col("value").round(2).alias(f"{about.name}（%）"),
            pl.col("lower").round(2).alias("95%下限"),
            pl.col("upper").round(2).alias("95%上限"),
            pl.col("numerator").cast(pl.Int64).alias("分子（件）"),
            pl.col("denominator").cast(pl.Int64).alias("分母（件）"),
        ),
        chart=Chart(
            kind="bars",
            data=labelled.select("label", "value", "lower", "upper", "text", code="group"),
            unit="%",
            description=f"各部门{about.name}及95%置信区间",
            horizontal=True,
            reference=whole["value"],
            reference_name=names.place(snapshot, scope.region),
        ),
        definition=f"{definition(indicator).replace('流量指标按当月1日至截至日统计。', '')}"
        "本年1月1日至截至日；部门按规定次序排列。",
    )


def _rate_finding(
    snapshot: Snapshot, scope: Scope, rows: pl.DataFrame, whole: dict, name: str
) -> str:
    when = period(snapshot, year_start(snapshot.as_of))
    if whole["status"] != "ok":
        return f"{when}无到期推送。"
    ranked = rows.filter(pl.col("denominator") >= FEWEST).sort(
        "value", descending=True, maintain_order=True
    )
    below = ranked.filter(pl.col("upper") < whole["value"])["label"].to_list()
    then = before(snapshot, scope)
    old = region_row(then, scope, whole["id"])["value"] if then else None
    change = words.change_since(whole["value"], old, "%", then.as_of if then else None)
    parts = [f"{when}，{names.place(snapshot, scope.region)}{name}{whole['value']:.2f}%，{change}"]
    if ranked.height >= 4:
        parts.append(f"居前三位的是{words.listed(ranked['label'].head(3).to_list())}")
    if below:
        parts.append(f"显著低于平均水平的是{words.listed(below)}")
    return "；".join(parts) + "。"


@lru_cache(maxsize=64)
def medians(snapshot: Snapshot, scope: Scope, by: str = "department") -> Exhibit:
    """The honest median beside the closed-only one, and by how much that flatters."""
    since = year_start(snapshot.as_of)
    rows = response(snapshot, by, since, scope.region).filter(pl.col("referrals") > 0)
    if by == "department":
        rows = _own(rows, scope)
    named = names.departments() if by == "department" else names.programmes()
    late = _overdue(snapshot, scope, by)
    rows = rows.join(late, on="group", how="left", maintain_order="left")
    flatters = pl.col("median") - pl.col("closed_only_median")
    known = rows.with_columns(flatters=flatters, label=pl.col("group").replace(named))
    flattered = known.filter(pl.col("flatters") > 0)["label"].to_list()
    what = "部门" if by == "department" else "项目"
    honest = (
        f"只看已办结会显得更快的{what}是{words.listed(flattered[:6])}"
        f"{'等' if len(flattered) > 6 else ''}"
        if flattered
        else "两种口径一致"
    )
    bars = [
        known.select(
            label=pl.col("label"),
            series=pl.lit(series),
            value=pl.col(column).cast(pl.Float64),
            text=pl.col(column).cast(pl.String).fill_null(NOT_REACHED),
        )
        for column, series in (
            ("median", "中位数（含在办）"),
            ("closed_only_median", "仅已办结中位数"),
        )
    ]
    return made(
        snapshot,
        scope,
        PAGE,
        key=f"response-medians-{by}",
        title=f"响应用时_分{what}",
        question=f"办一件要多久？（分{what}）",
        finding=f"{period(snapshot, since)}推送的事项，含在办事项计算响应用时；{honest}。"
        if known.height
        else f"{period(snapshot, since)}未发生推送。",
        table=_median_table(known, what),
        chart=Chart(
            kind="bars",
            data=pl.concat(bars),
            unit="工作日",
            description=f"各{what}含在办中位数与仅已办结中位数",
            horizontal=True,
        ),
        definition=f"期内全部推送，自推送至办理完成的工作日数；{CENSORED}"
        f"仅已办结的中位数不含在办事项，会偏乐观。{limit('referral.feedback')}。",
    )


def _overdue(snapshot: Snapshot, scope: Scope, by: str) -> pl.DataFrame:
    rows = indicators(snapshot, by, year_start(snapshot.as_of), region=scope.region)
    return rows.filter(pl.col("id") == "I0724").select("group", late=pl.col("value").cast(pl.Int64))


def _median_table(rows: pl.DataFrame, what: str) -> pl.DataFrame:
    reached = [pl.col(c).cast(pl.String).fill_null(NOT_REACHED) for c in ("median", "p90")]
    return rows.select(
        pl.col("label").alias(what),
        pl.col("referrals").alias("推送（件）"),
        pl.col("responded").alias("已办理（件）"),
        pl.col("open").alias("在办（件）"),
        pl.col("late").fill_null(0).alias("超时未响应（件）"),
        pl.col("returned").alias("退回（件）"),
        reached[0].alias("中位数（含在办）"),
        pl.col("median_lower").alias("中位数95%下限"),
        pl.col("median_upper").alias("中位数95%上限"),
        reached[1].alias("P90（含在办）"),
        pl.col("closed_only_median").alias("仅已办结中位数"),
        pl.col("flatters").alias("偏乐观（工作日）"),
        pl.col("completed_median").alias("期内办结中位数"),
        pl.col("open_median").alias("在办已等待中位数"),
        pl.col("on_time_rate").round(2).alias("按时响应率（%）"),
    )


@lru_cache(maxsize=64)
def survival(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Share still waiting by working days since sent, departments of at least 30 referrals."""
    since = year_start(snapshot.as_of)
    curves = _own(curve(snapshot, "department", since, scope.region), scope)
    enough = curves.filter(pl.col("at_risk").max().over("group") >= FEWEST)
    known = enough.sort(_order("group"), "workdays").with_columns(
        label=pl.col("group").replace(names.departments())
    )
    at_limit = (
        known.filter(pl.col("workdays") <= 20)
        .group_by("label", maintain_order=True)
        .agg(pl.col("survival").last())
        .sort("survival", descending=True)
        .head(3)
    )
    said = words.listed([f"{n}（{s * 100:.1f}%）" for n, s in at_limit.rows()])
    return made(
        snapshot,
        scope,
        PAGE,
        key="response-survival",
        title="未办理完成曲线",
        question="推送之后，多久还没办完？",
        finding=f"推送满20个工作日仍未办理完成的比例，较高的是{said}。"
        if said
        else f"各部门均不足{FEWEST}件，不作比较。",
        table=known.select(
            pl.col("label").alias("部门"),
            pl.col("workdays").alias("推送后工作日"),
            (pl.col("survival") * 100).round(2).alias("未办理完成（%）"),
            (pl.col("lower") * 100).round(2).alias("95%下限"),
            (pl.col("upper") * 100).round(2).alias("95%上限"),
            pl.col("at_risk").alias("在观察（件）"),
            pl.col("responded").alias("办理完成（件）"),
            pl.col("censored").alias("截尾（件）"),
        ),
        chart=Chart(
            kind="steps",
            data=known.select(
                series="label", x="workdays", y=pl.col("survival") * 100, at_risk="at_risk"
            ),
            unit="未办理完成（%）",
            x_title="推送后工作日",
            description="各部门未办理完成比例随工作日下降的阶梯曲线",
        ),
        definition=f"{CENSORED}不少于{FEWEST}件的部门；悬停可见在观察件数。{limit('referral.feedback')}。",
    )


@lru_cache(maxsize=64)
def by_county(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """On-time rate of each department in each county, against the same department in the city."""
    since = year_start(snapshot.as_of)
    rows = _own(on_time_by_two(snapshot, since, scope.region), scope, "department")
    city = {
        r["group"]: r
        for r in indicators(snapshot, "department", since).filter(id="I0723").to_dicts()
    }
    named, about = names.region_names(snapshot), catalogue()["I0723"]
    places = "township" if scope.region else "county"
    ordered = rows.sort(_order("department"), "region")
    records = []
    for row in ordered.to_dicts():
        mark = standing(about, {**row, "status": "ok"}, city[row["department"]])
        place, department = (
            named.get(row["region"], row["region"]),
            names.department(row["department"]),
        )
        hover = (
            f"{department}·{place}<br>按时响应率{row['rate']:.2f}%"
            f"（{row['numerator']}/{row['denominator']}）"
        )
        text = f"{row['rate']:.0f}{MARKS.get(mark, '')}"
        records.append((place, department, text, mark, row["region"], hover))
    schema = dict.fromkeys(("x", "y", "text", "mark", "code", "hover"), pl.String)
    data = pl.DataFrame(records, schema=schema, orient="row")
    order = [code for code in named if code in set(rows["region"])]
    data = data.sort(
        pl.col("code").replace_strict(order, range(len(order)), return_dtype=pl.Int32),
        maintain_order=True,
    )
    worse = words.listed([f"{r[1]}在{r[0]}" for r in records if r[3] == "concern"][:4])
    return made(
        snapshot,
        scope,
        PAGE,
        key="response-by-county",
        title=f"按时响应率_部门×{'乡镇' if places == 'township' else '县区'}",
        question="哪个部门在哪里办得慢？",
        finding=f"显著低于该部门全市水平的有{worse}。" if worse else "各部门在各地均无显著偏低。",
        table=ordered.select(
            pl.col("department").replace(names.departments()).alias("部门"),
            pl.col("region").replace(named).alias("地区"),
            pl.col("rate").round(2).alias("按时响应率（%）"),
            pl.col("lower").round(2).alias("95%下限"),
            pl.col("upper").round(2).alias("95%上限"),
            pl.col("numerator").cast(pl.Int64).alias("按时响应（件）"),
            pl.col("denominator").cast(pl.Int64).alias("到期（件）"),
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
            ),
        ),
        definition=f"{definition('I0723').replace('流量指标按当月1日至截至日统计。', '')}"
        f"本年1月1日至截至日。{SIGNIFICANCE}",
    )
