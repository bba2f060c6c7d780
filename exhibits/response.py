"""部门响应: how fast does each department answer what is referred to it?"""

from datetime import date

import polars as pl

from data import reference
from exhibits import words
from exhibits.exhibit import Chart, Exhibit
from queries.answers.indicators import indicators
from queries.answers.response import curve, response
from queries.answers.trend import series
from queries.snapshot import Snapshot

#: Rates of fewer cases are not ranked.
FEWEST = 30

LIMIT = (
    "办理反馈时限20个工作日，系统默认（政策原文“及时反馈”，未规定天数）；"
    "工作日含调休，收到当日为第0日。"
)


def names() -> dict[str, str]:
    """Short names of departments by code."""
    return dict(reference.departments().select("dept_code", "short_name_seed").rows())


def _named(column: str = "group") -> pl.Expr:
    return pl.col(column).replace_strict(names(), default=pl.col(column)).alias("部门")


def _period(snapshot: Snapshot, since: date) -> str:
    return f"{words.day(since)}至{words.day(snapshot.as_of)}"


def on_time(snapshot: Snapshot, since: date) -> Exhibit:
    """Share of referrals answered within the limit, by department, with 95 % intervals."""
    rows = indicators(snapshot, "department", since).filter(
        pl.col("id") == "I0723", pl.col("denominator") > 0
    )
    table = rows.select(
        _named(),
        pl.col("value").round(2).alias("按时响应率（%）"),
        pl.col("lower").round(2).alias("95%下限"),
        pl.col("upper").round(2).alias("95%上限"),
        pl.col("numerator").cast(pl.Int64).alias("按时响应（件）"),
        pl.col("denominator").cast(pl.Int64).alias("到期（件）"),
    )
    return Exhibit(
        key="response-on-time",
        question="哪个部门按时办理？",
        finding=_on_time_finding(snapshot, since, table),
        table=table,
        chart=Chart(
            kind="bar",
            x="部门",
            y="按时响应率（%）",
            unit="%",
            lower="95%下限",
            upper="95%上限",
            description="各部门按时响应率柱形图，竖线为95%置信区间",
        ),
        definition=f"到期推送中按时办理完成的比例，退回的不计。{LIMIT}",
        as_of=snapshot.as_of,
        place="全市",
    )


def _on_time_finding(snapshot: Snapshot, since: date, table: pl.DataFrame) -> str:
    city = indicators(snapshot, "city", since).filter(id="I0723").row(0, named=True)
    if city["status"] != "ok":
        return f"{_period(snapshot, since)}无到期推送。"
    ranked = table.filter(pl.col("到期（件）") >= FEWEST).sort(
        "按时响应率（%）", descending=True, maintain_order=True
    )
    below = ranked.filter(pl.col("95%上限") < city["value"])["部门"].to_list()
    parts = [f"{_period(snapshot, since)}，全市部门按时响应率{city['value']:.2f}%"]
    if ranked.height >= 3:
        parts.append(f"居前三位的是{words.listed(ranked['部门'].head(3).to_list())}")
    if below:
        parts.append(f"显著低于全市平均水平的是{words.listed(below)}")
    return "；".join(parts) + "。"


