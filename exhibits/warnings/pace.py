"""预警处置: weekly inflow, outflow and stock."""

import polars as pl

from exhibits import hidden, words
from exhibits.common import made, signal_words
from exhibits.exhibit import Chart, Exhibit
from exhibits.recipe import builder
from exhibits.warnings.unrouted import PAGE
from queries.answers.warning_history import PACE, WEEKS, weekly, weeks_to_clear
from queries.scope import Scope
from queries.snapshot import Snapshot
from queries.statistics.spc import xmr

LEAVES = {"routed": ("转出", "从未转办的存量"), "closed": ("办结", "在办存量")}


LEAVING = {"routed": "按转出", "closed": "按办结"}


@builder
def pace(snapshot: Snapshot, scope: Scope, leaves: str, direction: str = "") -> Exhibit:
    """Weekly inflow, outflow and stock; when the stock would be gone."""
    rows = weekly(snapshot, leaves, scope.region, direction)
    out, stock = LEAVES[leaves]
    weeks = weeks_to_clear(rows)
    labels = rows["week"].dt.strftime("%m-%d")
    parts = [
        pl.DataFrame({"series": [name] * rows.height, "x": labels, "y": rows[column]})
        for name, column in (("新产生", "inflow"), (out, "outflow"), (stock, "stock"))
    ]
    if hidden.is_hidden(weeks):
        clear = "有数隐去，不推算清零周数"
    elif weeks is None:
        clear = f"最近{PACE}周{out}不多于新产生，按目前速度无法清零"
    else:
        clear = f"按最近{PACE}周的速度，约{weeks:.1f}周可清零" if weeks else "已清零"
    return made(
        snapshot,
        scope,
        PAGE,
        key=f"pace-{leaves}",
        title=f"每周新产生与{out}",
        question=f"{out}跟得上新产生吗？",
        finding=f"{stock}{words.count(rows['stock'][-1], '条')}；{clear}。",
        table=rows.select(
            pl.col("week").alias("截至（7日）"),
            pl.col("inflow").alias("新产生（条）"),
            pl.col("outflow").alias(f"{out}（条）"),
            pl.col("stock").alias(f"{stock}（条）"),
        ),
        chart=Chart(
            kind="lines",
            data=pl.concat(parts),
            unit="条",
            description=f"近{WEEKS}周每周新产生、{out}与{stock}折线",
        ),
        definition=f"自截至日向前每7日为一周。{stock}按"
        f"{'首次转办或办结' if leaves == 'routed' else '办结'}离开计算"
        f"{'（退回后重新未转办的不含在内）' if leaves == 'routed' else ''}；"
        f"清零周数＝存量÷最近{PACE}周平均净减少。",
    )


#: What a weekly control chart follows, and which way is better.
MEASURES = {"stock": "down", "inflow": "neutral", "outflow": "up"}


@builder
def weekly_control(
    snapshot: Snapshot, scope: Scope, leaves: str, measure: str = "stock", direction: str = ""
) -> Exhibit:
    """The weekly stock, inflow or outflow with its control limits."""
    rows = weekly(snapshot, leaves, scope.region, direction)
    out, left = LEAVES[leaves]
    stock = {"stock": left, "inflow": "每周新产生", "outflow": f"每周{out}"}[measure]
    known = hidden.known(rows.select("week", value=measure), "value")
    judged = xmr(known, MEASURES[measure])
    data = judged.select(
        x=pl.col("week").dt.strftime("%m-%d"),
        y="value",
        mean="mean",
        lower="lower",
        upper="upper",
        signal="signal",
    )
    return made(
        snapshot,
        scope,
        PAGE,
        key=f"{measure}-{leaves}",
        title=f"{stock}控制图",
        question=f"{stock}是在变好还是变差？",
        finding=_last_week(judged, stock),
        table=judged.select(
            pl.col("week").alias("截至（7日）"),
            pl.col("value").alias(f"{stock}（条）"),
            *[
                pl.col(column).round(2).alias(name)
                for column, name in (("mean", "平均"), ("lower", "控制下限"), ("upper", "控制上限"))
            ],
        ),
        chart=Chart(
            kind="control", data=data, unit="条", description=f"{stock}每周折线、平均线与控制限"
        ),
        definition=f"近{WEEKS}周，XmR控制图：平均±2.66×平均移动极差。",
    )


def _last_week(judged: pl.DataFrame, stock: str) -> str:
    """The last week that is shown, and what the limits say of it."""
    if judged.is_empty():
        return f"{stock}各周数值均隐去。"
    last = judged.row(-1, named=True)
    said = signal_words(last["signal"], judged.height)
    return f"最近一周{stock}{last['value']:.0f}条，{said}。"
