"""预警处置: weekly inflow, outflow and stock."""

import polars as pl

from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.rate_table import limit_columns
from exhibits.recipe import builder
from exhibits.warnings.unrouted import PAGE
from exhibits.wording import marks as wording
from exhibits.wording import words
from queries.access.open_edition import SUPPRESSED
from queries.answers.warning_history import PACE, WEEKS, weekly, weeks_to_clear
from queries.scope import Scope
from queries.statistics.spc import xmr
from queries.store.snapshot import Snapshot

LEAVES = {"routed": ("转出", "尚未转出的存量"), "closed": ("办结", "在办存量")}


LEAVING = {"routed": "按转出", "closed": "按办结"}


@builder
def pace(snapshot: Snapshot, scope: Scope, leaves: str, direction: str = "") -> Exhibit:
    """Weekly inflow, outflow and stock; when the stock would be gone."""
    rows = weekly(snapshot, leaves, scope.region, direction)
    out, stock = LEAVES[leaves]
    labels = rows["week"].dt.strftime("%m-%d")
    frames = [
        rows.select(SUPPRESSED, series=pl.lit(name), x=labels, y=column)
        for name, column in (("新产生", "inflow"), (out, "outflow"), (stock, "stock"))
    ]
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key=f"pace-{leaves}",
        title=f"预警{out}与新增对比（每周）",
        finding=f"{stock}{words.count(rows['stock'][-1], '条')}；{_clear(rows, out)}。",
        table=rows.select(
            pl.col("week").alias("截至（7日）"),
            pl.col("inflow").alias("新产生（条）"),
            pl.col("outflow").alias(f"{out}（条）"),
            pl.col("stock").alias(f"{stock}（条）"),
            SUPPRESSED,
        ),
        chart=Chart(
            kind="lines",
            data=pl.concat(frames),
            unit="条",
            description=f"近{WEEKS}周每周新产生、{out}与{stock}折线",
        ),
        definition=f"自截至日向前每7日为一周。{stock}按"
        f"{'首次推送、启动协调、受理申请或办结' if leaves == 'routed' else '办结'}离开计算"
        f"{'（退回后重新待转办的不含在内）' if leaves == 'routed' else ''}；"
        f"清零周数＝存量÷最近{PACE}周平均净减少。",
        counted_over=_weeks(rows),
    )


def _weeks(rows: pl.DataFrame) -> str:
    """The ends of the first and the last week: the axis has no year."""
    return f"{words.day(rows['week'][0])}至{words.day(rows['week'][-1])}"


def _clear(rows: pl.DataFrame, out: str) -> str:
    """When the stock is gone at the pace of the last weeks."""
    if rows.tail(PACE).select("inflow", "outflow", "stock").null_count().sum_horizontal().item():
        return "部分周次数值较小不予显示，不推算清零周数"
    weeks = weeks_to_clear(rows)
    if weeks is None:
        return f"最近{PACE}周{out}不多于新产生，按目前速度无法清零"
    return f"按最近{PACE}周的速度，约{weeks:.1f}周可清零" if weeks else "已清零"


#: What a weekly control chart follows.
MEASURES = ("stock", "inflow", "outflow")


@builder
def weekly_control(
    snapshot: Snapshot, scope: Scope, leaves: str, measure: str = "stock", direction: str = ""
) -> Exhibit:
    """The weekly stock, inflow or outflow with its control limits."""
    rows = weekly(snapshot, leaves, scope.region, direction)
    out, left = LEAVES[leaves]
    stock = {"stock": left, "inflow": "每周新产生", "outflow": f"每周{out}"}[measure]
    # Only month-ends beside the compared day say 好转 or 变差; weeks say that something changed.
    judged = xmr(rows.select("week", SUPPRESSED, value=measure), "neutral", lowest=0)
    data = judged.select(
        SUPPRESSED,
        x=pl.col("week").dt.strftime("%m-%d"),
        y="value",
        mean="mean",
        lower="lower",
        upper="upper",
        signal="signal",
    )
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key=f"{measure}-{leaves}",
        title=f"{stock.removeprefix('每周')}变化（每周）",
        finding=_last_week(judged, stock),
        table=judged.select(
            pl.col("week").alias("截至（7日）"),
            pl.col("value").alias(f"{stock}（条）"),
            pl.col("mean").round(2).alias("平均"),
            *limit_columns("控制"),
            SUPPRESSED,
        ),
        chart=Chart(
            kind="control", data=data, unit="条", description=f"{stock}每周折线、平均线与控制限"
        ),
        definition=f"近{WEEKS}周，XmR控制图：平均±2.66×平均移动极差；好转、变差只按月末判断。",
        counted_over=_weeks(rows),
    )


def _last_week(judged: pl.DataFrame, stock: str) -> str:
    """The last week, and what the limits say of it."""
    last = judged.row(-1, named=True)
    unjudged = wording.UNJUDGED.get(last["unjudged"], "").replace("月末", "周数")
    said = unjudged or (_seen(last) if last["rule"] else "属正常波动")
    return f"最近一周{stock.removeprefix('每周')}{words.count(last['value'], '条')}，{said}。"


def _seen(last: dict) -> str:
    """What a rule saw in the last week."""
    return wording.told(last["rule"], last["upward"], last["run"], f"近{WEEKS}周", "周")