def medians(snapshot: Snapshot, since: date) -> Exhibit:
    """The honest median beside the closed-only one, and by how much that flatters."""
    rows = response(snapshot, "department", since).filter(pl.col("referrals") > 0)
    reached = pl.col("median").cast(pl.String).fill_null(words.STATUS["not_reached"])
    p90 = pl.col("p90").cast(pl.String).fill_null(words.STATUS["not_reached"])
    table = rows.select(
        _named(),
        pl.col("referrals").alias("推送（件）"),
        pl.col("open").alias("在办（件）"),
        pl.col("returned").alias("退回（件）"),
        reached.alias("中位数（含在办）"),
        pl.col("median_lower").alias("95%下限"),
        pl.col("median_upper").alias("95%上限"),
        p90.alias("P90（含在办）"),
        pl.col("closed_only_median").alias("仅已办结中位数"),
        (pl.col("median") - pl.col("closed_only_median")).alias("偏乐观（工作日）"),
        pl.col("open_median").alias("在办已等待中位数"),
    )
    flattered = table.filter(pl.col("偏乐观（工作日）") > 0)["部门"].to_list()
    honest = f"只看已办结会显得更快的是{words.listed(flattered)}" if flattered else "两种口径一致"
    finding = f"{_period(snapshot, since)}推送的事项，含在办事项计算响应用时；{honest}。"
    return Exhibit(
        key="response-medians",
        question="办一件要多久？",
        finding=finding if table.height else f"{_period(snapshot, since)}未发生推送。",
        table=table,
        chart=None,
        definition="期内全部推送，自推送至办理完成的工作日数；在办、退回的按截尾处理（Kaplan–Meier），"
        "95%限为对数对数变换。仅已办结的中位数不含在办事项，会偏乐观。",
        as_of=snapshot.as_of,
        place="全市",
    )


def survival(snapshot: Snapshot, since: date) -> Exhibit:
    """Share still waiting by working days since sent, departments of at least 30 referrals."""
    curves = curve(snapshot, "department", since)
    enough = curves.filter(pl.col("at_risk").max().over("group") >= FEWEST)
    order = {code: i for i, code in enumerate(names())}
    table = enough.sort(
        pl.col("group").replace_strict(order, default=len(order)), "workdays"
    ).select(
        _named(),
        pl.col("workdays").alias("推送后工作日"),
        (pl.col("survival") * 100).round(2).alias("未办理完成（%）"),
        pl.col("at_risk").alias("在观察（件）"),
        pl.col("responded").alias("办理完成（件）"),
        pl.col("censored").alias("截尾（件）"),
    )
    return Exhibit(
        key="response-survival",
        question="推送之后，多久还没办完？",
        finding=f"{_period(snapshot, since)}推送的事项中，各部门在第几个工作日仍有多少未办理完成"
        f"（不少于{FEWEST}件的部门）。",
        table=table,
        chart=Chart(
            kind="step",
            x="推送后工作日",
            y="未办理完成（%）",
            unit="未办理完成（%）",
            series="部门",
            description="各部门未办理完成比例随工作日下降的阶梯曲线",
        ),
        definition=f"Kaplan–Meier估计，在办、退回的按截尾处理。{LIMIT}",
        as_of=snapshot.as_of,
        place="全市",
    )


def trend(snapshots: tuple[Snapshot, ...]) -> Exhibit:
    """I0723 of the city by month-end with its control limits."""
    rows = series(snapshots, ("I0723",), "city").drop_nulls("mean")
    table = rows.select(
        pl.col("as_of").dt.strftime("%Y-%m").alias("月份"),
        pl.col("value").round(2).alias("按时响应率（%）"),
        pl.col("mean").round(2).alias("平均"),
        pl.col("lower").round(2).alias("控制下限"),
        pl.col("upper").round(2).alias("控制上限"),
        pl.col("signal")
        .replace({"improvement": "▲ 好转", "concern": "▼ 变差", "neutral": "● 变化"})
        .alias("信号"),
    )
    last = table["信号"].to_list()[-1] if table.height else ""
    said = {"▲ 好转": "出现好转信号", "▼ 变差": "出现变差信号"}.get(last, "属正常波动")
    enough = table.height >= 12
    return Exhibit(
        key="response-trend",
        question="是在变好还是变差？",
        finding=f"最近一个月按时响应率{said}。" if enough else "月末不足12个，不作变化判断。",
        table=table,
        chart=Chart(
            kind="line",
            x="月份",
            y="按时响应率（%）",
            unit="%",
            lower="控制下限",
            upper="控制上限",
            description="按时响应率逐月折线与控制限",
        ),
        definition="XmR控制图：平均±2.66×平均移动极差；仅在判异规则触发时称好转或变差。",
        as_of=snapshots[-1].as_of,
        place="全市",
    )
